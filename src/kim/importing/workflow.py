"""The way of a list from a file to registered KIM."""

from django.db import models

from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    UPLOADED = "uploaded", "Kolom belum dicocokkan"
    MAPPED = "mapped", "Kolom sudah dicocokkan"
    CHECKED = "checked", "Sudah diperiksa, belum ditulis"
    CONFIRMED = "confirmed", "Sedang ditulis"
    DONE = "done", "Selesai"
    DISCARDED = "discarded", "Dihapus"


WORKFLOW = Workflow(
    {
        "map_columns": move(Stage.UPLOADED, Stage.MAPPED, Stage.CHECKED, to=Stage.MAPPED),
        "check": move(Stage.MAPPED, Stage.CHECKED, Stage.DONE, to=Stage.CHECKED),
        "correct": move(Stage.CHECKED, Stage.DONE, to=Stage.CHECKED),
        "confirm": move(Stage.CHECKED, to=Stage.CONFIRMED),
        "stop": move(Stage.CONFIRMED, to=Stage.CHECKED),
        "finish": move(Stage.CONFIRMED, to=Stage.DONE),
        "discard": move(Stage.UPLOADED, Stage.MAPPED, Stage.CHECKED, Stage.DONE, to=Stage.DISCARDED),
    }
)


class Outcome(models.TextChoices):
    """What will happen to a row when the list is confirmed, or did."""

    NEW = "new", "KIM baru"
    UPDATE = "update", "Dilengkapi"
    SKIP = "skip", "Sudah ada"
    ERROR = "error", "Perlu dibetulkan"
    IGNORED = "ignored", "Bukan baris KIM"
    WRITTEN = "written", "Sudah ditulis"
