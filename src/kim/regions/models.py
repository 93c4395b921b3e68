"""The tables of the official tree: regions, what happened to them, which tree is loaded, and local rules."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models.functions import Left

from kim.kernel import codes
from kim.kernel.ids import new_id

# What holds where no region has set its own rule. A region's LocalRule on the same key goes before these.
DEFAULT_RULES: dict[str, Any] = {
    "minimum_members": 5,
    "decree_issuer_levels": ["village", "district", "regency"],
    "term_years_max": 5,
    "supervised_first_articles": 3,
    "registry_number_format": "KIM-{code}-{sequence:02d}",
    # Working days. Verify, first follow-up, silence that closes: SP4N-LAPOR!; by kind: PermenPANRB 62/2018, UU 14/2008
    # Ps 22 (domain.md 4.1, 4.2). What the sources only recall stays a rule that a region may set otherwise.
    "aspiration_verify_days": 3,
    "aspiration_follow_up_days": 5,
    "aspiration_silence_days": 10,
    "aspiration_complaint_days": 14,
    "aspiration_supervision_days": 60,
    "aspiration_information_days": 5,
    "information_answer_days": 10,
    "information_extension_days": 7,
    "information_objection_days": 30,
    "moderation_hours": 24,
    "moderation_urgent_hours": 4,
    "moderation_appeal_hours": 72,
}


# The column that holds the code of each storey, for models that keep one (`above`): a list of any place is then a
# walk along one index. A prefix of the village's own code would do too, and sort all of a province for twenty rows.
STOREYS = {
    codes.Level.PROVINCE: "province_code",
    codes.Level.REGENCY: "regency_code",
    codes.Level.DISTRICT: "district_code",
    codes.Level.VILLAGE: "region_id",
}


def above(length: int, column: str = "region") -> models.GeneratedField:
    """A column with the first `length` signs of the row's region code: 2 the province, 5 the regency, 8 the district."""
    kept = models.CharField(max_length=length, db_collation="C")
    return models.GeneratedField(expression=Left(column, length), output_field=kept, db_persist=True)


def titled(level: str, name: str, term: str) -> str:
    """A name with the word the place itself uses, unless it has it already."""
    is_bare = level in (codes.Level.NATION, codes.Level.PROVINCE) or name.startswith(term + " ")
    return name if is_bare else f"{term} {name}"


class RegionalQuerySet(models.QuerySet):
    """For every model with a foreign key `region`: all that lies within a code."""

    def within(self, code: str) -> Self:
        """The rows of this region and everything under it; ValueError for a text that is no code."""
        level = codes.level(code)
        if level is codes.Level.NATION:
            return self.all()
        column = STOREYS[level]
        if any(field.attname == column for field in self.model._meta.concrete_fields):
            return self.filter(**{column: code})
        return self.filter(region__code__startswith=code)


class RegionQuerySet(models.QuerySet):
    """The same questions, asked of the regions themselves."""

    def within(self, code: str) -> Self:
        if codes.level(code) is codes.Level.NATION:
            return self.all()
        return self.filter(code__startswith=code)

    def in_force(self) -> Self:
        return self.filter(valid_until__isnull=True)


