"""Opening a room, speaking, taking a side, deciding. A decision keeps the objections that stood."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.discussion import policies, queries
from kim.discussion.models import Decision, DecisionRule, Outcome, Remark, RemarkKind, Room, Side
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record

ALREADY_DECIDED = "Pembahasan ini sudah diputuskan. Muat ulang halaman untuk melihat keputusannya."


@transaction.atomic
def open_room(
    *,
    key: str,
    kim_id: UUID,
    region_code: str,
    title: str,
    url: str,
    rule: str = DecisionRule.HEAD,
    quorum: int = 1,
    actor: Actor,
) -> Room:
    """The subject is discussed from now on, by the rule as it stands now.

    A subject that comes back keeps its talk; sides are asked anew, for they were taken about another text.
    """
    demand(policies.can_open_room(actor, kim_id))
    room, is_new = Room.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            "kim_id": kim_id,
            "region_code": region_code,
            "title": title[:300],
            "url": url,
            "is_open": False,
        },
    )
    if room.is_open:
        raise NotAllowed("Pembahasan ini sudah dibuka.")
    room.title, room.url, room.rule, room.quorum = title[:300], url, rule, max(1, quorum)
    room.is_open, room.opened_at, room.opened_by_id = True, clock.now(), actor.person_id
    room.save()
    room.stances.all().delete()
    _tell(room, f"{actor.name} mengajukan ini untuk dibahas{'' if is_new else ' lagi'}.", actor)
    record(
        "room.opened",
        _key(room),
        actor=actor,
        region=room.region_code,
        kim_id=kim_id,
        subject=key,
        title=room.title,
    )
    return room


@transaction.atomic
def close_room(key: str, *, reason: str, actor: Actor) -> None:
    """The subject leaves the room undecided, for instance to be rewritten. Quiet when nothing was open."""
    room = Room.objects.select_for_update().filter(key=key, is_open=True).first()
    if room is None:
        return
    demand(policies.can_remark(actor, room))
    room.is_open = False
    room.save(update_fields=["is_open"])
    _tell(room, reason, actor)
    record("room.closed", _key(room), actor=actor, region=room.region_code, kim_id=room.kim_id, reason=reason)


@transaction.atomic
def remark(room_id: UUID, *, text: str, kind: str = RemarkKind.REMARK, actor: Actor) -> Remark:
    """A note or a question, readable by every member."""
    room = Room.objects.get(id=room_id)
    demand(policies.can_remark(actor, room))
    kind = RemarkKind.QUESTION if kind == RemarkKind.QUESTION else RemarkKind.REMARK
    said = Remark.objects.create(room=room, author_id=actor.person_id, kind=kind, text=text[:2000])
    data = {"kind": kind, "title": room.title, "url": room.url}
    record("room.remarked", _key(room), actor=actor, region=room.region_code, kim_id=room.kim_id, **data)
    return said


@transaction.atomic
def take_side(room_id: UUID, *, side: str, reason: str = "", actor: Actor) -> None:
    """One's stance from now on; the last word counts. An objection has a reason."""
    room = Room.objects.select_for_update().get(id=room_id)
    demand(policies.can_take_side(actor, room))
    if not room.is_open:
        raise NotAllowed(ALREADY_DECIDED)
    if side == Side.OBJECT and not reason.strip():
        raise NotAllowed("Tulis alasan keberatan Anda, supaya bisa dibahas.")
    found = {"side": Side(side), "reason": reason.strip()[:500], "at": clock.now()}
    room.stances.update_or_create(person_id=actor.person_id, defaults=found)
    record(
        "room.sided",
        _key(room),
        actor=actor,
        region=room.region_code,
        kim_id=room.kim_id,
        side=side,
        reason=reason[:500],
    )


@transaction.atomic
def decide(room_id: UUID, *, outcome: str, minutes: str = "", note: str = "", actor: Actor) -> Decision:
    """The room closes with one of four outcomes; whoever comes second hears NotAllowed."""
    room = Room.objects.select_for_update().get(id=room_id)
    tally = queries.tally(room)
    demand(policies.can_decide(actor, room, outcome, tally))
    if not room.is_open:
        raise NotAllowed(ALREADY_DECIDED)
    if outcome == Outcome.SPREAD_WITH_NOTE and not note.strip():
        raise NotAllowed("Tulis dulu catatan yang ikut disebarkan.")
    room.is_open = False
    room.save(update_fields=["is_open"])
    decision = room.decisions.create(
        outcome=Outcome(outcome),
        minutes=minutes.strip()[:2000],
        note=note.strip()[:600],
        dissent=_dissent(room),
        agreed=tally.agreed,
        objected=tally.objected,
        decided_by_id=actor.person_id,
    )
    _tell(room, f"{actor.name} mencatat keputusan: {decision.get_outcome_display().lower()}.", actor)
    record(
        "room.decided",
        _key(room),
        actor=actor,
        region=room.region_code,
        kim_id=room.kim_id,
        outcome=outcome,
        minutes=minutes,
    )
    return decision


def _dissent(room: Room) -> list[dict[str, str]]:
    objections = room.stances.filter(side=Side.OBJECT).select_related("person").order_by("at", "id")
    return [{"name": stance.person.name, "reason": stance.reason} for stance in objections]


def _tell(room: Room, sentence: str, actor: Actor) -> None:
    Remark.objects.create(room=room, author_id=actor.person_id, kind=RemarkKind.EVENT, text=sentence)


def _key(room: Room) -> str:
    return f"room:{room.id}"
