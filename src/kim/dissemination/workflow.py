"""Three lives: that of a packet in its office, of each KIM's copy of it, and of what a reader asks about it."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    """A packet in its office."""

    DRAFT = "draft", "Konsep"
    CHECKED = "checked", "Menunggu dilihat orang kedua"
    SCHEDULED = "scheduled", "Dijadwalkan"
    ISSUED = "issued", "Dikirim"
    WITHDRAWN = "withdrawn", "Ditarik"


WORKFLOW = Workflow(
    {
        "edit": move(Stage.DRAFT, to=Stage.DRAFT),
        "attach": move(Stage.DRAFT, to=Stage.DRAFT),
        "detach": move(Stage.DRAFT, to=Stage.DRAFT),
        "request_check": move(Stage.DRAFT, to=Stage.CHECKED),
        "give_back": move(Stage.CHECKED, to=Stage.DRAFT),
        "schedule": move(Stage.DRAFT, Stage.CHECKED, to=Stage.SCHEDULED),
        "unschedule": move(Stage.SCHEDULED, to=Stage.DRAFT),
        "issue": move(Stage.DRAFT, Stage.CHECKED, Stage.SCHEDULED, to=Stage.ISSUED),
        "correct": move(Stage.ISSUED, to=Stage.ISSUED),
        "withdraw": move(Stage.ISSUED, to=Stage.WITHDRAWN),
    }
)


class Step(models.TextChoices):
    """One KIM's copy: how far it came there. To decline is an answer like any other, and no mark against a KIM."""

    ARRIVED = "arrived", "Belum dibaca"
    OPENED = "opened", "Dibaca"
    DISCUSSED = "discussed", "Sedang dibahas"
    ACCEPTED = "accepted", "Akan disebarkan"
    DECLINED = "declined", "Tidak cocok"
    SPREAD = "spread", "Disebarkan"


COPY_WORKFLOW = Workflow(
    {
        "open_": move(Step.ARRIVED, to=Step.OPENED),
        "discuss": move(Step.ARRIVED, Step.OPENED, to=Step.DISCUSSED),
        "accept": move(Step.ARRIVED, Step.OPENED, Step.DISCUSSED, Step.DECLINED, to=Step.ACCEPTED),
        "postpone": move(Step.DISCUSSED, to=Step.OPENED),
        "decline": move(Step.ARRIVED, Step.OPENED, Step.DISCUSSED, Step.ACCEPTED, to=Step.DECLINED),
        "report": move(Step.ACCEPTED, Step.SPREAD, to=Step.SPREAD),
    }
)


class Turn(models.TextChoices):
    """A reader's question: whose turn it is."""

    WAITING = "waiting", "Menunggu KIM"
    PASSED = "passed", "Diteruskan ke kantor pengirim"
    ANSWERED = "answered", "Sudah dijawab"
    CLOSED = "closed", "Ditutup"


QUESTION_WORKFLOW = Workflow(
    {
        "pass_up": move(Turn.WAITING, Turn.CLOSED, to=Turn.PASSED),
        "reply": move(Turn.WAITING, to=Turn.ANSWERED),
        "close": move(Turn.WAITING, Turn.PASSED, to=Turn.CLOSED),
        "group": move(Turn.PASSED, to=Turn.PASSED),
        "answer": move(Turn.PASSED, Turn.ANSWERED, to=Turn.ANSWERED),
    }
)
