"""Regulation, Bulletin (paket informasi) with its versions and targets, Assignment (one KIM's copy), Coverage (a report)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kim.accounts.models import Person
from kim.dissemination.workflow import Stage, Step
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.publishing.models import Article
from kim.regions.models import Region, RegionalQuerySet, above
from kim.registry.models import Focus, Kim

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
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "paket informasi"
        indexes = [
            models.Index("region", F("edited_at").desc(), F("id").desc(), name="bulletin_office"),
            models.Index(fields=["scheduled_for"], condition=Q(stage="scheduled"), name="bulletin_due"),
            models.Index(fields=["region", "-issued_at"], condition=Q(stage="issued"), name="bulletin_out"),
        ]

    def __str__(self) -> str:
        return self.title or "Paket tanpa judul"

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
    made = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="target_once")]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="target_open")]


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
        indexes = [models.Index(fields=["at", "id"], condition=Q(call_back="drawn"), name="coverage_drawn")]


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
    channels = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    as_of = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "region"], name="tally_once")]
