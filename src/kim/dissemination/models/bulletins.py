"""Regulation, Bulletin (paket informasi) with its files, versions, places and local notes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from kim.accounts.models import Person
from kim.dissemination.workflow import Stage
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.regions.models import Region, RegionalQuerySet
from kim.registry.models import Focus

VILLAGE_KINDS = (Region.Kind.DESA, Region.Kind.KELURAHAN, Region.Kind.DESA_ADAT)


class RegulationKind(models.TextChoices):
    """What a packet may rest on; rules differ by region and change, so they are rows (domain.md 1.2)."""

    LAW = "law", "Undang-undang"
    GOVERNMENT = "government", "Peraturan pemerintah"
    PRESIDENT = "president", "Peraturan atau instruksi presiden"
    MINISTER = "minister", "Peraturan menteri"
    GOVERNOR = "governor", "Peraturan gubernur"
    REGENT = "regent", "Peraturan bupati/wali kota"
    REGIONAL = "regional", "Peraturan daerah"
    VILLAGE = "village", "Peraturan desa"
    CIRCULAR = "circular", "Surat edaran"
    DECREE = "decree", "Surat keputusan"


class Regulation(models.Model):
    """A law, a regulation or a circular, once for everybody. The number is free text: `14/3241/405.19/2022`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="Where it is in force")
    kind = models.CharField("jenis", max_length=10, choices=RegulationKind.choices)
    number = models.CharField("nomor", max_length=80)
    title = models.CharField("tentang", max_length=300)
    url = models.URLField("alamat naskahnya", max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "kind", "number"], name="regulation_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Urgency(models.TextChoices):
    USUAL = "usual", "Biasa"
    IMPORTANT = "important", "Penting"
    EMERGENCY = "emergency", "Darurat"


# After so many days a KIM that has not opened a packet is reminded, unless its office chose otherwise.
REMIND_AFTER = {Urgency.USUAL: 3, Urgency.IMPORTANT: 3, Urgency.EMERGENCY: 1}


class InfoClass(models.TextChoices):
    """The classes of UU 14/2008; what is exempt from disclosure is never a packet."""

    PERIODIC = "periodic", "Berkala"
    IMMEDIATE = "immediate", "Serta-merta"
    ANYTIME = "anytime", "Setiap saat"


CODE_LENGTH = 7  # of a short code: one letter more than an article's, so a code says by its length what it leads to


