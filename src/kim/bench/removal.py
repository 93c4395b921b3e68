"""Taking away what was loaded, and what people did with it since: by the KIM and the persons of the load alone."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kim.accounts.models import Consent, EntryCode, Mandate, Person, StaffSession
from kim.discussion.models import Decision, Remark, Room, Stance
from kim.dissemination.models import Assignment, Bulletin, Coverage, LocalNote, Tally, Target, Version
from kim.inbox.models import Delivery, Message, Subscription, Way
from kim.ledger.models import Dispatch, Entry
from kim.media.models import Rendition, Upload
from kim.publishing.models import Article, Correction, Photo, Reply, Revision
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member, Review
from kim.search.models import Document


def take_away(kims: list[UUID], persons: list[UUID]) -> None:
    """Everything of these KIM and persons is gone. The caller holds the transaction and silences the triggers."""
    for rows in (*_of_kims(kims), *_of_persons(persons)):
        rows._raw_delete("default")


def _of_kims(kims: list[UUID]) -> Iterable[QuerySet]:
    """Children before parents, as the foreign keys want it."""
    copies = Assignment.objects.filter(kim_id__in=kims)
    yield Coverage.objects.filter(assignment__in=copies)
    yield copies
    articles = Article.objects.filter(kim_id__in=kims)
    rooms = Room.objects.filter(kim_id__in=kims)
    yield Document.objects.filter(key__in=[f"kim:{id}" for id in kims])
    yield Document.objects.filter(
        key__in=articles.values_list(Concat(Value("article:"), Cast("id", CharField())), flat=True)
    )
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


def _events(model: type[Model]) -> QuerySet:
    """The kept history of a tracked table."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return events._default_manager.all()
