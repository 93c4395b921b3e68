"""Claim with its Reports, Fingerprints and Sightings; Check (a KIM's), Answer (an office's, in versions); Suggestion."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kim.accounts.models import Person
from kim.clarification.workflow import Stage, State
from kim.kernel import clock, ticket
from kim.kernel.fingerprint import bands, sketch
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.regions.models import Region, RegionalQuerySet
from kim.registry.models import Kim

SHORT = "h-"  # before the code of a claim in a short link


class Verdict(models.TextChoices):
    """What an office says of a claim."""

    TRUE = "true", "Benar"
    FALSE = "false", "Salah"
    MISLEADING = "misleading", "Menyesatkan"
    SATIRE = "satire", "Satire"
    UNPROVEN = "unproven", "Belum terbukti"


class Claim(models.Model):
    """One thing people ask about, however often and wherever. Its public words are in its answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.ASKED)
    code = models.CharField(max_length=8, unique=True, null=True, help_text="Of its public address; given once")
    title = models.CharField("klaim", max_length=160, blank=True, help_text="In the officer's words")
    verdict = models.CharField("putusan", max_length=10, choices=Verdict.choices, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    office = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True, help_text="Whose office answered")
    reports_count = models.PositiveIntegerField("ditanyakan", default=0)
    first_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now, help_text="When it was last asked about")
    published_at = models.DateTimeField(null=True, help_text="Of the first answer")
    revised_at = models.DateTimeField(null=True)
    reason = models.CharField(
        "alasan", max_length=500, blank=True, help_text="Why it was withdrawn, set aside or folded"
    )
    into = models.ForeignKey(
        "self", models.SET_NULL, related_name="folded", null=True, help_text="The claim that it turned out to be"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "klaim"
        indexes = [
            models.Index(F("published_at").desc(), F("id").desc(), name="claim_library", condition=Q(stage="answered")),
            models.Index("verdict", F("published_at").desc(), F("id").desc(), name="claim_verdict", condition=Q(stage="answered")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or "Klaim tanpa judul"

    def get_absolute_url(self) -> str:
        return f"/hoaks/{self.code}/"

    @property
    def root(self) -> Claim:
        """What it turned out to be, however often that was folded again; itself when it stands alone."""
        claim = self
        while claim.into is not None:
            claim = claim.into
        return claim

    @property
    def short_url(self) -> str:
        """For paper and WhatsApp; its code is told from those of articles and packets by what it begins with."""
        return f"/k/{SHORT}{self.code}/"

    @property
    def key(self) -> str:
        return f"clarification:{self.id}"

    @property
    def is_public(self) -> bool:
        return self.stage == Stage.ANSWERED


class Sighting(models.Model):
    """How often a claim was asked about in one place. A report counts in its place and in all above, so any desk is one walk."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sightings", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=9, choices=Stage.choices, help_text="Of the claim")
    reports_count = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "region"], name="sighting_once")]
        indexes = [
            models.Index("region", "stage", F("heard_at").desc(), F("id").desc(), name="sighting_desk"),
        ]


class Report(models.Model):
    """Somebody asks: what was sent to them, and where. No name, no number, no address; the ticket is all they have.

    The secret of the ticket is made from the id and the site's own secret, and kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="reports")
    number = models.CharField("nomor tiket", max_length=ticket.LENGTH, unique=True, default=ticket.new_number)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    text = models.TextField("isi pesan", max_length=4000, blank=True)
    link = models.CharField("tautan", max_length=500, blank=True)
    photo = models.ForeignKey(Upload, models.SET_NULL, related_name="+", null=True)
    voice = models.ForeignKey(Upload, models.SET_NULL, related_name="+", null=True)
    kim = models.ForeignKey(
        Kim, models.SET_NULL, related_name="+", null=True, help_text="The KIM that asks, if it is one"
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", null=True, help_text="Only of those signed in"
    )
    digest = models.CharField(max_length=64, help_text="Of what was sent: the same id with other words is refused")
    is_threat = models.BooleanField("mungkin ancaman", default=False)
    is_only_links = models.BooleanField("hanya tautan", default=False)
    folded_from = models.ForeignKey(
        Claim, models.SET_NULL, related_name="+", null=True, db_index=False, help_text="The claim it was put to first"
    )
    is_parted = models.BooleanField(default=False, help_text="Its author said that the claim it was put to is another")
    at = models.DateTimeField(default=clock.now)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("claim", F("at").desc(), F("id").desc(), name="report_newest")]


class Medium(models.TextChoices):
    """What a fingerprint is of. Texts and pictures are found when they are near, the others when they are the same."""

    TEXT = "text", "Teks"
    WORDS = "words", "Kata"
    PICTURE = "picture", "Gambar"
    VOICE = "voice", "Suara"
    LINK = "link", "Tautan"


NEARLY = (Medium.TEXT, Medium.PICTURE)


class Fingerprint(models.Model):
    """64 bits of something a claim was sent as, and their four bands to find it by (kim.kernel.fingerprint)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="fingerprints")
    medium = models.CharField(max_length=7, choices=Medium.choices)
    code = models.BigIntegerField()
    words = ArrayField(
        models.IntegerField(), default=list, help_text="Of a text: a sketch of its words, to be sure of it"
    )
    band_0 = models.IntegerField()
    band_1 = models.IntegerField()
    band_2 = models.IntegerField()
    band_3 = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["medium", "code", "claim"], name="fingerprint_once")]
        indexes = [
            models.Index(fields=["medium", f"band_{number}", "code", "claim"], name=f"fingerprint_band_{number}")
            for number in range(4)
        ]

    @classmethod
    def of(cls, claim: Claim, medium: str, code: int, text: str = "") -> Fingerprint:
        named: dict[str, Any] = {f"band_{number}": band for number, band in enumerate(bands(code))}
        return cls(claim=claim, medium=medium, code=code, words=sketch(text) if medium == Medium.TEXT else [], **named)


class Clipping(models.Model):
    """64 bits of a short text a claim was first asked as, whole or without one of its words (kim.kernel.fingerprint)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="clippings", db_index=False)
    code = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["code", "claim"], name="clipping_code")]


