"""Articles and their revisions; corrections and replies that stay visible."""

import pghistory
from django.db import models

from kim.accounts.models import Person
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.publishing.workflow import Stage
from kim.regions.models import Region, RegionalQuerySet
from kim.registry.models import Kim


class Kind(models.TextChoices):
    NEWS = "news", "Berita"
    ACTIVITY = "activity", "Kegiatan"
    NOTICE = "notice", "Pengumuman"


class Source(models.TextChoices):
    """Every item says whose voice it is."""

    KIM = "kim", "Dari KIM"
    GOVERNMENT = "government", "Dari pemerintah"
    CITIZEN = "citizen", "Dari warga"


class Category(models.TextChoices):
    """Seen in the field (domain.md 9.4). The value is the address part."""

    VILLAGE = "kegiatan-desa", "Kegiatan desa"
    PROGRAMME = "program-pemerintah", "Program pemerintah"
    HEALTH = "kesehatan", "Kesehatan dan posyandu"
    FARM = "pertanian", "Pertanian dan perikanan"
    UMKM = "umkm", "UMKM dan ekonomi"
    TOURISM = "wisata", "Wisata"
    CULTURE = "budaya", "Seni budaya dan adat"
    ENVIRONMENT = "lingkungan", "Lingkungan"
    EDUCATION = "pendidikan", "Pendidikan dan literasi"
    YOUTH = "pemuda", "Pemuda dan olahraga"
    DISASTER = "kebencanaan", "Kebencanaan"
    HOAX = "klarifikasi", "Klarifikasi hoaks"
    SERVICE = "layanan", "Layanan publik"


@pghistory.track(pghistory.DeleteEvent())
class Article(models.Model):
    """One text in its present form. `decided_revision` is the revision the KIM said yes to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.PROTECT, related_name="articles")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.NEWS)
    category = models.CharField("topik", max_length=20, choices=Category.choices, default=Category.VILLAGE)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.KIM)
    source_note = models.CharField("sumber keterangan", max_length=300, blank=True)
    title = models.CharField("judul", max_length=160, blank=True)
    slug = models.SlugField(max_length=90, blank=True)
    short_code = models.CharField(max_length=10, unique=True, null=True, help_text="/k/<code> for paper and WhatsApp")
    gist = models.TextField("intinya", max_length=600, blank=True, help_text="One point per line")
    body = models.TextField("isi", blank=True, help_text="Sanitised HTML")
    cover = models.ForeignKey(Upload, models.SET_NULL, null=True, related_name="+")
    place = models.CharField("tempat", max_length=160, blank=True)
    held_on = models.DateField("tanggal kegiatan", null=True, blank=True)
    benefit = models.CharField("manfaat", max_length=300, blank=True)
    programme = models.CharField("program terkait", max_length=160, blank=True)
    is_urgent = models.BooleanField("mendesak", default=False)
    stage = models.CharField(max_length=11, choices=Stage.choices, default=Stage.DRAFT)
    revision = models.PositiveIntegerField(default=0, help_text="Number of the newest revision")
    decided_revision = models.PositiveIntegerField(null=True)
    checklist = models.JSONField(default=dict, help_text="Ticked points of the check before publishing")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    responsible = models.CharField("penanggung jawab", max_length=120, blank=True)
    editing_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    editing_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "kabar"
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=models.Q(stage="published"), name="article_newest"),
            models.Index(
                fields=["kim", "-published_at", "-id"], condition=models.Q(stage="published"), name="article_of_kim"
            ),
            models.Index(
                fields=["category", "-published_at", "-id"], condition=models.Q(stage="published"), name="article_topic"
            ),
            models.Index(fields=["region", "stage", "-published_at"], name="article_place"),
            models.Index(fields=["kim", "stage", "-edited_at"], name="article_desk"),
            models.Index(fields=["scheduled_for"], condition=models.Q(stage="scheduled"), name="article_due"),
        ]

    def __str__(self) -> str:
        return self.title or "Tanpa judul"

    @property
    def key(self) -> str:
        return f"article:{self.id}"


class Photo(models.Model):
    """A photo of an article in its order; its words are on the Upload."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class Revision(models.Model):
    """The text as it was saved: who, when, what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    gist = models.TextField(blank=True)
    body = models.TextField(blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_per_number")]


class Correction(models.Model):
    """A visible ralat: what was wrong, what is right; the earlier revision stays readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    text = models.TextField("ralat", max_length=1000)
    revision = models.PositiveIntegerField(help_text="Number of the revision that was corrected")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]


class Reply(models.Model):
    """A visible hak jawab: the answer of somebody the text is about, added by the KIM."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="replies")
    name = models.CharField("nama pemberi hak jawab", max_length=120)
    text = models.TextField("hak jawab", max_length=3000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]
