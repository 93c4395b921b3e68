"""Articles and their revisions; corrections and replies that stay visible."""

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kim.accounts.models import Person
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.publishing.workflow import Stage
from kim.regions.models import Region, RegionalQuerySet, above
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


TONES = {
    Stage.DISCUSSED: "going",
    Stage.DECIDED: "done",
    Stage.REVIEWED: "wait",
    Stage.RETURNED: "alert",
    Stage.SCHEDULED: "wait",
    Stage.PUBLISHED: "done",
    Stage.UNPUBLISHED: "alert",
}


class CheckPoint(models.TextChoices):
    """What is ticked before a text goes out. All of them, every time."""

    FACTS = "facts", "Apa, siapa, kapan, di mana, mengapa, dan bagaimana sudah terjawab dan dicek"
    SOURCE = "source", "Sumbernya jelas dan bisa ditanya lagi"
    CONSENT = "consent", "Orang yang disebut dan tampak di foto sudah setuju"
    RESPECT = "respect", "Tidak menyinggung suku, agama, ras, atau pilihan politik"
    PRIVACY = "privacy", "Tidak memuat NIK, alamat rumah, nomor HP pribadi, atau wajah anak tanpa izin"


class Withdrawal(models.TextChoices):
    """Why a published text was taken down; this much the public may know."""

    WRONG = "wrong", "Isinya keliru"
    PERSONAL = "personal", "Memuat data pribadi"
    HATRED = "hatred", "Menyinggung atau merugikan kelompok lain"
    RIGHTS = "rights", "Foto atau tulisannya milik orang lain"
    REQUEST = "request", "Permintaan orang yang diberitakan"
    DECISION = "decision", "Keputusan musyawarah KIM"
    OTHER = "other", "Alasan lain"


OUT = models.Q(stage="published")
OF_PROGRAMME = models.Q(programme__gt="")
NEWEST = ("-published_at", "-id")


