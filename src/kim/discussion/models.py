"""Rooms, remarks, stances and decisions. A decision keeps its dissent."""

from django.db import models

from kim.accounts.models import Person
from kim.kernel import clock
from kim.kernel.ids import new_id


class RemarkKind(models.TextChoices):
    REMARK = "remark", "Catatan"
    QUESTION = "question", "Pertanyaan"
    EVENT = "event", "Keterangan"


class Side(models.TextChoices):
    AGREE = "agree", "Setuju"
    OBJECT = "object", "Keberatan"


class Outcome(models.TextChoices):
    """The four ends of a discussion (domain.md 1.4)."""

    SPREAD = "spread", "Sebarkan"
    SPREAD_WITH_NOTE = "spread_with_note", "Sebarkan dengan catatan"
    POSTPONE = "postpone", "Tunda"
    REJECT = "reject", "Tolak"


class DecisionRule(models.TextChoices):
    HEAD = "head", "Diputuskan ketua atau pengurus"
    QUORUM = "quorum", "Diputuskan bila cukup anggota setuju"


class Room(models.Model):
    """One subject under discussion in one KIM, with the deciding rule as it stood when the room opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=80, unique=True, help_text="Subject as kind:uuid")
    kim_id = models.UUIDField(db_index=True)
    region_code = models.CharField(max_length=13, db_collation="C")
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    rule = models.CharField(max_length=8, choices=DecisionRule.choices, default=DecisionRule.HEAD)
    quorum = models.PositiveSmallIntegerField(default=1, help_text="Members who must take a side (rule quorum)")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    is_open = models.BooleanField(default=True)

    moves_with_region = ("region_code",)

    class Meta:
        indexes = [models.Index(fields=["kim_id", "-opened_at"], condition=models.Q(is_open=True), name="room_open")]

    def __str__(self) -> str:
        return self.title


class Remark(models.Model):
    """What somebody said in a room; an EVENT is told by the room itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RemarkKind.choices, default=RemarkKind.REMARK)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]


class Stance(models.Model):
    """Where one member stands now; changing one's mind changes the row, the ledger keeps the way."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="stances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="one_stance_each")]


class Decision(models.Model):
    """What was decided, by whom, with short minutes and the objections that stood."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    minutes = models.TextField("notulen singkat", max_length=2000, blank=True)
    note = models.CharField("catatan", max_length=600, blank=True, help_text="What is spread along with it")
    dissent = models.JSONField(default=list, help_text="[{name, reason}] of the objections that stood")
    agreed = models.PositiveSmallIntegerField(default=0)
    objected = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at"]
