"""Counters per region prefix, kept by a reader of the ledger."""

from django.db import models

from kim.kernel import clock
from kim.regions.models import Region

COUNTED = (
    "kims",
    "active_kims",
    "members",
    "articles",
    "villages",
    "districts",
    "regencies",
    "provinces",
    "all_villages",
)


class Figure(models.Model):
    """What is counted under one region of the tree. `recount` writes it whole; the ledger reader keeps it fresh.

    Every region from the nation down to the kecamatan has a row, a village only while it has a KIM.
    """

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="figure")
    kims = models.PositiveIntegerField(default=0)
    active_kims = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(default=0)
    villages = models.PositiveIntegerField(default=0, help_text="villages with at least one registered KIM")
    districts = models.PositiveIntegerField(default=0)
    regencies = models.PositiveIntegerField(default=0)
    provinces = models.PositiveIntegerField(default=0)
    all_villages = models.PositiveIntegerField(default=0, help_text="villages there are")
    as_of = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.region_id}: {self.kims} KIM"
