"""Voices and who holds them; and what a village makes of them together: Problem (kesulitan bersama), Meeting (musyawarah)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

from kim.accounts.models import Agency, Person
from kim.aspirations.workflow import ENDED_STAGES, HANDED_OVER, OPEN_STAGES, Ending, Kind, Privacy, Stage
from kim.kernel import clock, ticket
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.regions.models import Region, RegionalQuerySet, above
from kim.registry.models import Kim


class Category(models.TextChoices):
    """What it is about, in the words of a village (domain.md 9.4)."""

    ROAD = "road", "Jalan dan jembatan"
    LIGHT = "light", "Penerangan dan listrik"
    WATER = "water", "Air bersih dan irigasi"
    WASTE = "waste", "Sampah, banjir, dan lingkungan"
    PAPERS = "papers", "Administrasi penduduk"
    AID = "aid", "Bantuan sosial"
    HEALTH = "health", "Kesehatan"
    SCHOOL = "school", "Sekolah dan pendidikan"
    FARM = "farm", "Pertanian, ternak, dan ikan"
    SIGNAL = "signal", "Sinyal dan internet"
    SAFETY = "safety", "Keamanan dan ketertiban"
    SERVICE = "service", "Pelayanan kantor pemerintah"
    OTHER = "other", "Lainnya"


OUT = Q(is_public=True)  # let out by a desk: everybody may read `public_text`
# What everybody reads, newest first, at every level of the country.
LISTED = (
    ((), ""), (("province_code",), "_prov"), (("regency_code",), "_reg"), (("district_code",), "_dist"), (("region",), "_vill"),
)  # fmt: skip


def desk(agency: str) -> models.GeneratedField:
    """Which desk a row lies on, in one column: the agency, else the region. An index can begin with it and go on."""
    of_agency = Cast(agency, models.CharField(max_length=36, db_collation="C"))
    kept = models.CharField(max_length=36, db_collation="C")
    return models.GeneratedField(expression=Coalesce(of_agency, "holder_code"), output_field=kept, db_persist=True)


class Aspiration(models.Model):
    """One voice. Its id is made where it is written: sent twice, it is the same one.

    An anonymous one keeps no name, number or person. `text` is read by the desk that holds it; the public reads
    `public_text`, the version the desk let out, and nothing of a confidential one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("nomor", max_length=10, unique=True, default=ticket.new_number, editable=False)
    secret = models.CharField(max_length=64, help_text="Keyed hash of the reporter's code")
    kind = models.CharField("jenis", max_length=9, choices=Kind.choices)
    category = models.CharField("tentang", max_length=7, choices=Category.choices, default=Category.OTHER)
    text = models.TextField("isi", max_length=4000)
    public_text = models.TextField("versi untuk umum", max_length=4000, blank=True)
    is_public = models.BooleanField(default=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The village it is about")
    province_code, regency_code, district_code = above(2), above(5), above(8)
    place = models.CharField("patokan tempat", max_length=160, blank=True)
    happened_on = models.DateField("tanggal kejadian", null=True, blank=True)
    privacy = models.CharField(max_length=9, choices=Privacy.choices, default=Privacy.OPEN)
    reporter_name = models.CharField("nama pelapor", max_length=120, blank=True)
    reporter_phone = models.CharField("nomor untuk dikabari", max_length=16, blank=True)
    reporter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="Atas nama pelapor")
    kim = models.ForeignKey(Kim, models.SET_NULL, null=True, related_name="+", help_text="The KIM that took it in")
    captured_at = models.DateTimeField(help_text="When it was written; the clocks start here")
    received_at = models.DateTimeField(default=clock.now)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.SUBMITTED)
    holder_code = models.CharField(max_length=13, db_collation="C", help_text="Whose desk it lies on")
    holder_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    desk = desk("holder_agency")
    due_at = models.DateTimeField(
        null=True, help_text="By when whoever has the turn must act: the desk, or the reporter"
    )
    alarm_at = models.DateTimeField(null=True, help_text="When the clock looks at it next (actions.clocks)")
    is_supervision = models.BooleanField("berkadar pengawasan", default=False)
    is_extended = models.BooleanField(default=False, help_text="The one extension of UU 14/2008 Ps 22 is taken")
    supporters = models.PositiveIntegerField(default=0)
    theme = models.CharField("tema", max_length=80, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    satisfaction = models.PositiveSmallIntegerField(null=True, help_text="1 to 3")
    code_renewed_at = models.DateTimeField(null=True, help_text="When the member who took it in gave a new slip")
    asked_again_at = models.DateTimeField(null=True, help_text="When it was asked whether it stayed fixed")
    stayed_fixed = models.BooleanField(null=True, help_text="What the reporter said to that")
    erased_at = models.DateTimeField(null=True, help_text="The reporter took the words back; the figures stay")
    lapor_tracking_id = models.CharField("nomor SP4N-LAPOR!", max_length=40, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = RegionalQuerySet.as_manager()
    moves_with_region = ("holder_code",)

    class Meta:
        verbose_name = "aspirasi"
        indexes = [
            models.Index(fields=["desk", "due_at", "id"], condition=Q(stage__in=OPEN_STAGES), name="aspiration_desk"),
            models.Index("desk", F("received_at").desc(), F("id").desc(), condition=Q(stage__in=ENDED_STAGES),
                         name="aspiration_ended"),
            models.Index(fields=["alarm_at", "id"], condition=Q(alarm_at__isnull=False), name="aspiration_alarm"),
            models.Index(fields=["reporter_phone"], condition=~Q(reporter_phone=""), name="aspiration_phone"),
            models.Index("region", F("received_at").desc(), F("id").desc(), name="aspiration_village"),
            models.Index("regency_code", F("received_at").desc(), F("id").desc(), name="aspiration_regency"),
            models.Index("province_code", F("received_at").desc(), F("id").desc(), name="aspiration_province"),
            *(
                models.Index(*of, F("received_at").desc(), F("id").desc(), condition=OUT, name=f"aspiration_out{name}")
                for of, name in LISTED
            ),
            models.Index("closed_at", condition=Q(stage=Stage.CLOSED, asked_again_at=None), name="aspiration_to_ask"),
            models.Index("received_at", condition=Q(erased_at=None), name="aspiration_to_forget"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_public=True, privacy=Privacy.CONFIDENTIAL), name="confidential_stays_inside"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {ticket.shown(self.number)}"

    @property
    def key(self) -> str:
        return f"aspiration:{self.id}"

    @property
    def shown_number(self) -> str:
        return ticket.shown(self.number)

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_confidential(self) -> bool:
        return self.privacy == Privacy.CONFIDENTIAL


class Handling(models.Model):
    """One stay on one desk: from when, until when, what was to be done by then, and how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="handlings")
    holder_code = models.CharField(max_length=13, db_collation="C")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.CharField("alasan diteruskan", max_length=500, blank=True, help_text="Why it came here")
    is_automatic = models.BooleanField(default=False, help_text="Passed up by the clock")
    is_late = models.BooleanField(default=False, help_text="Set when it leaves the desk, or passes its due moment")
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True, help_text="How the stay ended")
    days = models.PositiveSmallIntegerField(null=True, help_text="Working days it lay here")
    desk = desk("agency")
    moves_with_region = ("holder_code",)

    class Meta:
        verbose_name = "singgahan aspirasi"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aspiration"], condition=Q(until=None), name="one_open_handling")
        ]
        indexes = [
            models.Index("desk", F("since").desc(), F("id").desc(), condition=Q(ending__in=HANDED_OVER),
                         name="handling_passed"),
            models.Index(fields=["until"], name="handling_until"),
            models.Index(fields=["since"], name="handling_since"),
        ]  # fmt: skip


class Outcome(models.TextChoices):
    """How it ended. That something cannot be done is an honest end, with its reason."""

    DONE = "done", "Sudah ditangani"
    PLANNED = "planned", "Sudah dijadwalkan"
    EXPLAINED = "explained", "Sudah dijelaskan"
    UNMET = "unmet", "Tidak dapat dipenuhi"
    PROGRESS = "progress", "Kabar kemajuan"
    DISMISSED = "dismissed", "Tidak diproses"


OUTCOMES = (Outcome.DONE, Outcome.PLANNED, Outcome.EXPLAINED, Outcome.UNMET)  # those that answer


class Answer(models.Model):
    """What an office said: the answer, how far it is, why it is not taken up, or a question back (`outcome` empty)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="answers")
    holder_code = models.CharField(max_length=13, db_collation="C")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField("jawaban", max_length=4000)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    moves_with_region = ("holder_code",)

    class Meta:
        verbose_name = "jawaban aspirasi"
        ordering = ["at", "id"]


class Reply(models.Model):
    """What the reporter added later: an answer to a question back, or why it is not settled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="replies")
    text = models.TextField(max_length=2000)
    is_by_hand = models.BooleanField(default=False, help_text="Said for the reporter by the member who took it in")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class Attachment(models.Model):
    """A photo or a voice note, of the reporter or of an answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="attachments")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="attachments", null=True)
    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="attachments_of_aspirations", related_query_name="attachment_of"
    )

    class Meta:
        ordering = ["id"]


