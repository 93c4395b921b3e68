"""A Source is a feed an office reads; an Item is one version of what it said; a Host is somebody's server, met politely."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kim.accounts.models import Person
from kim.kernel import clock
from kim.kernel.feeds import ADDRESS, SHORT, SUMMARY, TITLE
from kim.kernel.ids import new_id
from kim.regions.models import Region, RegionalQuerySet
from kim.sources.workflow import State


class Every(models.IntegerChoices):
    """How often a source is read, in minutes."""

    HOUR = 60, "Setiap jam"
    QUARTER = 360, "Enam jam sekali"
    DAY = 1440, "Sehari sekali"


class Host(models.Model):
    """Whoever holds it until `free_at` is the only one of us, on any machine, who asks this server."""

    address = models.CharField(max_length=255, primary_key=True)
    free_at = models.DateTimeField(default=clock.now)


class Source(models.Model):
    """`read_at` is when its items last came, `ok_at` when it last answered at all, if only that nothing is new."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    host = models.ForeignKey(Host, models.PROTECT, related_name="+")
    url = models.CharField("alamat umpan", max_length=ADDRESS)
    name = models.CharField("nama sumber", max_length=SHORT)
    agency = models.CharField("instansi", max_length=SHORT)
    licence = models.CharField("lisensi", max_length=SHORT, blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    every = models.PositiveSmallIntegerField(choices=Every.choices, default=Every.QUARTER)
    is_on = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    next_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    ok_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField("gagal berturut-turut", default=0)
    trouble = models.CharField("yang terakhir terjadi", max_length=300, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "sumber luar"
        constraints = [models.UniqueConstraint(fields=["region", "url"], name="one_source_per_feed")]
        indexes = [
            models.Index(fields=["next_at"], name="source_due", condition=models.Q(is_on=True, is_demo=False)),
            models.Index(fields=["region", "name", "id"], name="source_region"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"source:{self.id}"


class Item(models.Model):
    """One version of one item. A re-published item with other words is the next version of the same `guid`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="items")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    guid = models.CharField(max_length=ADDRESS)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("judul", max_length=TITLE)
    summary = models.CharField("ringkasan", max_length=SUMMARY, blank=True)
    url = models.CharField("alamat asli", max_length=ADDRESS, blank=True)
    licence = models.CharField("lisensi", max_length=SHORT, blank=True)
    language = models.CharField("bahasa", max_length=SHORT, blank=True)
    published_at = models.DateTimeField()
    listed_at = models.DateTimeField(default=clock.now)  # its place in the list: a change is news when it is seen
    came_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    reason = models.CharField("alasan", max_length=300, blank=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)
    taken_key = models.CharField("menjadi apa", max_length=80, blank=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "usulan dari sumber luar"
        constraints = [models.UniqueConstraint(fields=["source", "guid", "version"], name="one_item_per_version")]
        indexes = [
            models.Index(fields=["region", "state", "-listed_at", "-id"], name="item_shelf"),
            models.Index(fields=["seen_at"], name="item_seen"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"item:{self.id}"

    @property
    def is_changed(self) -> bool:
        """Whether its source has published it before in other words."""
        return self.version > 1
