"""The way of a suggestion: it waits until an officer takes it or passes it over, or a newer version takes its place."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class State(models.TextChoices):
    NEW = "new", "Menunggu"
    TAKEN = "taken", "Dijadikan paket"
    PASSED = "passed", "Dilewati"
    REPLACED = "replaced", "Diganti versi baru"  # by the feed itself, before anybody looked


WORKFLOW = Workflow(
    {
        "take": move(State.NEW, to=State.TAKEN),
        "pass_over": move(State.NEW, to=State.PASSED),
        "put_back": move(State.PASSED, to=State.NEW),
    }
)
