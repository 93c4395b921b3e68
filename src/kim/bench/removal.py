"""Taking away what was loaded, and what people did with it since: by the KIM, persons, villages and claims of the load alone."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kim.accounts.models import Agency, Consent, EntryCode, Mandate, Person, StaffSession
from kim.aspirations import models as aspirations
from kim.aspirations.models import Aspiration
from kim.bench import doubts, village
from kim.bench.plan import Order, Share
from kim.clarification import models as clarification
from kim.clarification.models import Claim
from kim.deliberation.models import Problem
from kim.discussion.models import Decision, Remark, Room, Stance
from kim.dissemination.models import Assignment, Bulletin, Coverage, LocalNote, Tally, Target, Version
from kim.inbox.models import Delivery, Message, Subscription, Way
from kim.ledger.models import Dispatch, Entry
from kim.media.models import Rendition, Upload
from kim.moderation import models as moderation
from kim.publishing.models import Article, Correction, Photo, Reply, Revision
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member, Review
from kim.search.models import Document


def take_away(order: Order, found: list[Share]) -> None:
    """Everything of these villages is gone. The caller holds the transaction and silences the triggers."""
    kims, persons = village.kim_ids(order, found), village.person_ids(order, found)
    _gone(_of_villages([share.code for share in found], kims), _of_claims(doubts.claim_ids(order, found), kims))
    _gone(_of_kims(kims), _of_persons(persons))


def dismiss(persons: list[UUID], agencies: list[UUID]) -> None:
    """The officers and their agencies are gone, with what they did."""
    _gone(
        _of_voices(
            _ids(Aspiration.objects.filter(Q(answers__by_id__in=persons) | Q(handlings__agency_id__in=agencies)))
        )
    )
    _gone(_of_claims(_ids(Claim.objects.filter(answers__by_id__in=persons)), []), _of_persons(persons))
    _gone(
        _children((aspirations.Route, aspirations.Tally), agency_id__in=agencies),
        [Agency.objects.filter(id__in=agencies)],
    )


def _gone(*several: Iterable[QuerySet]) -> None:
    for rows in several:
        for some in rows:
            some._raw_delete("default")


def _ids(rows: QuerySet) -> list[UUID]:
    return list(rows.order_by().values_list("id", flat=True).distinct())


def _of_villages(villages: list[str], kims: list[UUID]) -> Iterable[QuerySet]:
    """The voices of the load, those its KIM took in since, and the cases of these places."""
    own = Q(region_id__in=villages) & Q(is_demo=True)
    yield from _of_voices(_ids(Aspiration.objects.filter(own | Q(kim_id__in=kims))))
    cases = moderation.Case.objects.filter(region_id__in=villages)
    yield _entries("case", cases)
    yield from _children((moderation.Report,), case__in=cases)
    yield cases
    yield moderation.Sighting.objects.filter(kim_id__in=kims)


def _of_voices(ids: list[UUID]) -> Iterable[QuerySet]:
    """Children before parents, as the foreign keys want it; also those that were joined to one of these."""
    voices = Aspiration.objects.filter(Q(id__in=ids) | Q(merged_into_id__in=ids))
    yield _entries("aspiration", voices)
    yield aspirations.Objection.objects.filter(request__aspiration__in=voices)
    yield Problem.aspirations.through.objects.filter(aspiration__in=voices)
    parts = (aspirations.InformationRequest, aspirations.Attachment, aspirations.Support, aspirations.Reply)
    yield from _children((*parts, aspirations.Answer, aspirations.Handling), aspiration__in=voices)
    yield voices


def _of_claims(ids: list[UUID], kims: list[UUID]) -> Iterable[QuerySet]:
    """These claims with everything that was said of them; of other claims what these KIM had to do with."""
    claims = Claim.objects.filter(id__in=ids)
    for handouts in (
        clarification.Handout.objects.filter(kim_id__in=kims),
        clarification.Handout.objects.filter(claim__in=claims),
    ):
        yield clarification.Spread.objects.filter(handout__in=handouts)
        yield handouts
    yield clarification.Check.objects.filter(kim_id__in=kims)
    yield clarification.Report.objects.filter(kim_id__in=kims)
    yield Document.objects.filter(key__in=claims.values_list(_key("clarification"), flat=True))
    yield _entries("clarification", claims)
    parts = (
        clarification.Answer,
        clarification.Check,
        clarification.Round,
        clarification.Fingerprint,
        clarification.Clipping,
    )
    yield from _children((*parts, clarification.Tally, clarification.Sighting, clarification.Report), claim__in=claims)
    yield clarification.Suggestion.objects.filter(claim__in=claims)
    yield claims


def _of_kims(kims: list[UUID]) -> Iterable[QuerySet]:
    copies = Assignment.objects.filter(kim_id__in=kims)
    yield Coverage.objects.filter(assignment__in=copies)
    yield copies
    articles = Article.objects.filter(kim_id__in=kims)
    rooms = Room.objects.filter(kim_id__in=kims)
    yield Document.objects.filter(key__in=[f"kim:{id}" for id in kims])
    yield Document.objects.filter(key__in=articles.values_list(_key("article"), flat=True))
    yield from _children((Stance, Remark, Decision), room__in=rooms)
    yield rooms
    yield from _children((Photo, Revision, Correction, Reply), article__in=articles)
    yield articles
    yield from _children((Review, BoardSeat, Member, Channel, Decree), kim_id__in=kims)
    yield Dispatch.objects.filter(entry__kim_id__in=kims)
    yield Entry.objects.filter(kim_id__in=kims)
    uploads = Upload.objects.filter(kim_id__in=kims)
    yield Rendition.objects.filter(upload__in=uploads)
    yield uploads
    yield Mandate.objects.filter(kim_id__in=kims)
    for event in (_events(Article), _events(Decree), _events(Mandate)):
        yield event.filter(kim_id__in=kims)
    yield _events(Kim).filter(pgh_obj_id__in=kims)
    yield Kim.objects.filter(id__in=kims)


def _of_persons(persons: list[UUID]) -> Iterable[QuerySet]:
    yield from _children((Message, Way, Subscription, Delivery), person_id__in=persons)
    packets = Bulletin.objects.filter(created_by_id__in=persons)
    yield from _children((Tally, Target, LocalNote, Version), bulletin__in=packets)
    yield packets
    yield Dispatch.objects.filter(entry__person_id__in=persons)
    yield Entry.objects.filter(person_id__in=persons)
    yield from _children((Mandate, Consent, EntryCode, StaffSession), person_id__in=persons)
    yield Authenticator.objects.filter(user_id__in=persons)
    yield _events(Mandate).filter(person_id__in=persons)
    yield _events(Person).filter(pgh_obj_id__in=persons)
    yield Person.objects.filter(id__in=persons)


def _children(models: Iterable[type[Model]], **of: Any) -> Iterable[QuerySet]:
    return (model._default_manager.filter(**of) for model in models)


def _key(kind: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast("id", CharField()))


def _entries(kind: str, rows: QuerySet) -> QuerySet:
    """What the ledger tells of these; their errands are long done."""
    return Entry.objects.filter(key__in=rows.values_list(_key(kind), flat=True))


def _events(model: type[Model]) -> QuerySet:
    """The kept history of a tracked table."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return events._default_manager.all()
