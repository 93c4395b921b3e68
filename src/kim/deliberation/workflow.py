"""The life of a shared difficulty: named, talked over, decided in a meeting, worked on, settled."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Step(models.TextChoices):
    """A shared difficulty ("kesulitan bersama"): from being named to being over (the working cycle of a KIM, ADINDA)."""

    NAMED = "named", "Diusulkan"
    TALKED = "talked", "Sedang dibahas"
    RESOLVED = "resolved", "Sudah diputuskan"
    ACTED = "acted", "Sedang dikerjakan"
    SETTLED = "settled", "Selesai"
    DROPPED = "dropped", "Tidak dilanjutkan"


WORKFLOW = Workflow(
    {
        "talk_over": move(Step.NAMED, to=Step.TALKED),
        "resolve": move(Step.NAMED, Step.TALKED, to=Step.RESOLVED),
        "act": move(Step.RESOLVED, Step.ACTED, to=Step.ACTED),
        "settle": move(Step.RESOLVED, Step.ACTED, to=Step.SETTLED),
        "drop": move(Step.NAMED, Step.TALKED, Step.RESOLVED, to=Step.DROPPED),
    }
)
OPEN = (Step.NAMED, Step.TALKED, Step.RESOLVED, Step.ACTED)
