"""Kim, its decrees, its board over time, its members, its channels, and what Diskominfo said of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Self
from uuid import UUID

import pghistory
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac

from kim.accounts.models import Person
from kim.discussion.models import DecisionRule
from kim.kernel import clock, phone
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.regions.models import Region, RegionalQuerySet, above
from kim.registry.workflow import DecreeStage, Outcome, Stage


class IctLevel(models.TextChoices):
    """S1 counts KIM that are "berbasis TIK" apart from those on paper."""

    ICT = "ict", "Sudah memakai HP atau komputer"
    PAPER = "paper", "Masih memakai kertas dan papan"


class Accent(models.TextChoices):
    NILA = "nila", "Nila"
    PANDAN = "pandan", "Pandan"
    BATA = "bata", "Bata"
    SOGA = "soga", "Soga"
    TERUNG = "terung", "Terung"


class Focus(models.TextChoices):
    PUBLIC = "public", "Informasi publik"
    UMKM = "umkm", "UMKM dan ekonomi"
    FARM = "farm", "Pertanian dan perikanan"
    TOURISM = "tourism", "Pariwisata"
    CULTURE = "culture", "Seni dan budaya"
    LITERACY = "literacy", "Literasi dan pendidikan"
    HEALTH = "health", "Kesehatan"
    ENVIRONMENT = "environment", "Lingkungan"


NEWEST_DECREE = (F("issued_on").desc(nulls_last=True), "-id")
REGISTERED = models.Q(stage="registered")
BY_NAME = (F("name").asc(), F("id").asc())
LATELY_HEARD = (F("last_news_at").desc(nulls_last=True), *BY_NAME)
PAPERS = ("number", "about", "issued_on", "issuer_level", "issuer_office", "valid_from", "valid_until")


class KimQuerySet(RegionalQuerySet):
    """KIM by region, and with the decree that counts."""

    def with_decree(self) -> Self:
        """Adds `decree_now` (id), `decree_number`, `decree_until` of the newest accepted decree, in the same query."""
        accepted = Decree.objects.filter(kim=OuterRef("pk"), stage=DecreeStage.ACCEPTED)
        newest = accepted.order_by(*NEWEST_DECREE)
        return self.annotate(
            decree_now=Subquery(newest.values("pk")[:1]),
            decree_number=Subquery(newest.values("number")[:1]),
            decree_until=Subquery(newest.values("valid_until")[:1]),
        )


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["resume_hash", "last_news_at", "published_count", "province_code", "regency_code"],
)
class Kim(models.Model):
    """One group. Its legal state (decree in force?) and its activity (recent evidence?) are two separate axes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="kims", verbose_name="desa/kelurahan", null=True, db_index=False
    )
    province_code, regency_code = above(2), above(5)  # a district has so few that its own code's prefix is enough
    name = models.CharField("nama KIM", max_length=120, blank=True)
    slug = models.SlugField("alamat situs", max_length=63, unique=True, null=True)
    focus = models.CharField("fokus", max_length=12, choices=Focus.choices, default=Focus.PUBLIC)
    about = models.TextField("tentang KIM", blank=True, max_length=2000)
    founded_on = models.DateField("tanggal berdiri", null=True, blank=True)
    secretariat = models.CharField("alamat sekretariat", max_length=300, blank=True)
    public_phone = models.CharField("nomor WhatsApp untuk umum", max_length=16, blank=True)
    ict_level = models.CharField("cara kerja", max_length=5, choices=IctLevel.choices, default=IctLevel.ICT)
    accent = models.CharField("warna situs", max_length=6, choices=Accent.choices, default=Accent.NILA)
    reported_members = models.PositiveSmallIntegerField(
        "jumlah anggota menurut daftar Diskominfo", default=0, help_text="Counts while fewer are written down by name"
    )
    understands_no_budget = models.BooleanField("SK bukan janji anggaran", default=False)
    decision_rule = models.CharField(max_length=8, choices=DecisionRule.choices, default=DecisionRule.HEAD)
    quorum = models.PositiveSmallIntegerField(default=3)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    registry_number = models.CharField("nomor registrasi", max_length=40, unique=True, null=True)
    registrant_name = models.CharField("nama pendaftar", max_length=120, blank=True)
    registrant_phone = models.CharField("nomor HP pendaftar", max_length=16, blank=True, db_index=True)
    resume_hash = models.CharField(max_length=64, blank=True, help_text="Digest of the code that opens the draft again")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    last_news_at = models.DateTimeField(null=True)
    published_count = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    # What the queryset `with_decree` adds.
    decree_now: UUID | None
    decree_number: str | None
    decree_until: date | None

    objects = KimQuerySet.as_manager()

    class Meta:
        verbose_name = "KIM"
        indexes = [
            models.Index(fields=["stage", "submitted_at"], name="kim_queue"),
            models.Index(fields=["region", "stage"], name="kim_place"),
            models.Index(*BY_NAME, condition=REGISTERED, name="kim_names"),
            models.Index("province_code", *BY_NAME, condition=REGISTERED, name="kim_names_province"),
            models.Index("regency_code", *BY_NAME, condition=REGISTERED, name="kim_names_regency"),
            models.Index(*LATELY_HEARD, condition=REGISTERED, name="kim_heard"),
            models.Index("province_code", *LATELY_HEARD, condition=REGISTERED, name="kim_heard_province"),
            models.Index("regency_code", *LATELY_HEARD, condition=REGISTERED, name="kim_heard_regency"),
        ]

    def __str__(self) -> str:
        return self.name or "KIM tanpa nama"

    @property
    def registrant_phone_said(self) -> str:
        """The registrant's number as people say it."""
        return phone.national(self.registrant_phone) if self.registrant_phone else ""

    @property
    def public_phone_said(self) -> str:
        """The number for everybody as people say it."""
        return phone.national(self.public_phone) if self.public_phone else ""

    @property
    def key(self) -> str:
        return f"kim:{self.id}"

    @staticmethod
    def digest(code: str) -> str:
        """What is kept of a resume code; the code itself stays with the person."""
        return salted_hmac("kim.registry.resume", code, algorithm="sha256").hexdigest()

    def opens_with(self, code: str) -> bool:
        """Whether this is the code that opens the registration."""
        return bool(code and self.resume_hash) and constant_time_compare(self.resume_hash, self.digest(code))


