"""A Batch is one list somebody brought; a Row is one line of it, as it came and as it was corrected."""

from django.db import models

from kim.accounts.models import Person
from kim.importing.workflow import Outcome, Stage
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.regions.models import Region, RegionalQuerySet


class Column(models.TextChoices):
    """What a column of a list can say about a KIM."""

    KIM_NAME = "kim_name", "Nama KIM"
    VILLAGE = "village", "Desa/kelurahan"
    CODE = "code", "Kode desa/kelurahan"
    DISTRICT = "district", "Kecamatan"
    REGENCY = "regency", "Kabupaten/kota"
    CHAIR = "chair", "Ketua"
    PHONE = "phone", "Nomor HP ketua"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    PATRON = "patron", "Pembina"
    MEMBERS = "members", "Nama anggota"
    MEMBER_COUNT = "member_count", "Jumlah anggota"
    DECREE_NUMBER = "decree_number", "Nomor SK"
    DECREE_DATE = "decree_date", "Tanggal SK"
    DECREE_UNTIL = "decree_until", "SK berlaku sampai"
    DECREE_OFFICE = "decree_office", "SK ditetapkan oleh"
    SECRETARIAT = "secretariat", "Alamat sekretariat"
    FOUNDED = "founded", "Tanggal atau tahun berdiri"
    ICT = "ict", "Kategori atau cara kerja"
    FOCUS = "focus", "Bidang atau fokus"
    SOCIAL = "social", "Media sosial (campur)"
    WHATSAPP = "whatsapp", "WhatsApp"
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    BLOG = "blog", "Blog atau situs"


class Batch(models.Model):
    """The file itself is not kept: only its rows, until they are discarded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    hat_id = models.UUIDField("tugas yang dipakai saat menyetujui", null=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField("nama berkas", max_length=160)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField("lembar", max_length=80, blank=True)
    other_sheets = models.JSONField(default=list)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.UPLOADED)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar unggahan"
        indexes = [
            models.Index(fields=["region", "-created_at"], name="batch_region"),
            models.Index(fields=["sha256"], name="batch_sha256"),
            models.Index(fields=["confirmed_at"], name="batch_waiting", condition=models.Q(stage=Stage.CONFIRMED)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"import:{self.id}"

    @property
    def columns(self) -> dict[str, int]:
        """Which column of the sheet says what: Column value → position."""
        return {what: int(position) for position, what in self.mapping.items() if what}


class Row(models.Model):
    """One line. `corrections` go before `cells`; `problems` are sentences for the column they name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("nomor baris")
    cells = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    problems = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    kim_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "baris unggahan"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="row_outcome")]

    def __str__(self) -> str:
        return f"baris {self.number}"

    def said(self, columns: dict[str, int], column: str) -> str:
        """What the row says in a column, correction first; '' when the list has no such column."""
        if column in self.corrections:
            return self.corrections[column]
        position = columns.get(column, -1)
        return self.cells[position] if 0 <= position < len(self.cells) else ""
