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


class Ending(models.TextChoices):
    """How a stay on a desk ended."""

    PASSED = "passed", "Diteruskan"
    OVERDUE = "overdue", "Naik sendiri karena lewat tenggat"
    ANSWERED = "answered", "Dijawab"
    MERGED = "merged", "Digabung"
    DISMISSED = "dismissed", "Tidak diproses"
    WITHDRAWN = "withdrawn", "Ditarik pelapornya"
    SILENT = "silent", "Ditutup karena pelapor tidak menjawab"


HANDED_OVER = (Ending.PASSED, Ending.OVERDUE)


WORKFLOW = Workflow(
    {
        "accept": move(Stage.SUBMITTED, Stage.ESCALATED, to=Stage.HANDLED),
        "escalate": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.ESCALATED),
        "follow_up": move(Stage.HANDLED, to=Stage.HANDLED),
        "extend": move(Stage.HANDLED, to=Stage.HANDLED),
        "ask_back": move(Stage.HANDLED, to=Stage.ASKED),
        "supply": move(Stage.ASKED, to=Stage.HANDLED),
        "answer": move(Stage.HANDLED, Stage.ASKED, to=Stage.ANSWERED),
        "reopen": move(Stage.ANSWERED, Stage.CLOSED, to=Stage.HANDLED),
        "close": move(Stage.ANSWERED, to=Stage.CLOSED),
        "close_silent": move(Stage.ANSWERED, Stage.ASKED, to=Stage.CLOSED),
        "merge": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.MERGED),
        "dismiss": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, to=Stage.DISMISSED),
        "erase": move(Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, Stage.ASKED, to=Stage.DISMISSED),
    }
)
OPEN_STAGES = (Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, Stage.ASKED)
ENDED_STAGES = (Stage.ANSWERED, Stage.CLOSED, Stage.MERGED, Stage.DISMISSED)
TO_TAKE = (Stage.SUBMITTED, Stage.ESCALATED)
DESKS_TURN = (*TO_TAKE, Stage.HANDLED)  # the office's clock runs
REPORTERS_TURN = (Stage.ASKED, Stage.ANSWERED)  # the reporter's clock runs