class Bulletin(models.Model):
    """A packet of one office. Its words are in its versions; the newest is the one that counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="Whose office issues it")
    agency = models.CharField("dari instansi", max_length=160)
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="bulletins", null=True, blank=True)
    urgency = models.CharField("seberapa mendesak", max_length=9, choices=Urgency.choices, default=Urgency.USUAL)
    info_class = models.CharField(
        "golongan informasi", max_length=9, choices=InfoClass.choices, default=InfoClass.ANYTIME
    )
    programme = models.CharField("program", max_length=80, blank=True)
    is_programme_only = models.BooleanField(
        "hanya KIM program ini", default=False, help_text="KIM that published an activity of the programme"
    )
    focus = models.JSONField("hanya KIM berfokus", default=list, blank=True, help_text="Values of Focus; empty is all")
    village_kinds = models.JSONField(
        "hanya di", default=list, blank=True, help_text="Values of Region.Kind; empty is all"
    )
    remind_after = models.PositiveSmallIntegerField(
        "diingatkan sesudah", null=True, help_text="Days; empty is as usual for its urgency, 0 is never"
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    act_by = models.DateField("sebarkan paling lambat", null=True, blank=True)
    title = models.CharField("judul", max_length=160, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)
    scheduled_for = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    short_code = models.CharField(max_length=10, null=True, help_text="/info/<code>/ and /k/<code>/, for ever")
    alarm_until = models.DateTimeField(null=True, help_text="Of an emergency: how long it stands above the pages")
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "paket informasi"
        constraints = [models.UniqueConstraint(fields=["short_code"], name="one_bulletin_per_short_code")]
        indexes = [
            models.Index("region", F("edited_at").desc(), F("id").desc(), name="bulletin_office"),
            models.Index(fields=["scheduled_for"], condition=Q(stage="scheduled"), name="bulletin_due"),
            models.Index(fields=["region", "-issued_at"], condition=Q(stage="issued"), name="bulletin_out"),
            models.Index(fields=["-issued_at", "-id"], condition=Q(stage="issued"), name="bulletin_newest"),
            models.Index(
                fields=["alarm_until"], condition=Q(stage="issued", alarm_until__isnull=False), name="bulletin_alarm"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Paket tanpa judul"

    def get_absolute_url(self) -> str:
        """Where everybody reads it, once it is issued."""
        return f"/info/{self.short_code}/"

    # What the questions of the public pages add (queries.public).
    has_attachments: bool

    @property
    def key(self) -> str:
        return f"bulletin:{self.id}"

    @property
    def is_emergency(self) -> bool:
        return self.urgency == Urgency.EMERGENCY

    @property
    def rank(self) -> int:
        """The higher, the more pressing."""
        return Urgency.values.index(self.urgency)

    @property
    def remind_days(self) -> int:
        """Days until a KIM that has not opened it is reminded; 0 is never."""
        return self.usual_remind_days if self.remind_after is None else self.remind_after

    @property
    def usual_remind_days(self) -> int:
        return REMIND_AFTER[Urgency(self.urgency)]

    @property
    def kinds_said(self) -> str:
        """The kinds of village it is only for, as people say them."""
        return ", ".join(Region.Kind(kind).label.lower() for kind in self.village_kinds)

    @property
    def focus_said(self) -> str:
        """The same of the focus of a KIM."""
        return ", ".join(Focus(focus).label for focus in self.focus)

    @property
    def ends_on(self) -> date | None:
        """Until when it asks for something: its own end, else the last day for spreading it."""
        return self.valid_until or self.act_by

    @property
    def is_withdrawn(self) -> bool:
        return self.stage == Stage.WITHDRAWN

    @property
    def is_over(self) -> bool:
        """The last day it holds has passed, on the calendar of its place."""
        return self.valid_until is not None and self.valid_until < clock.today(self.region.time_zone)

    @property
    def short_url(self) -> str:
        return f"/k/{self.short_code}/"


MOST_ATTACHED = 5


class Attachment(models.Model):
    """A file that goes along with a packet: private in its office until the packet is issued, then for everybody."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="attachments")
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "upload"], name="attachment_once")]

    @property
    def name(self) -> str:
        """What it is called on pages: the name of the file without its ending."""
        return self.upload.name.rpartition(".")[0].replace("_", " ").strip() or self.upload.name

    @property
    def url(self) -> str:
        return f"/berkas/{self.upload_id}/"

    @property
    def is_picture(self) -> bool:
        return self.upload.mime.startswith("image/")


class Version(models.Model):
    """The words of a packet as they stood; never changed once issued. `change` says what is new against the one before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField("judul", max_length=160, blank=True)
    body = models.TextField("isi untuk warga", max_length=6000, blank=True)
    points = models.JSONField("yang tidak boleh berubah", default=list, blank=True)
    meaning = models.TextField("apa artinya bagi desa kita", max_length=1500, blank=True)
    answers = models.JSONField("tanya jawab", default=list, blank=True, help_text="[[question, answer], …]")
    whatsapp_short = models.TextField("teks pendek WhatsApp", max_length=400, blank=True)
    whatsapp_long = models.TextField("teks panjang WhatsApp", max_length=1500, blank=True)
    loudspeaker = models.TextField("naskah pengeras suara", max_length=1500, blank=True)
    caption = models.TextField("keterangan media sosial", max_length=600, blank=True)
    change = models.CharField("apa yang berubah", max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "number"], name="version_once")]


class Target(models.Model):
    """One place whose KIM get the packet. The fan-out notes here how far it is; a level below may add its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="targets")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    by_region_code = models.CharField(max_length=13, db_collation="C", help_text="Whose office named this place")
    after = models.UUIDField(null=True, help_text="The last KIM that was looked at")
    issued_at = models.DateTimeField(null=True, help_text="As its packet, while everybody may read that")
    made = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    moves_with_region = ("by_region_code",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="target_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(done_at=None), name="target_open"),
            models.Index(
                fields=["region", "-issued_at", "-bulletin"], condition=~Q(issued_at=None), name="target_newest"
            ),
        ]


class LocalNote(models.Model):
    """What an office on the way adds for its own place. It never changes the words of the level above."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="notes")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    text = models.TextField("catatan untuk KIM di wilayah ini", max_length=1000)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="note_once")]