@pghistory.track(pghistory.DeleteEvent(), exclude=["province_code", "regency_code", "district_code"])
class Article(models.Model):
    """One text in its present form. `decided_revision` is the revision the KIM said yes to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.PROTECT, related_name="articles", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    province_code, regency_code, district_code = above(2), above(5), above(8)
    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.NEWS)
    category = models.CharField("topik", max_length=20, choices=Category.choices, default=Category.VILLAGE)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.KIM)
    source_note = models.CharField("sumber keterangan", max_length=300, blank=True)
    title = models.CharField("judul", max_length=160, blank=True)
    slug = models.SlugField(max_length=90, blank=True, db_index=False)
    short_code = models.CharField(max_length=10, null=True, help_text="/k/<code> for paper and WhatsApp")
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
    version = models.PositiveIntegerField(default=0, help_text="Counts every save, so that a stale form is noticed")
    checklist = models.JSONField(default=dict, help_text="{revision, points, by}: who ticked what for which revision")
    kim_note = models.CharField("catatan KIM", max_length=600, blank=True, help_text="Spread with this note")
    returned_note = models.TextField("catatan Diskominfo", max_length=2000, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    responsible = models.CharField("penanggung jawab", max_length=120, blank=True)
    editing_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    editing_at = models.DateTimeField(null=True)
    editing_key = models.UUIDField(null=True, help_text="The open form that saved last: it is never stale to itself")
    created_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_category = models.CharField(max_length=8, choices=Withdrawal.choices, blank=True)
    withdrawn_reason = models.TextField(blank=True, help_text="For the author; the public sees the category")
    withdrawn_by = models.CharField(max_length=160, blank=True, help_text="The hat that took it down")
    withdrawn_code = models.CharField(
        max_length=13,
        db_collation="C",
        blank=True,
        help_text="Region of the office that took it down; empty: the KIM itself",
    )
    is_demo = models.BooleanField(default=False)

    # What the questions of the public pages add (queries.reading).
    beginning: str
    has_photos: bool
    has_corrections: bool
    has_replies: bool

    objects = RegionalQuerySet.as_manager()
    moves_with_region = ("withdrawn_code",)

    class Meta:
        verbose_name = "kabar"
        constraints = [models.UniqueConstraint(fields=["short_code"], name="one_article_per_short_code")]
        # One walk for each list: of the nation, a province … a KIM, a topic there; then the desks' and the clock's.
        indexes = [
            models.Index(fields=[*NEWEST], condition=OUT, name="article_newest"),
            models.Index(fields=["province_code", *NEWEST], condition=OUT, name="article_of_province"),
            models.Index(fields=["regency_code", *NEWEST], condition=OUT, name="article_of_regency"),
            models.Index(fields=["district_code", *NEWEST], condition=OUT, name="article_of_district"),
            models.Index(fields=["region", "stage", *NEWEST], name="article_place"),
            models.Index(fields=["kim", *NEWEST], condition=OUT, name="article_of_kim"),
            models.Index(fields=["category", *NEWEST], condition=OUT, name="article_topic"),
            models.Index(fields=["province_code", "category", *NEWEST], condition=OUT, name="article_topic_province"),
            models.Index(fields=["regency_code", "category", *NEWEST], condition=OUT, name="article_topic_regency"),
            models.Index(fields=[*NEWEST], condition=OUT & models.Q(is_urgent=True), name="article_urgent"),
            models.Index(fields=["kim", "stage", "-edited_at", "-id"], name="article_desk"),
            models.Index(fields=["edited_at", "id"], condition=models.Q(stage="reviewed"), name="article_waiting"),
            models.Index(
                fields=["-edited_at", "-id"], condition=models.Q(stage="unpublished"), name="article_taken_down"
            ),
            models.Index(fields=["scheduled_for"], condition=models.Q(stage="scheduled"), name="article_due"),
            models.Index(fields=["editing_by"], condition=~models.Q(editing_by=None), name="article_open_form"),
            models.Index(Upper("programme"), "kim", condition=OUT & OF_PROGRAMME, name="article_programme"),
        ]

    def __str__(self) -> str:
        return self.title or "Tanpa judul"

    def get_absolute_url(self) -> str:
        """Where everybody reads it, once it is published."""
        return f"/{self.kim.slug}/kabar/{self.slug}-{self.short_code}/"

    @property
    def key(self) -> str:
        return f"article:{self.id}"

    @property
    def short_url(self) -> str:
        return f"/k/{self.short_code}/"

    @property
    def desk_url(self) -> str:
        return reverse("publishing:article", args=[self.id])

    @property
    def tone(self) -> str:
        """The tone of its status label."""
        return TONES.get(Stage(self.stage), "")

    @property
    def points(self) -> list[str]:
        """Intinya, point by point."""
        return [line for line in self.gist.splitlines() if line.strip()]

    @property
    def markup(self) -> SafeString:
        """The body as it was sanitised when it was stored."""
        return mark_safe(self.body)

    @property
    def is_published(self) -> bool:
        return self.stage == Stage.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.stage == Stage.UNPUBLISHED

    @property
    def is_decided(self) -> bool:
        """The KIM said yes to exactly this text."""
        return self.revision > 0 and self.decided_revision == self.revision

    @property
    def awaits_discussion(self) -> bool:
        """Went out as urgent; the KIM has not yet decided."""
        return self.is_published and self.decided_revision is None

    @property
    def may_be_urgent(self) -> bool:
        return self.is_urgent and (self.kind == Kind.NOTICE or self.category == Category.DISASTER)


class Photo(models.Model):
    """A photo of an article in its order; its words are on the Upload."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "upload"], name="one_place_per_photo")]


class Revision(models.Model):
    """The text as it was saved: who, when, what. A settled one was saved on purpose, discussed or read, and never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    gist = models.TextField(blank=True)
    body = models.TextField(blank=True)
    details = models.JSONField(default=dict, help_text="The other fields as they were: place, date, source …")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    is_settled = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_per_number")]

    @property
    def markup(self) -> SafeString:
        """The body as it was sanitised when it was stored."""
        return mark_safe(self.body)

    @property
    def points(self) -> list[str]:
        return [line for line in self.gist.splitlines() if line.strip()]


class Correction(models.Model):
    """A visible ralat: what was wrong, what is right; the earlier revision stays readable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    text = models.TextField("ralat", max_length=1000)
    revision = models.PositiveIntegerField(help_text="Number of the revision that was corrected")
    is_earlier_hidden = models.BooleanField(default=False, help_text="The earlier text held personal data")
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
