"""Problem (kesulitan bersama), Meeting (musyawarah) and what it decided."""

from django.db import models
from django.db.models import F

from kim.accounts.models import Person
from kim.aspirations.models import Aspiration, Category
from kim.deliberation.workflow import Step
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.publishing.models import Article
from kim.regions.models import Region, RegionalQuerySet


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