class IssuerLevel(models.TextChoices):
    """Neutral words: a DIY lurah heads a kalurahan (= desa), elsewhere a lurah is appointed (domain.md 1.6)."""

    VILLAGE = "village", "Kepala desa/lurah"
    DISTRICT = "district", "Camat"
    REGENCY = "regency", "Bupati/wali kota"
    OFFICE = "office", "Dinas Kominfo"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Decree(models.Model):
    """An SK. The number is free text, e.g. `489/07/401.403.6/2014`; no pattern is ever demanded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="decrees")
    number = models.CharField("nomor SK", max_length=120, blank=True)
    about = models.CharField("tentang", max_length=300, blank=True)
    issued_on = models.DateField("tanggal SK", null=True, blank=True)
    issuer_level = models.CharField(
        "ditetapkan oleh", max_length=8, choices=IssuerLevel.choices, default=IssuerLevel.VILLAGE
    )
    issuer_office = models.CharField("nama kantor", max_length=160, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    scan = models.ForeignKey(Upload, models.PROTECT, related_name="+", null=True)
    stage = models.CharField(max_length=9, choices=DecreeStage.choices, default=DecreeStage.DRAFT)
    proposed_board = models.JSONField(default=list, help_text="Seats a renewal brings: position, name, since")
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "SK"
        indexes = [
            models.Index(fields=["valid_until"], name="decree_expiry"),
            models.Index(fields=["stage", "submitted_at", "id"], name="decree_queue"),
            models.Index(
                "kim",
                F("issued_on").desc(nulls_last=True),
                F("id").desc(),
                condition=models.Q(stage="accepted"),
                include=["valid_until", "number"],
                name="decree_that_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.number or "SK tanpa nomor"


class ChannelKind(models.TextChoices):
    WHATSAPP = "whatsapp", "WhatsApp"
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    BLOG = "blog", "Blog atau situs"
    RADIO = "radio", "Radio komunitas"
    BOARD = "board", "Papan informasi"


HANDLE = re.compile(r"[A-Za-z0-9._-]{2,60}")
ACCOUNT_PAGES = {
    ChannelKind.INSTAGRAM: "https://www.instagram.com/{}/",
    ChannelKind.FACEBOOK: "https://www.facebook.com/{}",
    ChannelKind.TIKTOK: "https://www.tiktok.com/@{}",
    ChannelKind.YOUTUBE: "https://www.youtube.com/@{}",
}


class Channel(models.Model):
    """Where a KIM already speaks; social media, and just as well a board by the road."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind.choices)
    address = models.CharField("alamat atau nama akun", max_length=200)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"

    @property
    def link(self) -> str:
        """Where a tap leads; nothing for a board by the road."""
        if self.address.startswith(("https://", "http://")):
            return self.address
        handle = self.address.strip().removeprefix("@")
        if self.kind not in ACCOUNT_PAGES or not HANDLE.fullmatch(handle):
            return ""
        return ACCOUNT_PAGES[ChannelKind(self.kind)].format(handle)


class Member(models.Model):
    """One member of one KIM. `person` is set when the invitation was taken up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", null=True)
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor HP", max_length=16, blank=True)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kim", "phone"],
                condition=models.Q(left_on=None) & ~models.Q(phone=""),
                name="one_member_per_phone",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_said(self) -> str:
        """The number as people say it."""
        return phone.national(self.phone) if self.phone else ""


class Position(models.TextChoices):
    CHAIR = "chair", "Ketua"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    COLLECTION = "collection", "Bidang pengumpulan informasi"
    PROCESSING = "processing", "Bidang pengolahan informasi"
    DISSEMINATION = "dissemination", "Bidang penyebaran informasi"
    PATRON = "patron", "Pembina"


class BoardSeat(models.Model):
    """Who sat where, from when until when. A change closes one row and opens the next; nothing is overwritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="seats")
    decree = models.ForeignKey(Decree, models.SET_NULL, related_name="seats", null=True)
    member = models.ForeignKey(Member, models.SET_NULL, related_name="seats", null=True)
    position = models.CharField("jabatan", max_length=13, choices=Position.choices)
    name = models.CharField("nama", max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.get_position_display()}: {self.name}"


class Review(models.Model):
    """What Diskominfo answered to a registration or a renewal, with the warnings it saw."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="reviews")
    decree = models.ForeignKey(Decree, models.SET_NULL, related_name="reviews", null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.note}"
