"""Voices and who holds them; and what a village makes of them together: Problem (kesulitan bersama), Meeting (musyawarah)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kim.accounts.models import Agency, Person
from kim.aspirations.workflow import OPEN_STAGES, Kind, Privacy, Stage, Step
from kim.kernel import clock, ticket
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.publishing.models import Article
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
    due_at = models.DateTimeField(null=True, help_text="When the desk that holds it must have acted")
    supporters = models.PositiveIntegerField(default=0)
    theme = models.CharField("tema", max_length=80, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    satisfaction = models.PositiveSmallIntegerField(null=True, help_text="1 to 3")
    lapor_tracking_id = models.CharField("nomor SP4N-LAPOR!", max_length=40, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "aspirasi"
        indexes = [
            models.Index("holder_code", "holder_agency", F("due_at").asc(nulls_last=True), "id",
                         condition=Q(stage__in=OPEN_STAGES), name="aspiration_desk"),
            models.Index(fields=["due_at", "id"], condition=Q(stage__in=OPEN_STAGES), name="aspiration_due"),
            models.Index("region", F("received_at").desc(), F("id").desc(), name="aspiration_village"),
            models.Index("regency_code", F("received_at").desc(), F("id").desc(), name="aspiration_regency"),
            models.Index("province_code", F("received_at").desc(), F("id").desc(), name="aspiration_province"),
        ]  # fmt: skip

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

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aspiration"], condition=Q(until=None), name="one_open_handling")
        ]
        indexes = [models.Index("holder_code", "agency", F("since").desc(), name="handling_desk")]


class Outcome(models.TextChoices):
    """How it ended. That something cannot be done is an honest end, with its reason."""

    DONE = "done", "Sudah ditangani"
    PLANNED = "planned", "Sudah dijadwalkan"
    EXPLAINED = "explained", "Sudah dijelaskan"
    UNMET = "unmet", "Tidak dapat dipenuhi"


class Answer(models.Model):
    """What an office said: the answer, or a question back (`outcome` empty)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="answers")
    holder_code = models.CharField(max_length=13, db_collation="C")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField("jawaban", max_length=4000)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class Reply(models.Model):
    """What the reporter added later: an answer to a question back, or why it is not settled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="replies")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class Attachment(models.Model):
    """A photo or a voice note, of the reporter or of an answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="attachments")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="attachments", null=True)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]


class Route(models.Model):
    """Which agency a category goes to in an area: what the desk is offered first. An officer edits it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The area it holds for")
    category = models.CharField(max_length=7, choices=Category.choices)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "category"], name="one_route")]


class Problem(models.Model):
    """A difficulty that many share: named, talked over, decided in a meeting, worked on, settled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The village")
    title = models.CharField("kesulitan apa?", max_length=160)
    text = models.TextField("ceritanya", max_length=2000, blank=True)
    category = models.CharField("tentang", max_length=7, choices=Category.choices, default=Category.OTHER)
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.NAMED)
    aspirations = models.ManyToManyField(Aspiration, related_name="problems", blank=True)
    activity = models.ForeignKey(Article, models.SET_NULL, related_name="+", null=True, help_text="What was done")
    plan = models.CharField("siapa mengerjakan apa", max_length=300, blank=True)
    result = models.TextField("hasilnya", max_length=1000, blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "kesulitan bersama"
        indexes = [models.Index("region", F("moved_at").desc(), F("id").desc(), name="problem_village")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"problem:{self.id}"


class Meeting(models.Model):
    """Minutes of a deliberation (musyawarah): who came, in numbers, what was said, and what was decided.

    Names of those who came are kept for the village alone, and only where it writes them down here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The village")
    topic = models.CharField("tentang", max_length=160)
    held_on = models.DateField("tanggal")
    place = models.CharField("tempat", max_length=160, blank=True)
    present = models.PositiveSmallIntegerField("berapa orang hadir")
    women = models.PositiveSmallIntegerField("di antaranya perempuan", null=True, blank=True)
    names = models.TextField("nama yang hadir", max_length=4000, blank=True)
    minutes = models.TextField("apa yang dibicarakan", max_length=6000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "musyawarah"
        indexes = [models.Index("region", F("held_on").desc(), F("id").desc(), name="meeting_village")]

    def __str__(self) -> str:
        return self.topic

    @property
    def key(self) -> str:
        return f"meeting:{self.id}"


class Resolution(models.Model):
    """One thing a meeting decided: what, who does it, until when, and which shared difficulty it answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    problem = models.ForeignKey(Problem, models.SET_NULL, related_name="resolutions", null=True)
    text = models.CharField("keputusannya", max_length=400)
    who = models.CharField("siapa mengerjakan", max_length=160, blank=True)
    due_on = models.DateField("paling lambat", null=True, blank=True)

    class Meta:
        ordering = ["id"]


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

    class Meta:
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
        constraints = [models.UniqueConstraint(fields=["place_code", "month", "category"], name="theme_once")]
        indexes = [models.Index(fields=["above_code", "month", "category"], name="theme_below")]
