"""A packet in a KIM: opened, discussed, accepted or declined, and then reported, once for each way it was spread."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.discussion import actions as discussion
from kim.discussion import queries as rooms
from kim.discussion.models import Outcome, Room
from kim.dissemination import policies
from kim.dissemination.actions.base import locked_copy, record_copy, standing_copy, words_of
from kim.dissemination.models import PACKETS, Assignment, Coverage, Decline
from kim.dissemination.workflow import COPY_WORKFLOW, Stage, Step
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import demand
from kim.ledger.models import Entry
from kim.publishing import actions as publish
from kim.publishing.models import Article, Category, Kind, Source
from kim.spreading import actions as spreading
from kim.spreading.models import Channel


@transaction.atomic
def open_(copy_id: UUID, *, actor: Actor) -> Assignment:
    """Somebody of the KIM reads the newest version; told to the ledger the first time for each version."""
    copy = locked_copy(copy_id)
    demand(policies.can_open(actor, copy))
    if copy.version_seen >= copy.bulletin.version:
        return copy
    is_first = copy.opened_at is None
    if is_first:
        copy.step, copy.opened_at = COPY_WORKFLOW.after("open_", copy.step), clock.now()
    copy.version_before, copy.version_seen = copy.version_seen, copy.bulletin.version
    copy.save()
    record_copy("assignment.opened" if is_first else "assignment.reread", copy, actor, version=copy.version_seen)
    return copy


@transaction.atomic
def discuss(copy_id: UUID, *, actor: Actor) -> Assignment:
    """The KIM talks about it first; its members are told."""
    copy = standing_copy(copy_id)
    demand(policies.can_discuss(actor, copy))
    _move(copy, "discuss")
    discussion.open_room(
        key=copy.key, kim_id=copy.kim_id, region_code=copy.region_id, title=copy.bulletin.title,
        url=f"/kerja/info/{copy.id}/", rule=copy.kim.decision_rule, quorum=copy.kim.quorum, actor=actor,
    )  # fmt: skip
    copy.save()
    record_copy("assignment.discussed", copy, actor)
    return copy


@transaction.atomic
def remark(copy_id: UUID, *, text: str, kind: str, actor: Actor) -> None:
    """Say something about the packet in its room."""
    discussion.remark(_room(standing_copy(copy_id)).id, text=text, kind=kind, actor=actor)


@transaction.atomic
def take_side(copy_id: UUID, *, side: str, reason: str = "", actor: Actor) -> None:
    """Agree to spread it or object, with a reason."""
    discussion.take_side(_room(standing_copy(copy_id)).id, side=side, reason=reason, actor=actor)


@transaction.atomic
def accept(copy_id: UUID, *, note: str = "", minutes: str = "", actor: Actor) -> Assignment:
    """Sebarkan, with a note of the KIM if it has one. What is being discussed is decided by the rule of its room."""
    copy = standing_copy(copy_id)
    demand(policies.can_accept(actor, copy))
    _decide(copy, "accept", Outcome.SPREAD_WITH_NOTE if note.strip() else Outcome.SPREAD, minutes, note, actor)
    copy.decided_at, copy.note, copy.decline = clock.now(), note.strip()[:500], ""
    copy.save()
    record_copy("assignment.accepted", copy, actor)
    return copy


@transaction.atomic
def postpone(copy_id: UUID, *, minutes: str = "", actor: Actor) -> Assignment:
    """The room closes for now; the packet waits again."""
    copy = standing_copy(copy_id)
    demand(policies.can_postpone(actor, copy))
    _decide(copy, "postpone", Outcome.POSTPONE, minutes, "", actor)
    copy.save()
    record_copy("assignment.postponed", copy, actor)
    return copy


@transaction.atomic
def decline(copy_id: UUID, *, reason: str, note: str = "", minutes: str = "", actor: Actor) -> Assignment:
    """Belum cocok, with the reason. It is seen upwards and is no mark against the KIM."""
    copy = standing_copy(copy_id)
    demand(policies.can_decline(actor, copy))
    _decide(copy, "decline", Outcome.REJECT, minutes or note, "", actor)
    copy.decided_at, copy.decline, copy.note = clock.now(), Decline(reason), note.strip()[:500]
    copy.save()
    record_copy("assignment.declined", copy, actor, reason=reason)
    return copy


@transaction.atomic
def retell(copy_id: UUID, *, actor: Actor) -> Article:
    """The KIM's own article about it: a draft with the packet's words, labelled with their source. Asked twice, one draft."""
    copy = standing_copy(copy_id)
    demand(policies.can_retell(actor, copy))
    if copy.article_id:
        return copy.article
    words = words_of(copy.bulletin)
    source = f"{copy.bulletin.agency}: {words.title}"
    fields = {
        "title": words.title, "gist": "\n".join(words.points[:4]), "body": words.body, "source": Source.GOVERNMENT,
        "source_note": source[:300], "category": Category.PROGRAMME,
    }  # fmt: skip
    copy.article = publish.start(new_id(), kind=Kind.NOTICE, fields=fields, form_key=None, is_final=False, actor=actor)
    copy.save()
    record_copy("assignment.retold", copy, actor, article=str(copy.article_id))
    return copy.article


def follow_article(entry: Entry) -> None:
    """The reader of the ledger: when the KIM's own article about a packet is published, that is a way of spreading it."""
    if entry.verb != "article.published" or not entry.key.startswith("article:"):
        return
    copies = Assignment.objects.filter(article_id=entry.subject_id, kim_id=entry.kim_id)
    copy = copies.exclude(bulletin__stage=Stage.WITHDRAWN).first()
    if copy is not None and COPY_WORKFLOW.allows("report", copy.step):
        _follow(copy.id, entry)


