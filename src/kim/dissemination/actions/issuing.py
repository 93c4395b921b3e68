"""A packet in its office: written, looked at by a second person, scheduled, issued, corrected, withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.dissemination import policies
from kim.dissemination.actions.base import locked, put, record, words_of
from kim.dissemination.actions.sending import go_round_again
from kim.dissemination.actions.showing import hide, show, tell_pages
from kim.dissemination.models import Bulletin, Regulation, Target, Version
from kim.dissemination.workflow import WORKFLOW, Stage
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand
from kim.ledger import actions as ledger
from kim.regions.models import Region
from kim.sources import actions as sources
from kim.sources.models import Item

INCOMPLETE = "Lengkapi dulu: judul, isi untuk warga, dan paling sedikit satu hal yang tidak boleh berubah."
NOWHERE = "Pilih dulu wilayah tujuannya."
NAMELESS = "Tulis dulu nama programnya, atau kirim ke semua KIM."


@transaction.atomic
def start(bulletin_id: UUID, *, agency: str = "", actor: Actor) -> Bulletin:
    """A new packet of the actor's office, by an id made where it was begun; a second arrival is the same packet."""
    demand(policies.can_start(actor))
    bulletin, is_new = Bulletin.objects.get_or_create(
        id=bulletin_id,
        defaults={"region_id": actor.region_code, "created_by_id": actor.person_id, "agency": agency[:160]},
    )
    demand(policies.can_edit(actor, bulletin))
    if is_new:
        Version.objects.create(bulletin=bulletin, number=1, by_id=actor.person_id)
        Target.objects.create(bulletin=bulletin, region_id=bulletin.region_id, by_region_code=bulletin.region_id)
        record("bulletin.started", bulletin, actor)
    return bulletin


@transaction.atomic
def start_from(item: Item, *, actor: Actor) -> Bulletin:
    """A draft with the words of a suggestion and where they come from; the suggestion is settled with it."""
    bulletin = start(new_id(), agency=item.source.agency, actor=actor)
    source = "\n".join(filter(None, (f"Sumber: {item.source.name}", item.url, item.licence)))
    fields = {"title": item.title[:160], "body": f"{item.summary}\n\n{source}".strip()[:6000]}
    put(bulletin, words_of(bulletin), fields)
    sources.take(item.id, actor=actor, key=bulletin.key)
    return bulletin


@transaction.atomic
def edit(bulletin_id: UUID, *, fields: Mapping[str, Any], targets: Iterable[str], actor: Actor) -> Bulletin:
    """Save the words, the facts and the places of a draft."""
    bulletin = locked(bulletin_id)
    demand(policies.can_edit(actor, bulletin))
    bulletin.stage = WORKFLOW.after("edit", bulletin.stage)
    put(bulletin, words_of(bulletin), fields)
    aim(bulletin, targets, actor)
    record("bulletin.edited", bulletin, actor)
    return bulletin


def aim(bulletin: Bulletin, codes: Iterable[str], actor: Actor) -> None:
    """These places and no others are the targets of a draft; each lies in the office's own area."""
    wanted = set(codes)
    for code in wanted:
        demand(policies.can_aim(actor, code))
    known = set(Region.objects.in_force().filter(code__in=wanted).values_list("code", flat=True))
    bulletin.targets.exclude(region_id__in=known).delete()
    rows = [Target(bulletin=bulletin, region_id=code, by_region_code=actor.region_code) for code in sorted(known)]
    Target.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def request_check(bulletin_id: UUID, *, actor: Actor) -> Bulletin:
    """An emergency is looked at by a second person before it goes out."""
    bulletin = locked(bulletin_id)
    demand(policies.can_request_check(actor, bulletin))
    bulletin.stage = WORKFLOW.after("request_check", bulletin.stage)
    _demand_complete(bulletin)
    bulletin.save()
    record("bulletin.check_requested", bulletin, actor)
    return bulletin


@transaction.atomic
def give_back(bulletin_id: UUID, *, note: str, actor: Actor) -> Bulletin:
    """The second person wants something changed."""
    bulletin = locked(bulletin_id)
    demand(policies.can_give_back(actor, bulletin))
    bulletin.stage = WORKFLOW.after("give_back", bulletin.stage)
    bulletin.save()
    record("bulletin.given_back", bulletin, actor, note=note[:300], author=str(bulletin.created_by_id))
    return bulletin


@transaction.atomic
def schedule(bulletin_id: UUID, *, at: datetime, actor: Actor) -> Bulletin:
    """The packet goes out by itself at that moment."""
    bulletin = locked(bulletin_id)
    demand(policies.can_schedule(actor, bulletin))
    bulletin.stage = WORKFLOW.after("schedule", bulletin.stage)
    _demand_complete(bulletin)
    if at <= clock.now():
        raise NotAllowed("Waktu kirim itu sudah lewat. Pilih waktu yang akan datang.")
    bulletin.scheduled_for, bulletin.issued_by_id = at, actor.person_id
    bulletin.save()
    record("bulletin.scheduled", bulletin, actor, at=at.isoformat())
    return bulletin


