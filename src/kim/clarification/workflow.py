"""Two lives: that of a claim that people doubt, and that of a suggestion from a fact-checker outside."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    """How far a claim is on its way to an answer."""

    ASKED = "asked", "Ditanyakan"
    CHECKED = "checked", "Dicek KIM"
    SENT = "sent", "Menunggu putusan"
    ANSWERED = "answered", "Dijawab"
    WITHDRAWN = "withdrawn", "Jawaban ditarik"
    SET_ASIDE = "set_aside", "Tidak dicek"
    FOLDED = "folded", "Digabung"


OPEN = (Stage.ASKED, Stage.CHECKED, Stage.SENT)

WORKFLOW = Workflow(
    {
        "check": move(Stage.ASKED, Stage.CHECKED, to=Stage.CHECKED),
        "send": move(Stage.CHECKED, to=Stage.SENT),
        "judge": move(*OPEN, to=Stage.ANSWERED),
        "revise": move(Stage.ANSWERED, to=Stage.ANSWERED),
        "withdraw": move(Stage.ANSWERED, to=Stage.WITHDRAWN),
        "set_aside": move(*OPEN, to=Stage.SET_ASIDE),
        "fold": move(*OPEN, to=Stage.FOLDED),
        "unfold": move(Stage.FOLDED, to=Stage.SENT),
        "reopen": move(Stage.WITHDRAWN, Stage.SET_ASIDE, to=Stage.SENT),
    }
)


class State(models.TextChoices):
    """What became of something a fact-checker outside has published."""

    NEW = "new", "Baru"
    TAKEN = "taken", "Dipakai"
    PASSED = "passed", "Dilewati"


SUGGESTION_WORKFLOW = Workflow(
    {
        "take": move(State.NEW, to=State.TAKEN),
        "pass_over": move(State.NEW, to=State.PASSED),
    }
)