@transaction.atomic
def _follow(copy_id: UUID, entry: Entry) -> None:
    copy = locked_copy(copy_id)
    _, is_new = Coverage.objects.get_or_create(
        assignment=copy, channel=Channel.ARTICLE, article_id=copy.article_id,
        defaults={
            "bulletin_id": copy.bulletin_id, "held_on": clock.local(entry.at).date(), "heard_low": 0, "heard_high": 0,
            "by_id": entry.person_id,
        },
    )  # fmt: skip
    if is_new:
        _move(copy, "report")
        copy.spread_at = copy.spread_at or clock.now()
        copy.save()
        record_copy("assignment.spread", copy, SYSTEM, channel=Channel.ARTICLE)


@transaction.atomic
def report(
    report_id: UUID, copy_id: UUID, *, fields: Mapping[str, Any], photo: UploadedFile | None = None, actor: Actor
) -> Coverage:
    """One way it was spread: channel, date, place, people. By an id made where it was written: sent twice, kept once.

    Raises media's BadFile for a photo that is none.
    """
    copy = standing_copy(copy_id)
    demand(policies.can_report(actor, copy))
    known = Coverage.objects.filter(id=report_id, assignment=copy).first()
    if known is not None:
        return known
    _move(copy, "report")
    made: Coverage = spreading.reported(
        PACKETS, report_id, copy, fields=fields, photo=photo, actor=actor, bulletin_id=copy.bulletin_id
    )
    copy.save()
    record_copy("assignment.spread", copy, actor, channel=made.channel)
    return made


@transaction.atomic
def check_back(report_id: UUID, *, result: str, note: str = "", actor: Actor) -> Coverage:
    """What the call back said about a drawn report."""
    made = Coverage.objects.select_for_update(of=("self",)).select_related("assignment__bulletin").get(id=report_id)
    demand(policies.can_check_back(actor, made.assignment.bulletin))
    spreading.noted(made, result=result, note=note)
    record_copy("assignment.checked_back", made.assignment, actor, result=result)
    return made


def _move(copy: Assignment, verb: str) -> None:
    if copy.opened_at is None:
        copy.opened_at, copy.version_seen = clock.now(), copy.bulletin.version
    copy.step = COPY_WORKFLOW.after(verb, copy.step)


def _decide(copy: Assignment, verb: str, outcome: str, minutes: str, note: str, actor: Actor) -> None:
    is_discussed = copy.step == Step.DISCUSSED
    _move(copy, verb)
    if is_discussed:
        discussion.decide(_room(copy).id, outcome=outcome, minutes=minutes, note=note, actor=actor)


def _room(copy: Assignment) -> Room:
    room = rooms.of_subject(copy.key)
    if room is None:
        raise Room.DoesNotExist
    return room