class Support(models.Model):
    """*Saya juga*: once per browser or person and aspiration. The token says nothing of who it was, nor of other voices."""

    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="supports")
    token = models.CharField(
        max_length=64, help_text="Keyed hash of the aspiration and the browser's or person's token"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aspiration", "token"], name="supported_once")]


class Route(models.Model):
    """Which agency a category goes to in an area: what the desk is offered first. An officer edits it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The area it holds for")
    category = models.CharField(max_length=7, choices=Category.choices)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "category"], name="one_route")]


class Tally(models.Model):
    """What one desk did in one month, counted again by the worker: of stays that ended, and of those that began."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    holder_code = models.CharField(max_length=13, db_collation="C")
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+", db_index=False)
    desk = desk("agency")
    month = models.DateField(help_text="Its first day")
    received = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    answered_in_time = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    passed_by_clock = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    days = models.JSONField(default=dict, help_text="Working days until the answer → how many answers")
    as_of = models.DateTimeField(default=clock.now)
    moves_with_region = ("holder_code",)

    class Meta:
        verbose_name = "hitungan meja"
        constraints = [models.UniqueConstraint(fields=["desk", "month"], name="desk_tally_once")]
        indexes = [models.Index(fields=["holder_code", "month"], name="desk_tally_place")]


class Decision(models.TextChoices):
    """What a body may decide on a request (UU 14/2008 Ps 22)."""

    GRANTED = "granted", "Diberikan seluruhnya"
    PARTLY = "partly", "Diberikan sebagian"
    REFUSED = "refused", "Ditolak"
    ABSENT = "absent", "Tidak dikuasai badan publik ini"


class InformationRequest(models.Model):
    """An entry in the register of information requests: number, clock of 10 + 7 working days, and the decision.

    The number is the body's own, counted anew each year (UU 14/2008 Ps 22; domain.md 4.2).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.OneToOneField(Aspiration, models.CASCADE, related_name="request")
    body_code = models.CharField(max_length=13, db_collation="C", help_text="The body asked: its region")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    purpose = models.CharField("tujuan penggunaan", max_length=300, blank=True)
    wants_copy = models.BooleanField("minta salinan", default=True)
    registered_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    extended_at = models.DateTimeField(null=True)
    extension_reason = models.CharField("alasan perpanjangan", max_length=300, blank=True)
    decision = models.CharField("keputusan", max_length=7, choices=Decision.choices, blank=True)
    ground = models.CharField("alasan penolakan", max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    moves_with_region = ("body_code",)

    class Meta:
        verbose_name = "permohonan informasi"
        constraints = [
            models.UniqueConstraint(
                fields=["body_code", "agency", "year", "sequence"], name="request_number", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["body_code", "agency", "-registered_at", "-id"], name="request_register")]

    @property
    def number(self) -> str:
        """As it is written in the register."""
        return f"{self.sequence:03d}/PPID/{self.year}"


class ObjectionReason(models.TextChoices):
    """UU 14/2008 Ps 35(1), a to g."""

    REFUSED = "a", "Permintaan ditolak dengan alasan pengecualian"
    PERIODIC = "b", "Informasi berkala tidak disediakan"
    IGNORED = "c", "Permintaan tidak ditanggapi"
    OTHERWISE = "d", "Ditanggapi tidak sebagaimana diminta"
    UNMET = "e", "Permintaan tidak dipenuhi"
    COST = "f", "Biaya tidak wajar"
    LATE = "g", "Disampaikan melebihi waktu"


class Objection(models.Model):
    """An objection (keberatan) to the superior of the body, answered within 30 working days (UU 14/2008 Ps 36)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(InformationRequest, models.CASCADE, related_name="objection")
    reason = models.CharField("alasan keberatan", max_length=1, choices=ObjectionReason.choices)
    text = models.TextField("penjelasan", max_length=1000, blank=True)
    sequence = models.PositiveIntegerField()
    filed_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    reply = models.TextField("tanggapan atasan PPID", max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(replied_at=None), name="objection_open")]


class Theme(models.Model):
    """How many voices of a month told of one thing in one place: kept for a village and every place above it."""

    place_code = models.CharField(max_length=13, db_collation="C")
    above_code = models.CharField(max_length=13, db_collation="C", help_text="The place right above; empty at the top")
    month = models.DateField(help_text="Its first day")
    category = models.CharField(max_length=7, choices=Category.choices)
    voices = models.PositiveIntegerField(default=0)
    supporters = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place_code", "month", "category"], name="theme_month_once")]
        indexes = [models.Index(fields=["above_code", "month", "category"], name="theme_below")]