class CheckPoint(models.TextChoices):
    """What a KIM looks at, one after the other."""

    SOURCE = "source", "Sumber: siapa yang pertama mengatakan?"
    DATE = "date", "Tanggal: kapan itu terjadi, apakah kabar lama?"
    PLACE = "place", "Tempat: apakah benar di sini?"
    PICTURE = "picture", "Asal gambar: apakah gambar dari kejadian lain?"
    OFFICIAL = "official", "Pernyataan resmi: apa kata kantor yang berwenang?"


class Found(models.TextChoices):
    """What the look at one point came to."""

    FITS = "fits", "Cocok"
    DIFFERS = "differs", "Tidak cocok"
    UNKNOWN = "unknown", "Belum ketemu"
    NOT_ASKED = "", "Belum dicek"


class Check(models.Model):
    """What one KIM found out about a claim."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="checks")
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="+")
    points = models.JSONField("daftar cek", default=dict, help_text="CheckPoint → [Found, note]")
    note = models.TextField("catatan KIM", max_length=1500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "kim"], name="check_once")]


class Answer(models.Model):
    """The verdict as it stood: never changed, a revision is the next one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField("putusan", max_length=10, choices=Verdict.choices)
    title = models.CharField("klaim, dalam kalimat Anda", max_length=160)
    gist = models.CharField("yang benar, dalam satu kalimat", max_length=280)
    explanation = models.TextField("penjelasan", max_length=4000)
    evidence = models.JSONField("bukti", default=list, help_text="[[address, label], …], https only")
    change = models.CharField("apa yang berubah", max_length=300, blank=True)
    office = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.CharField("kantor", max_length=160)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="answer_once")]


class Round(models.Model):
    """The worker's mark: how far the KIM of the places of a claim have been told. Another report opens another round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="rounds")
    after = models.UUIDField(null=True, help_text="The last KIM that was looked at")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim"], condition=Q(done_at=None), name="round_open_once")]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="round_open")]


class Suggestion(models.Model):
    """What a fact-checker outside has published; an office may make an answer of it. Nothing of it is public by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guid = models.CharField(max_length=120, unique=True)
    checker = models.CharField("pemeriksa fakta", max_length=80)
    title = models.CharField("judul", max_length=300)
    claim_text = models.TextField("narasi yang beredar", max_length=4000, blank=True)
    fact = models.TextField("fakta", max_length=4000, blank=True)
    verdict = models.CharField("putusan", max_length=10, choices=Verdict.choices, blank=True)
    url = models.URLField("alamat", max_length=500, blank=True)
    published_on = models.DateField("tanggal", null=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW)
    claim = models.ForeignKey(Claim, models.SET_NULL, related_name="+", null=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    came_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index("state", F("came_at").desc(), F("id").desc(), name="suggestion_shelf")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"suggestion:{self.id}"


class Pulse(models.Model):
    """One row: when the feed of the fact-checker was last asked, and what went wrong."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    next_at = models.DateTimeField(default=clock.now)
    ok_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
