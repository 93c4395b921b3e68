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

    OPEN = "open", "Nama saya boleh terlihat"
    CONFIDENTIAL = "secret", "Rahasia: hanya petugas yang menangani"
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
    }
)
OPEN_STAGES = (Stage.SUBMITTED, Stage.ESCALATED, Stage.HANDLED, Stage.ASKED)


class Step(models.TextChoices):
    """A shared difficulty ("kesulitan bersama"): from being named to being over (the working cycle of a KIM, ADINDA)."""

    NAMED = "named", "Diusulkan"
    TALKED = "talked", "Sedang dibahas"
    RESOLVED = "resolved", "Sudah diputuskan"
    ACTED = "acted", "Sedang dikerjakan"
    SETTLED = "settled", "Selesai"
    DROPPED = "dropped", "Tidak dilanjutkan"


PROBLEM_WORKFLOW = Workflow(
    {
        "talk_over": move(Step.NAMED, to=Step.TALKED),
        "resolve": move(Step.NAMED, Step.TALKED, to=Step.RESOLVED),
        "act": move(Step.RESOLVED, Step.ACTED, to=Step.ACTED),
        "settle": move(Step.RESOLVED, Step.ACTED, to=Step.SETTLED),
        "drop": move(Step.NAMED, Step.TALKED, Step.RESOLVED, to=Step.DROPPED),
    }
)
OPEN_STEPS = (Step.NAMED, Step.TALKED, Step.RESOLVED, Step.ACTED)
