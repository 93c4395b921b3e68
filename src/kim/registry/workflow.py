"""The life of a KIM's registration, and of a decree under renewal."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    DRAFT = "draft", "Belum dikirim"
    SUBMITTED = "submitted", "Menunggu verifikasi"
    RETURNED = "returned", "Perlu diperbaiki"
    REGISTERED = "registered", "Terverifikasi"
    REFUSED = "refused", "Ditolak"
    SUSPENDED = "suspended", "Situsnya ditutup sementara"
    DISSOLVED = "dissolved", "Bubar"


WORKFLOW = Workflow(
    {
        "submit": move(Stage.DRAFT, Stage.RETURNED, to=Stage.SUBMITTED),
        "return_": move(Stage.SUBMITTED, to=Stage.RETURNED),
        "approve": move(Stage.SUBMITTED, to=Stage.REGISTERED),
        "refuse": move(Stage.SUBMITTED, to=Stage.REFUSED),
        "suspend": move(Stage.REGISTERED, to=Stage.SUSPENDED),
        "reinstate": move(Stage.SUSPENDED, to=Stage.REGISTERED),
        "dissolve": move(Stage.REGISTERED, Stage.SUSPENDED, to=Stage.DISSOLVED),
    }
)


class Outcome(models.TextChoices):
    """What Diskominfo answers to a registration or a renewal."""

    RETURNED = "returned", "Dikembalikan"
    APPROVED = "approved", "Disetujui"
    REFUSED = "refused", "Ditolak"


class DecreeStage(models.TextChoices):
    """A decree of a registered KIM is checked on its own when it is renewed."""

    DRAFT = "draft", "Konsep"
    SUBMITTED = "submitted", "Menunggu diperiksa"
    RETURNED = "returned", "Perlu diperbaiki"
    ACCEPTED = "accepted", "Diterima"


DECREE_WORKFLOW = Workflow(
    {
        "submit_decree": move(DecreeStage.DRAFT, DecreeStage.RETURNED, to=DecreeStage.SUBMITTED),
        "return_decree": move(DecreeStage.SUBMITTED, to=DecreeStage.RETURNED),
        "accept_decree": move(DecreeStage.SUBMITTED, to=DecreeStage.ACCEPTED),
    }
)
