"""Assignment (one KIM's copy), Coverage (a report of spreading), Tally (how far a packet came)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kim.accounts.models import Person
from kim.dissemination.models.bulletins import Bulletin
from kim.dissemination.workflow import Step
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.publishing.models import Article
from kim.regions.models import Region, RegionalQuerySet, above
from kim.registry.models import Kim


class Decline(models.TextChoices):
    """Why a packet does not fit here, in a KIM's own words beside it."""

    NOT_HERE = "not_here", "Bukan untuk desa kami"
    KNOWN = "known", "Warga sudah tahu"
    UNCLEAR = "unclear", "Isinya belum jelas"
    DOUBTED = "doubted", "Kami ragu kebenarannya"
    NO_MEANS = "no_means", "Tidak ada tenaga atau waktu"
    OTHER = "other", "Alasan lain"


class Assignment(models.Model):
    """One KIM's copy of a packet. Made by the fan-out, exactly once for each KIM."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="assignments", db_index=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    province_code, regency_code = above(2), above(5)
    step = models.CharField(max_length=9, choices=Step.choices, default=Step.ARRIVED, db_default=Step.ARRIVED)
    version_seen = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="The newest version that was opened"
    )
    version_before = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="The one that was read before that; 0 if none was"
    )
    arrived_at = models.DateTimeField(default=clock.now, db_default=Now())
    reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    spread_at = models.DateTimeField(null=True)
    decline = models.CharField("alasan", max_length=8, choices=Decline.choices, blank=True, db_default="")
    note = models.CharField("catatan KIM", max_length=500, blank=True, db_default="", help_text="Visible upwards")
    heard_low = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Of the best single report: overlaps are not added"
    )
    heard_high = models.PositiveIntegerField(default=0, db_default=0)
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


class Channel(models.TextChoices):
    """By which way people were told; half of them need no network."""

    WHATSAPP = "whatsapp", "Grup WhatsApp"
    MEETING = "meeting", "Rapat, arisan, atau PKK"
    POSYANDU = "posyandu", "Posyandu"
    WORSHIP = "worship", "Pengajian atau ibadah"
    LOUDSPEAKER = "loudspeaker", "Pengeras suara"
    BOARD = "board", "Papan pengumuman atau poster"
    VISIT = "visit", "Kunjungan ke rumah"
    RADIO = "radio", "Radio komunitas"
    FOLK = "folk", "Pertunjukan rakyat"
    SOCIAL = "social", "Media sosial"
    ARTICLE = "article", "Kabar di situs KIM"


class CallBack(models.TextChoices):
    """A share of the reports is drawn for a call back, so that the numbers stay believable."""

    NONE = "", "Tidak diundi"
    DRAWN = "drawn", "Akan ditelepon"
    CONFIRMED = "confirmed", "Sesuai"
    DIFFERS = "differs", "Berbeda"
    UNREACHED = "unreached", "Tidak tersambung"


class Coverage(models.Model):
    """A report of spreading: where, when, by which way, and how many people heard it, counted or guessed as a range."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reports")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField("lewat apa", max_length=11, choices=Channel.choices)
    held_on = models.DateField("kapan")
    place = models.CharField("di mana", max_length=120, blank=True)
    is_counted = models.BooleanField("dihitung, bukan perkiraan", default=False)
    heard_low = models.PositiveIntegerField()
    heard_high = models.PositiveIntegerField()
    questions = models.TextField("pertanyaan warga", max_length=1000, blank=True)
    photo = models.ForeignKey(Upload, models.SET_NULL, related_name="+", null=True)
    article = models.ForeignKey(Article, models.SET_NULL, related_name="+", null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=clock.now)
    call_back = models.CharField(max_length=9, choices=CallBack.choices, blank=True, default=CallBack.NONE)
    call_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at", "id"], condition=Q(call_back="drawn"), name="coverage_drawn"),
            models.Index("bulletin", F("at").desc(), F("id").desc(), condition=~Q(questions=""), name="coverage_asked"),
        ]


MAPS = ("channels", "reasons", "checks", "days")  # of a tally: what was counted → how many


class Tally(models.Model):
    """How far a packet came in one place: kept by a reader of the ledger, for regency, province and nation."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="tallies", db_index=False)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    sent = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    spread = models.PositiveIntegerField(default=0)
    villages = models.PositiveIntegerField(default=0, help_text="Villages where it was spread")
    villages_sent = models.PositiveIntegerField(default=0, help_text="Villages that have a copy")
    villages_all = models.PositiveIntegerField(default=0, help_text="Villages of the place, with a KIM or without")
    heard_low = models.PositiveBigIntegerField(default=0)
    heard_high = models.PositiveBigIntegerField(default=0)
    hours_median = models.FloatField(null=True, help_text="From sending to spreading")
    hours_slow = models.FloatField(null=True, help_text="Of the slowest tenth")
    channels = models.JSONField(default=dict, help_text="Channel → KIM that used it")
    reasons = models.JSONField(default=dict, help_text="Decline → KIM that said so")
    checks = models.JSONField(default=dict, help_text="CallBack → reports that were drawn, by what the call said")
    days = models.JSONField(
        default=dict, help_text="`opened 2026-11-28` → KIM on that day, by the clock of the village"
    )
    readers = models.PositiveIntegerField(
        default=0, help_text="Daily visits of the KIM's own articles and the packet's page"
    )
    readers_sketch = models.BinaryField(default=b"")
    readers_upto = models.DateField(null=True, help_text="The last day whose readers are in the sketch")
    as_of = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="tally_once")]
