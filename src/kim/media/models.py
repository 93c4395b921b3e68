"""An Upload is a file with a purpose, an owner and a size; photos carry their words."""

from django.db import models

from kim.kernel import clock
from kim.kernel.ids import new_id


class Purpose(models.TextChoices):
    DECREE = "decree", "Scan SK"
    PHOTO = "photo", "Foto kabar"
    IMPORT = "import", "Daftar untuk diunggah"
    ATTACHMENT = "attachment", "Lampiran info"
    EVIDENCE = "evidence", "Foto aspirasi"
    VOICE = "voice", "Rekaman suara"
    REPORT = "report", "Foto kiriman warga"
    FORWARDED = "forwarded", "Rekaman suara kiriman warga"


PAPERS = (Purpose.DECREE, Purpose.ATTACHMENT)  # a PDF or a picture of one


class Upload(models.Model):
    """One stored file. `is_public` is set only by the act that publishes what it belongs to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    owner_id = models.UUIDField(null=True)
    kim_id = models.UUIDField(null=True, db_index=True)
    region_code = models.CharField(max_length=13, db_collation="C", blank=True)
    file = models.FileField(upload_to="%Y/%m", max_length=200)
    preview = models.FileField(
        upload_to="%Y/%m", max_length=200, blank=True, help_text="First page of a PDF as a picture"
    )
    name = models.CharField(max_length=160, help_text="The name it came with, cleaned")
    mime = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField("keterangan gambar", max_length=300, blank=True)
    credit = models.CharField("kredit foto", max_length=120, blank=True)
    has_consent = models.BooleanField("orang di foto setuju", default=False)
    is_public = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    moves_with_region = ("region_code",)


class Rendition(models.Model):
    """A smaller copy of a photo for one width."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(upload_to="%Y/%m", max_length=200)
    size = models.PositiveIntegerField(help_text="bytes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "width"], name="one_rendition_per_width")]
