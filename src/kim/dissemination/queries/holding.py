"""Which packets still hold, for whom, and which of their copies wait for a reminder."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kim.dissemination.models import REMIND_AFTER, Assignment, Bulletin
from kim.dissemination.queries.audience import boards_of_copies, fitting
from kim.dissemination.workflow import Stage, Step
from kim.kernel import clock, codes
from kim.registry.models import Kim

LASTING = timedelta(days=90)  # a packet that names no end says nothing new after that


def holding() -> QuerySet[Bulletin]:
    """Sent, not withdrawn, and not past its own end (else its last day for spreading, else ninety days)."""
    rows = Bulletin.objects.filter(stage=Stage.ISSUED).annotate(ends=Coalesce("valid_until", "act_by"))
    return rows.filter(Q(ends__gte=clock.today()) | Q(ends=None, issued_at__gte=clock.now() - LASTING))


def missed_by(kim: Kim) -> list[Bulletin]:
    """What holds for this KIM's place and for what it is, and has not come to it; oldest first."""
    named = Bulletin.objects.filter(targets__region_id__in=codes.chain(kim.region_id)).values("id")
    has = Assignment.objects.filter(bulletin=OuterRef("pk"), kim=kim)
    found = holding().filter(~Exists(has), id__in=named).order_by("issued_at", "id")
    return [one for one in found if is_meant_for(one, kim)]


def is_meant_for(bulletin: Bulletin, kim: Kim) -> bool:
    """Whether the packet's focus, kind of village and programme leave this KIM in; asks only when there are any."""
    is_for_some = bulletin.focus or bulletin.village_kinds or bulletin.is_programme_only
    return not is_for_some or fitting(bulletin).filter(pk=kim.pk).exists()


def to_be_reminded() -> QuerySet[Any]:
    """Packets of which a copy has lain unopened for as many days as it says, oldest first; late are copies from before `since`."""
    usual = Case(*(When(urgency=urgency, then=Value(days)) for urgency, days in REMIND_AFTER.items()))
    patience = ExpressionWrapper(F("days") * Value(timedelta(days=1)), DurationField())
    rows = holding().annotate(days=Coalesce("remind_after", usual)).filter(days__gt=0)
    rows = rows.annotate(since=ExpressionWrapper(Value(clock.now()) - patience, DateTimeField()))
    return rows.filter(Exists(unopened().filter(bulletin=OuterRef("pk"), arrived_at__lte=OuterRef("since")))).order_by(
        "issued_at", "id"
    )


def unopened() -> QuerySet[Assignment]:
    """Copies nobody of the KIM has opened, and of which it was not reminded."""
    return Assignment.objects.filter(step=Step.ARRIVED, reminded_at=None)


def boards_to_remind(bulletin_id: UUID, at: datetime) -> list[tuple[UUID, UUID]]:
    """(copy, person) for the boards of the KIM that were chosen at that moment and still have not opened it."""
    rows = Assignment.objects.filter(
        bulletin_id=bulletin_id, bulletin__stage=Stage.ISSUED, step=Step.ARRIVED, reminded_at=at
    )
    return boards_of_copies(rows)
