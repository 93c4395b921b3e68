"""What everybody may read of packets: one page, the lists of the country and of a place, and the alarm above a page.

A packet is for every place it was sent to and all that lies below. So a place asks what was sent to itself and to each
place above it: as many short walks of one index, and never more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kim.dissemination.models import CODE_LENGTH, Assignment, Attachment, Bulletin, Target, Version
from kim.dissemination.workflow import Stage, Step
from kim.doors.paging import Page, beyond, cut, news_mark
from kim.doors.questions import Given, Question
from kim.kernel import clock, codes
from kim.kernel.ids import as_id
from kim.regions.models import RegionalQuerySet

OPENED = (Stage.ISSUED, Stage.WITHDRAWN)
NEWEST = ("-issued_at", "-id")
SENT = ("-issued_at", "-bulletin_id")
MOST_PLACES, MOST_VERSIONS, MOST_ON_BOARD = 12, 20, 8
WHERE = ("region__level", "region__display_name", "region__local_term", "region__time_zone", "region__chain")
LISTED = (
    "agency", "title", "urgency", "valid_until", "short_code", "issued_at", "edited_at", "alarm_until", "version", "stage",
    *WHERE,
)  # fmt: skip
READ = (
    "info_class", "programme", "valid_from", "withdrawn_reason",
    "regulation__kind", "regulation__number", "regulation__title", "regulation__url",
)  # fmt: skip
WORDS = (
    "bulletin", "number", "title", "body", "points", "meaning", "answers", "whatsapp_short", "whatsapp_long", "loudspeaker",
    "caption", "change", "at",
)  # fmt: skip


def issued() -> RegionalQuerySet:
    """Everything that is out and was not withdrawn, with the place of its office."""
    return Bulletin.objects.filter(stage=Stage.ISSUED).select_related("region")


def out_of(ids: Iterable[str]) -> set[str]:
    """Of these ids, however they are written, those of packets that everybody may read now."""
    rows = Bulletin.objects.filter(stage=Stage.ISSUED, id__in=filter(None, map(as_id, ids)))
    return {str(bulletin_id) for bulletin_id in rows.values_list("id", flat=True)}


def is_code(code: str) -> bool:
    """Whether a short code is one of a packet: an article's is shorter."""
    return len(code) == CODE_LENGTH


def _listed() -> RegionalQuerySet:
    return issued().only(*LISTED).order_by(*NEWEST)


@cache
def _newest(size: int, *, is_further: bool) -> Question[Bulletin]:
    further = beyond(NEWEST, [Given("at"), Given("row")]) if is_further else Q()
    return Question(lambda: _listed().filter(further)[: size + 1])


@cache
def _sent_to(depth: int, size: int, *, is_further: bool) -> Question[Bulletin]:
    """One short walk for the place and for each place above it, merged."""

    def build() -> RegionalQuerySet:
        sent = Target.objects.exclude(issued_at=None).order_by(*SENT)
        if is_further:
            sent = sent.filter(beyond(SENT, [Given("at"), Given("row")]))
        first, *others = (
            sent.filter(region=Given(f"place{number}")).values("bulletin")[: size + 1] for number in range(depth)
        )
        return _listed().filter(id__in=first.union(*others) if others else first)[: size + 1]

    return Question(build)


def newest(code: str = "", *, after: str = "", size: int = 20) -> Page:
    """A page of all packets, or with a place of those that are for it, newest first."""
    mark = news_mark(after)
    at, row = mark or (None, None)
    places = _places(code) if code else {}
    shape = {"is_further": bool(mark)}
    question = _sent_to(len(places), size, **shape) if code else _newest(size, **shape)
    return cut(question.all(at=at, row=row, **places), size, NEWEST)


def _places(code: str) -> dict[str, str]:
    return {f"place{number}": one for number, one in enumerate(codes.chain(code))}


@cache
def _alarm(depth: int) -> Question[Bulletin]:
    """Emergencies that hold are few, so their own short index is looked through."""
    named = Q(*(Q(region=Given(f"place{number}")) for number in range(depth)), _connector=Q.OR)
    here = Target.objects.filter(named, bulletin=OuterRef("pk"))
    return Question(lambda: _listed().filter(Exists(here), alarm_until__gt=Given("now"))[:1])


def alarm(code: str) -> Bulletin | None:
    """The newest emergency that holds now and is for this place."""
    places = _places(code)
    return _alarm(len(places)).first(now=clock.now(), **places)


def _to_read() -> RegionalQuerySet:
    files = Attachment.objects.filter(bulletin=OuterRef("pk"))
    rows: Any = Bulletin.objects.filter(stage__in=OPENED, short_code=Given("code"))
    rows = rows.annotate(has_attachments=Exists(files)).select_related("region", "regulation")
    return rows.only(*LISTED, *READ)


TO_READ = Question(_to_read)
VERSIONS = Question(
    lambda: Version.objects.filter(bulletin=Given("bulletin")).only(*WORDS).order_by("-number")[:MOST_VERSIONS]
)
FILES = Question(lambda: Attachment.objects.filter(bulletin=Given("bulletin")).select_related("upload"))
PLACES = Question(
    lambda: Target.objects.filter(bulletin=Given("bulletin")).select_related("region").only("bulletin", *WHERE)
    .order_by("region")[: MOST_PLACES + 1]
)  # fmt: skip


def bulletin_for_reading(code: str) -> Bulletin:
    """One packet, issued or withdrawn (`is_withdrawn`: its page says so); raises Bulletin.DoesNotExist."""
    bulletin = TO_READ.first(code=code.lower())
    if bulletin is None:
        raise Bulletin.DoesNotExist
    return bulletin


def words_to_read(bulletin: Bulletin) -> list[Version]:
    """The words as they are now, and before them those of earlier versions, newest first."""
    return VERSIONS.all(bulletin=bulletin.id)


def files_of(bulletin: Bulletin) -> list[Attachment]:
    """The files of a packet read by `bulletin_for_reading`; asks only when it has any."""
    return FILES.all(bulletin=bulletin.id) if bulletin.has_attachments else []


def places_of(bulletin: Bulletin) -> list[Target]:
    """The first places it is for; one more than is shown when there are more."""
    return PLACES.all(bulletin=bulletin.id)


def to_spread(*, since: datetime, kim_id: UUID | None = None, code: str = "") -> list[tuple[Bulletin, Version]]:
    """What a KIM has decided to spread, or what is for a village, since then and still holds; newest first."""
    if kim_id:
        spread = Assignment.objects.filter(kim_id=kim_id, step__in=(Step.ACCEPTED, Step.SPREAD), arrived_at__gte=since)
        rows = issued().filter(id__in=spread.values("bulletin"))
    else:
        sent = Target.objects.filter(region_id__in=codes.chain(code), issued_at__gte=since)
        rows = issued().filter(id__in=sent.values("bulletin"))
    return _with_words([one for one in rows.order_by(*NEWEST)[: 2 * MOST_ON_BOARD] if not one.is_over][:MOST_ON_BOARD])


def _with_words(found: Sequence[Bulletin]) -> list[tuple[Bulletin, Version]]:
    newest_words: QuerySet[Version] = Version.objects.filter(bulletin__in=found, number=F("bulletin__version"))
    words = {one.bulletin_id: one for one in newest_words}
    return [(one, words[one.id]) for one in found]


def walk_addresses() -> QuerySet[Bulletin]:
    """For the sitemap: what it needs of each packet."""
    return Bulletin.objects.filter(stage=Stage.ISSUED).only("short_code", "issued_at", "edited_at")
