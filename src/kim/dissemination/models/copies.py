"""Assignment (one KIM's copy), Coverage (a report of spreading), Tally (how far a packet came), and the book that holds them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kim.dissemination.models.bulletins import Bulletin
from kim.dissemination.workflow import Step
from kim.kernel import clock
from kim.publishing.models import Article
from kim.regions.models import RegionalQuerySet
from kim.spreading import models as spreading
from kim.spreading.models import Act, Book


class Decline(models.TextChoices):
    """Why a packet does not fit here, in a KIM's own words beside it."""

    NOT_HERE = "not_here", "Bukan untuk desa kami"
    KNOWN = "known", "Warga sudah tahu"
    UNCLEAR = "unclear", "Isinya belum jelas"
    DOUBTED = "doubted", "Kami ragu kebenarannya"
    NO_MEANS = "no_means", "Tidak ada tenaga atau waktu"
    OTHER = "other", "Alasan lain"


class Assignment(spreading.Copy):
    """One KIM's copy of a packet. Made by the fan-out, exactly once for each KIM."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="assignments", db_index=False)
    step = models.CharField(max_length=9, choices=Step.choices, default=Step.ARRIVED, db_default=Step.ARRIVED)
    version_seen = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="The newest version that was opened"
    )
    version_before = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="The one that was read before that; 0 if none was"
    )
    arrived_at = models.DateTimeField(default=clock.now, db_default=Now())
    reminded_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decline = models.CharField("alasan", max_length=8, choices=Decline.choices, blank=True, db_default="")
    note = models.CharField("catatan KIM", max_length=500, blank=True, db_default="", help_text="Visible upwards")
    article = models.ForeignKey(
        Article, models.SET_NULL, related_name="+", null=True, help_text="The KIM's own words about it"
    )

    objects = RegionalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "kim"], name="assignment_once")]
        indexes = [
            models.Index("kim", F("arrived_at").desc(), F("id").desc(), name="assignment_inbox"),
            models.Index(fields=["bulletin", "province_code"], name="assignment_province"),
            models.Index(fields=["bulletin", "regency_code", "step"], name="assignment_regency"),
            models.Index(fields=["region"], name="assignment_place"),
            models.Index(
                fields=["bulletin", "arrived_at"],
                condition=Q(step="arrived", reminded_at=None),
                name="assignment_unread",
            ),
            models.Index(fields=["bulletin", "id"], condition=Q(article__isnull=False), name="assignment_retold"),
        ]

    @property
    def key(self) -> str:
        return f"assignment:{self.id}"

    @property
    def thing(self) -> Bulletin:
        return self.bulletin


class Coverage(spreading.Report):
    """A report of how a packet was spread."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reports")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey(Article, models.SET_NULL, related_name="+", null=True)

    class Meta(spreading.Report.Meta):
        indexes = [
            models.Index(fields=["at", "id"], condition=Q(call_back="drawn"), name="coverage_drawn"),
            models.Index("bulletin", F("at").desc(), F("id").desc(), condition=~Q(questions=""), name="coverage_asked"),
        ]

    @property
    def copy(self) -> Assignment:
        return self.assignment


class Tally(spreading.Tally):
    """How far a packet came in one place."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="tallies", db_index=False)
    decided = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=dict, help_text="Decline → KIM that said so")
    readers = models.PositiveIntegerField(
        default=0, help_text="Daily visits of the KIM's own articles and the packet's page"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="tally_once")]


# The codes below a place lie between `35.` and `35/` in the order of their letters: a walk along the primary key.
_VILLAGES = """(SELECT count(*) FROM regions_region r WHERE r.level = 'village' AND r.valid_until IS NULL
  AND ({place} = 'ID' OR r.code > {place} || '.' AND r.code < {place} || '/'))"""

PACKETS = Book(
    thing="bulletin",
    copy="assignment",
    copies=Assignment,
    reports=Coverage,
    tallies=Tally,
    acts=(
        Act("opened", "Dibuka", "KIM belum membukanya"),
        Act("decided", "Diputuskan", "KIM sudah membaca, belum memutuskan"),
        Act("spread", "Disebarkan", "KIM belum melapor, {declined} di antaranya memilih tidak menyebarkan"),
    ),
    places="SELECT DISTINCT regency_code AS place FROM {copies} WHERE {thing}_id = %(thing)s",
    villages=_VILLAGES,
    counts={"decided": "count(a.decided_at)", "declined": "count(a.id) FILTER (WHERE a.step = 'declined')"},
    maps={"reasons": "a.decline"},
)