class Region(models.Model):
    """One region of the official tree, in force or closed. Written by `actions.load` alone."""

    class Kind(models.TextChoices):
        NEGARA = "negara", "Negara"
        PROVINSI = "provinsi", "Provinsi"
        KABUPATEN = "kabupaten", "Kabupaten"
        KOTA = "kota", "Kota"
        KECAMATAN = "kecamatan", "Kecamatan"
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"
        DESA_ADAT = "desa_adat", "Desa adat"

    # The C collation lets a btree answer `LIKE '35.02%'`; foreign keys to it inherit the collation.
    code = models.CharField("kode wilayah", max_length=13, primary_key=True, db_collation="C")
    level = models.CharField("tingkat", max_length=8, choices=[(level.value, level.label) for level in codes.Level])
    kind = models.CharField("jenis", max_length=9, choices=Kind)
    name = models.CharField("nama resmi", max_length=100)
    display_name = models.CharField("nama tampilan", max_length=100)
    local_term = models.CharField("sebutan setempat", max_length=30)
    time_zone = models.CharField("zona waktu", max_length=30)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="children",
        db_index=False,
        verbose_name="wilayah di atasnya",
    )
    valid_from = models.DateField("berlaku sejak", null=True)
    valid_until = models.DateField("berlaku sampai", null=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="successors", verbose_name="wilayah asal"
    )
    chain = models.CharField("susunan wilayah di atasnya", max_length=250)
    slug = models.SlugField("potongan alamat", max_length=100, db_index=False)
    search_key = models.CharField(max_length=100, db_collation="C")
    sound_key = models.CharField(max_length=100, db_collation="C")
    chain_key = models.CharField(max_length=250)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ("code",)
        indexes = (
            models.Index(fields=["parent"], name="region_parent"),
            models.Index(fields=["level", "search_key"], name="region_search", condition=models.Q(valid_until=None)),
            models.Index(fields=["sound_key"], name="region_sound", condition=models.Q(valid_until=None)),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name with the word the place itself uses: "Gampong Keude Bakongan", "Kabupaten Ponorogo"."""
        return titled(self.level, self.display_name, self.local_term)

    @property
    def short_name(self) -> str:
        """The name as neighbours say it, without "Kabupaten" or "Kota"; the village Kota Baru keeps its name."""
        if self.level != codes.Level.REGENCY:
            return self.display_name
        return self.display_name.removeprefix("Kabupaten ").removeprefix("Kota ")

    @property
    def full_title(self) -> str:
        """The title and where it lies, for one line of text."""
        return f"{self.title}, {self.chain}" if self.chain else self.title

    @property
    def level_label(self) -> str:
        """What this place is called: the local term where it has one, else the level."""
        return self.local_term

    @property
    def url(self) -> str:
        """The page of this region."""
        return f"/wilayah/{self.code}/"

    @property
    def list_url(self) -> str:
        """The list of the regions below; a village's own page, as it has none."""
        return self.url if self.level == codes.Level.VILLAGE else f"{self.url}daftar/"

    @property
    def is_in_force(self) -> bool:
        return self.valid_until is None


class RegionChange(models.Model):
    """What happened to a region and when: a dated record that keeps the old code as text."""

    class Kind(models.TextChoices):
        CREATED = "created", "dibentuk"
        RENAMED = "renamed", "berganti nama"
        RECODED = "recoded", "berganti kode"
        SPLIT = "split", "dimekarkan"
        MERGED = "merged", "digabung"
        CLOSED = "closed", "dihapus"
        RESTORED = "restored", "berlaku lagi"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("jenis", max_length=8, choices=Kind)
    from_code = models.CharField("kode lama", max_length=13, db_collation="C", db_index=True)
    to_code = models.CharField("kode baru", max_length=13, db_collation="C", db_index=True, blank=True)
    from_name = models.CharField("nama lama", max_length=100, blank=True)
    to_name = models.CharField("nama baru", max_length=100, blank=True)
    effective_on = models.DateField("berlaku")
    source = models.CharField("dasar", max_length=300)
    moved = models.JSONField("yang ikut pindah", default=dict)
    applied_at = models.DateTimeField("dicatat", auto_now_add=True)

    class Meta:
        verbose_name = "perubahan wilayah"
        verbose_name_plural = "perubahan wilayah"
        ordering = ("-effective_on", "from_code", "to_code")

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in a sentence a neighbour would say."""
        match self.kind:
            case self.Kind.CREATED:
                return f"{self.to_name} dibentuk."
            case self.Kind.RENAMED:
                return f"{self.from_name} berganti nama menjadi {self.to_name}."
            case self.Kind.RECODED:
                return f"{self.from_name or self.from_code} berganti kode dari {self.from_code} menjadi {self.to_code}."
            case self.Kind.SPLIT:
                return f"{self.to_name} dibentuk dari {self.from_name or self.from_code}."
            case self.Kind.MERGED:
                return f"{self.from_name or self.from_code} digabung ke {self.to_name}."
            case self.Kind.RESTORED:
                return f"{self.to_name} berlaku lagi."
        return f"{self.from_name} tidak berlaku lagi."


class TreeLoad(models.Model):
    """Which packed tree was loaded when; its digest makes a second load of the same tree a matter of milliseconds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    effective_on = models.DateField()
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "pemuatan data wilayah"
        verbose_name_plural = "pemuatan data wilayah"
        ordering = ("-loaded_at",)

    def __str__(self) -> str:
        return self.source


class Population(models.Model):
    """How many people live in a region, by whose count and of which year; only where somebody has brought the number.

    It belongs to the region as it was drawn then: it does not move when codes change.
    """

    keeps_region_code = True

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="population")
    number = models.PositiveBigIntegerField("jiwa")
    year = models.PositiveSmallIntegerField("tahun")
    source = models.CharField("sumber", max_length=120)
    is_sum = models.BooleanField("dijumlahkan dari wilayah di bawahnya", default=False)

    class Meta:
        verbose_name = "jumlah penduduk"
        verbose_name_plural = "jumlah penduduk"

    def __str__(self) -> str:
        return f"{self.number} jiwa ({self.source}, {self.year})"


class Holiday(models.Model):
    """A free day of one place and all under it, besides the national ones (kernel.workdays)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    on = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    source = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ("on", "region_id")
        constraints = (models.UniqueConstraint(fields=["region", "on"], name="holiday_once"),)


class LocalRule(models.Model):
    """A rule that a region sets for itself and all under it, unless one of them sets its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="local_rules", verbose_name="wilayah")
    key = models.CharField("aturan", max_length=60)
    value = models.JSONField("nilai")
    is_blocking = models.BooleanField("menahan, bukan hanya mengingatkan", default=False)
    source = models.CharField("dasar aturan", max_length=300, blank=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan setempat"
        verbose_name_plural = "aturan setempat"
        ordering = ("region_id", "key")
        constraints = (models.UniqueConstraint(fields=["region", "key"], name="localrule_one_per_region"),)

    def __str__(self) -> str:
        return f"{self.key} di {self.region_id}"
