"""A Case is what is decided about one thing; a Report is one person's voice in it; a Sighting is a host in a text."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.crypto import salted_hmac

from kim.accounts.models import Person
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.ids import new_id
from kim.moderation.workflow import DECIDED, OPEN, TICKING, Reason, Stage, spell
from kim.regions.models import Region, RegionalQuerySet, above

QUEUE = ("-is_urgent", "due_at", "id")
LATEST = ("-decided_at", "-id")
DECIDED_ONCE = models.Q(decided_at__isnull=False)


class Case(models.Model):
    """Many reports of the same thing are one case. Of the words themselves only a digest and the revision are kept.

    `holder` is the office whose turn it is; `due_at` its clock. An appeal uses both again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.CharField(max_length=80, help_text="What it is about, as kind:uuid")
    title = models.CharField("judul", max_length=200)
    url = models.CharField(max_length=300)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    province_code, regency_code = above(2), above(5)
    kim_id = models.UUIDField(null=True)
    author_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField("alasan", max_length=10, choices=Reason.choices)
    is_urgent = models.BooleanField(default=False)
    is_by_system = models.BooleanField(default=False)
    clues = models.CharField("yang ditemukan Sistem", max_length=300, blank=True)
    reports = models.PositiveIntegerField("jumlah laporan", default=0)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    holder = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    passed_up = models.PositiveSmallIntegerField("naik tingkat", default=0)
    claimed_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    claimed_until = models.DateTimeField(null=True)
    mended_note = models.CharField("kata KIM", max_length=600, blank=True)
    verdict = models.CharField("putusan", max_length=10, choices=Stage.choices, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    decided_code = models.CharField(max_length=13, db_collation="C", blank=True)
    decided_at = models.DateTimeField(null=True)
    is_in_time = models.BooleanField(null=True)
    note = models.TextField("alasan keputusan", max_length=2000, blank=True)
    appeal_text = models.TextField("keberatan", max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    appeal_code = models.CharField(max_length=13, db_collation="C", blank=True)
    appeal_note = models.TextField("putusan keberatan", max_length=2000, blank=True)
    appeal_decided_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    objects = RegionalQuerySet.as_manager()
    moves_with_region = ("decided_code", "appeal_code")

    class Meta:
        verbose_name = "perkara"
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(stage__in=[*OPEN]), name="one_open_case_per_subject"
            )
        ]
        indexes = [
            models.Index(fields=["holder", *QUEUE], name="case_queue", condition=models.Q(stage__in=[*TICKING])),
            models.Index(
                fields=["regency_code", *QUEUE], name="case_below_regency", condition=models.Q(stage__in=[*TICKING])
            ),
            models.Index(
                fields=["province_code", *QUEUE], name="case_below_province", condition=models.Q(stage__in=[*TICKING])
            ),
            models.Index(fields=["due_at"], name="case_due", condition=models.Q(stage__in=[*TICKING])),
            models.Index(fields=["region", "-opened_at", "-id"], name="case_place"),
            models.Index(fields=["kim_id", "-opened_at", "-id"], name="case_of_kim"),
            models.Index(fields=["subject", "-opened_at"], name="case_subject"),
            models.Index(fields=[*LATEST], name="case_log", condition=DECIDED_ONCE),
            models.Index(fields=["regency_code", *LATEST], name="case_log_regency", condition=DECIDED_ONCE),
            models.Index(fields=["province_code", *LATEST], name="case_log_province", condition=DECIDED_ONCE),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"case:{self.id}"

    @property
    def kind(self) -> str:
        return self.subject.partition(":")[0]

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def is_decided(self) -> bool:
        return self.stage in DECIDED

    @property
    def is_ticking(self) -> bool:
        return self.stage in TICKING

    @property
    def is_overdue(self) -> bool:
        return self.is_ticking and self.due_at < clock.now()

    def is_held_at(self, now: datetime) -> bool:
        """Whether somebody is looking at it just now."""
        return self.stage == Stage.CLAIMED and bool(self.claimed_until) and self.claimed_until > now

    @property
    def level(self) -> Level:
        """The level that decided, or whose turn it is."""
        return codes.level(self.decided_code or self.holder_id)

    @property
    def took(self) -> timedelta | None:
        """From the first report to the decision."""
        return self.decided_at - self.opened_at if self.decided_at else None


class Report(models.Model):
    """What somebody reported. Nothing of who it was is kept; the code that comes back is kept as a keyed digest only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="voices")
    reason = models.CharField("alasan", max_length=10, choices=Reason.choices)
    words = models.TextField("penjelasan", max_length=1000, blank=True)
    code_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="report_case")]

    @staticmethod
    def digest_of(code: str) -> str:
        """What is kept of a code."""
        return salted_hmac("kim.moderation.code", code, algorithm="sha256").hexdigest()


class Sighting(models.Model):
    """A host that a text leads to. Forgotten after days; the same host in texts of many KIM within hours is a burst."""

    host = models.CharField(max_length=255)
    subject = models.CharField(max_length=80)
    kim_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["host", "subject"], name="one_sighting_each")]
        indexes = [models.Index(fields=["host", "at"], name="sighting_host")]


class LevelFigure(models.Model):
    """How one level has decided so far; counted by the worker, read by the public page."""

    level = models.CharField(max_length=8, primary_key=True)
    waiting = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    taken_down = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    appealed = models.PositiveIntegerField(default=0)
    overturned = models.PositiveIntegerField(default=0)
    median_minutes = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField()

    @property
    def level_label(self) -> str:
        return Level(self.level).label

    @property
    def median_words(self) -> str:
        """How long half of the decisions took at most."""
        return "" if self.median_minutes is None else spell(timedelta(minutes=self.median_minutes))
