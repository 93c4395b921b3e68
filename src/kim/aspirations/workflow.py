"""The life of an aspiration: from the village up as far as it must, answered there, and closed by whoever asked."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Kind(models.TextChoices):
    """The three kinds of SP4N-LAPOR! (domain.md 4.1)."""

    COMPLAINT = "complaint", "Pengaduan"
    WISH = "wish", "Aspirasi"
    REQUEST = "request", "Permintaan informasi"


class Privacy(models.TextChoices):
    """Who may know the name; of a confidential one only its holder reads the text."""

    OPEN = "open", "Dengan nama: petugas tahu siapa saya"
    CONFIDENTIAL = "secret", "Rahasia: hanya meja yang memegangnya"
    ANONYMOUS = "anonymous", "Tanpa nama"


class Stage(models.TextChoices):
    SUBMITTED = "submitted", "Menunggu diterima"
    ESCALATED = "escalated", "Diteruskan, menunggu diterima"
    HANDLED = "handled", "Sedang ditangani"
    ASKED = "asked", "Menunggu keterangan pelapor"
    ANSWERED = "answered", "Sudah dijawab"
    CLOSED = "closed", "Selesai"
    MERGED = "merged", "Digabung dengan aspirasi lain"
    DISMISSED = "dismissed", "Tidak diproses"


WORKFLOW = Workflow(
    {
        "accept": move(Stage.SUBMITTED, Stage.ESCALATED, to=Stage.HANDLED),
        "escalate": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.ESCALATED),
        "ask_back": move(Stage.HANDLED, to=Stage.ASKED),
        "supply": move(Stage.ASKED, to=Stage.HANDLED),
        "answer": move(Stage.HANDLED, Stage.ASKED, to=Stage.ANSWERED),
        "reopen": move(Stage.ANSWERED, Stage.CLOSED, to=Stage.HANDLED),
        "close": move(Stage.ANSWERED, to=Stage.CLOSED),
        "merge": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.MERGED),
        "dismiss": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.DISMISSED),
        "erase": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, Stage.ASKED, to=Stage.DISMISSED),
    }
)
OPEN_STAGES = (Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, Stage.ASKED)
