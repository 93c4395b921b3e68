"""Reading rooms: who said what, who stands where, what was decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES
from kim.accounts.queries import in_force
from kim.discussion.models import Decision, Remark, RemarkKind, Room, Side, Stance


@dataclass(frozen=True, slots=True)
class Tally:
    """How a room stands: sides taken, and how many members could take one."""

    agreed: int = 0
    objected: int = 0
    members: int = 0

    @property
    def answered(self) -> int:
        return self.agreed + self.objected

    @property
    def beats(self) -> list[str]:
        """One beat per member for the drawing: those who agree, those who object, those who are silent."""
        silent = max(0, self.members - self.answered)
        return ["yes"] * self.agreed + ["no"] * self.objected + ["silent"] * silent


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a page needs to show one room."""

    room: Room
    remarks: list[Remark]
    stances: list[Stance]
    silent: list[str]
    decisions: list[Decision]
    tally: Tally
    own: Stance | None

    @property
    def decision(self) -> Decision | None:
        """The newest decision of a closed room."""
        return self.decisions[0] if self.decisions and not self.room.is_open else None

    @property
    def agreeing(self) -> list[Stance]:
        return [s for s in self.stances if s.side == Side.AGREE]

    @property
    def objecting(self) -> list[Stance]:
        return [s for s in self.stances if s.side == Side.OBJECT]


def members(kim_id: UUID) -> dict[UUID, str]:
    """Everybody with a hat of that KIM, by name."""
    hats = in_force().filter(kim_id=kim_id, role__in=KIM_ROLES).order_by("person__name", "person_id")
    return dict(hats.values_list("person_id", "person__name"))


def visible_to(actor: Actor) -> QuerySet[Room]:
    """The rooms of one's own KIM; nobody else looks in."""
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return Room.objects.filter(kim_id=actor.kim_id)
    return Room.objects.none()


def open_rooms(actor: Actor) -> QuerySet[Any]:
    """What one's KIM is discussing now, the longest waiting first; `has_own_side` says whether one answered already."""
    own = Stance.objects.filter(room=OuterRef("id"), person_id=actor.person_id)
    said = Count("remarks", filter=~Q(remarks__kind=RemarkKind.EVENT))
    rooms = visible_to(actor).filter(is_open=True)
    return rooms.annotate(has_own_side=Exists(own), said=said).order_by("opened_at", "id")


def lately_decided(actor: Actor, limit: int = 10) -> list[Decision]:
    """The newest decisions of one's KIM, each with its room."""
    rows = Decision.objects.filter(room__in=visible_to(actor)).select_related("room")
    return list(rows.order_by("-at", "-id")[:limit])


def of_subject(key: str) -> Room | None:
    """The room about a subject, if it was ever discussed."""
    return Room.objects.filter(key=key).first()


def tally(room: Room) -> Tally:
    """The count as it stands; only sides of people who are members now."""
    voters = members(room.kim_id)
    sides = list(room.stances.filter(person_id__in=voters).values_list("side", flat=True))
    return Tally(sides.count(Side.AGREE), sides.count(Side.OBJECT), len(voters))


def sheet(room: Room, actor: Actor) -> Sheet:
    """A room with its talk, in a constant number of queries."""
    voters = members(room.kim_id)
    stances = list(room.stances.filter(person_id__in=voters).select_related("person").order_by("at", "id"))
    sides = [s.side for s in stances]
    answered = {s.person_id for s in stances}
    return Sheet(
        room=room,
        remarks=list(room.remarks.select_related("author")),
        stances=stances,
        silent=[name for person_id, name in voters.items() if person_id not in answered],
        decisions=list(room.decisions.select_related("decided_by")),
        tally=Tally(sides.count(Side.AGREE), sides.count(Side.OBJECT), len(voters)),
        own=next((s for s in stances if s.person_id == actor.person_id), None),
    )


def speakers(room_id: UUID) -> set[UUID]:
    """Who has said something or taken a side there: they want to hear the answer."""
    said = Remark.objects.filter(room_id=room_id).exclude(kind=RemarkKind.EVENT).values_list("author_id", flat=True)
    return {*said, *Stance.objects.filter(room_id=room_id).values_list("person_id", flat=True)}


def decisions(key: str) -> QuerySet[Decision]:
    """What was decided about a subject, newest first."""
    return Decision.objects.filter(room__key=key).select_related("decided_by")