@transaction.atomic
def unschedule(bulletin_id: UUID, *, actor: Actor) -> Bulletin:
    """The packet is a draft again."""
    bulletin = locked(bulletin_id)
    demand(policies.can_unschedule(actor, bulletin))
    bulletin.stage, bulletin.scheduled_for = WORKFLOW.after("unschedule", bulletin.stage), None
    bulletin.save()
    record("bulletin.unscheduled", bulletin, actor)
    return bulletin


@transaction.atomic
def issue(bulletin_id: UUID, *, actor: Actor) -> Bulletin:
    """The packet is on its way: the worker brings it to every KIM of its places (`actions.sending`)."""
    bulletin = locked(bulletin_id)
    demand(policies.can_issue(actor, bulletin))
    _release(bulletin, actor)
    return bulletin


def issue_due(limit: int = 20) -> int:
    """Issue what was scheduled for a moment that has come; several workers may do it at once."""
    done = 0
    while done < limit and _issue_one_due():
        done += 1
    return done


@transaction.atomic
def _issue_one_due() -> bool:
    due = Bulletin.objects.filter(stage=Stage.SCHEDULED, scheduled_for__lte=clock.now()).order_by("scheduled_for")
    bulletin = due.select_for_update(skip_locked=True, of=("self",)).select_related("region").first()
    if bulletin is not None:
        _release(bulletin, SYSTEM)
    return bulletin is not None


def _release(bulletin: Bulletin, actor: Actor) -> None:
    bulletin.stage = WORKFLOW.after("issue", bulletin.stage)
    _demand_complete(bulletin)
    bulletin.issued_at, bulletin.scheduled_for = clock.now(), None
    bulletin.issued_by_id = actor.person_id or bulletin.issued_by_id
    show(bulletin)
    bulletin.save()
    record("bulletin.issued", bulletin, actor)


@transaction.atomic
def correct(bulletin_id: UUID, *, fields: Mapping[str, Any], change: str, actor: Actor) -> Bulletin:
    """A new version reaches everybody who had the former one, and says what changed. The former one stays readable."""
    bulletin = locked(bulletin_id)
    demand(policies.can_correct(actor, bulletin))
    bulletin.stage = WORKFLOW.after("correct", bulletin.stage)
    if not change.strip():
        raise NotAllowed("Tulis apa yang berubah, supaya KIM yang sudah menyebarkan tahu apa yang dibetulkan.")
    words = words_of(bulletin)
    words.pk, words.number, words.change = Version().pk, bulletin.version + 1, change.strip()[:300]
    words._state.adding, words.by_id = True, actor.person_id
    bulletin.version = words.number
    put(bulletin, words, fields)
    _demand_complete(bulletin)
    go_round_again(bulletin)
    tell_pages(bulletin)
    record("bulletin.corrected", bulletin, actor, change=words.change, version=words.number)
    return bulletin


@transaction.atomic
def withdraw(bulletin_id: UUID, *, reason: str, actor: Actor) -> Bulletin:
    """The packet is taken back; every KIM that has it is told why."""
    bulletin = locked(bulletin_id)
    demand(policies.can_withdraw(actor, bulletin))
    return _withdraw(bulletin, reason, actor)


@transaction.atomic
def take_down(bulletin_id: UUID, *, reason: str, actor: Actor) -> Bulletin:
    """An office above takes back what was reported and should never have gone out."""
    bulletin = locked(bulletin_id)
    demand(policies.can_take_down(actor, bulletin))
    return _withdraw(bulletin, reason, actor)


def _withdraw(bulletin: Bulletin, reason: str, actor: Actor) -> Bulletin:
    bulletin.stage = WORKFLOW.after("withdraw", bulletin.stage)
    if not reason.strip():
        raise NotAllowed("Tulis alasannya, supaya KIM bisa menjelaskannya kepada warga.")
    bulletin.withdrawn_reason = reason.strip()[:500]
    bulletin.save()
    go_round_again(bulletin)
    hide(bulletin)
    record("bulletin.withdrawn", bulletin, actor, reason=bulletin.withdrawn_reason)
    return bulletin


@transaction.atomic
def register(*, region_code: str, kind: str, number: str, title: str, url: str = "", actor: Actor) -> Regulation:
    """Write a regulation into the register; the same one a second time is the one that is there."""
    regulation = Regulation(region_id=region_code, kind=kind, number=number.strip(), title=title.strip(), url=url)
    demand(policies.can_register(actor, regulation))
    known = Regulation.objects.filter(region_id=region_code, kind=kind, number=regulation.number).first()
    if known is not None:
        return known
    regulation.save()
    ledger.record(
        "regulation.registered",
        f"regulation:{regulation.id}",
        actor=actor,
        region=region_code,
        number=regulation.number,
    )
    return regulation


def _demand_complete(bulletin: Bulletin) -> None:
    words = words_of(bulletin)
    if not (words.title.strip() and words.body.strip() and words.points and bulletin.agency.strip()):
        raise NotAllowed(INCOMPLETE)
    if not bulletin.targets.exists():
        raise NotAllowed(NOWHERE)
    if bulletin.is_programme_only and not bulletin.programme.strip():
        raise NotAllowed(NAMELESS)
