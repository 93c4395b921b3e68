"""The life of a text: written, discussed, decided, looked at, published, withdrawn."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    DRAFT = "draft", "Konsep"
    DISCUSSED = "discussed", "Sedang dibahas"
    DECIDED = "decided", "Siap terbit"
    REVIEWED = "reviewed", "Menunggu diperiksa"
    RETURNED = "returned", "Perlu diperbaiki"
    SCHEDULED = "scheduled", "Dijadwalkan"
    PUBLISHED = "published", "Terbit"
    UNPUBLISHED = "unpublished", "Ditarik"
    REJECTED = "rejected", "Tidak disebarkan"


WORKFLOW = Workflow(
    {
        "edit": move(Stage.DRAFT, Stage.RETURNED, Stage.DISCUSSED, Stage.DECIDED, Stage.REJECTED, to=Stage.DRAFT),
        "discuss": move(Stage.DRAFT, Stage.RETURNED, to=Stage.DISCUSSED),
        "agree": move(Stage.DISCUSSED, to=Stage.DECIDED),
        "postpone": move(Stage.DISCUSSED, to=Stage.DRAFT),
        "reject": move(Stage.DISCUSSED, to=Stage.REJECTED),
        "request_review": move(Stage.DECIDED, to=Stage.REVIEWED),
        "take_back": move(Stage.REVIEWED, to=Stage.DECIDED),
        "return_": move(Stage.REVIEWED, to=Stage.RETURNED),
        "schedule": move(Stage.DECIDED, to=Stage.SCHEDULED),
        "unschedule": move(Stage.SCHEDULED, to=Stage.DECIDED),
        "publish": move(Stage.DECIDED, Stage.REVIEWED, Stage.SCHEDULED, to=Stage.PUBLISHED),
        "publish_urgently": move(Stage.DRAFT, Stage.RETURNED, Stage.DISCUSSED, Stage.DECIDED, to=Stage.PUBLISHED),
        "confirm": move(Stage.PUBLISHED, to=Stage.PUBLISHED),
        "retract": move(Stage.PUBLISHED, to=Stage.UNPUBLISHED),
        "correct": move(Stage.PUBLISHED, to=Stage.PUBLISHED),
        "reply": move(Stage.PUBLISHED, to=Stage.PUBLISHED),
        "unpublish": move(Stage.PUBLISHED, to=Stage.UNPUBLISHED),
        "restore": move(Stage.UNPUBLISHED, to=Stage.PUBLISHED),
    }
)
