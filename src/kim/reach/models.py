"""Readers of a thing on one day by one way, as a sketch; and the salt of today, the only one there is."""

from django.db import models


class Way(models.TextChoices):
    """By which way somebody came; the value is the word in `?ref=` and `?dari=`."""

    PAGE = "halaman", "Halaman"
    LINK = "tautan", "Tautan yang dibagikan"
    QR = "qr", "Kode QR"
    SCREEN = "layar", "Layar desa"


class Readers(models.Model):
    """A `kim.kernel.sketch` of everybody who was seen there and then. From it nobody can be told, only how many.

    Beyond the days that are kept apart, the row of the first of a month holds the whole month.
    """

    key = models.CharField(max_length=80, help_text="kind:id")
    day = models.DateField()
    way = models.CharField(max_length=8, choices=Way.choices)
    sketch = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day", "way"], name="readers_once")]
        indexes = [models.Index(fields=["day"], condition=~models.Q(day__day=1), name="readers_of_days")]


class Salt(models.Model):
    """One row, overwritten every day, in a table that is never in the log, a replica or a base backup (UNLOGGED)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
    salt = models.BinaryField()
