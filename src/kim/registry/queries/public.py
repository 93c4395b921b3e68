"""What everybody may know of a KIM."""

from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kim.doors.paging import Page, beyond, cut, name_mark
from kim.doors.questions import Given, Question
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.dates_id import spell
from kim.regions.queries import lies_in
from kim.registry.models import (
    BY_NAME,
    LATELY_HEARD,
    NEWEST_DECREE,
    BoardSeat,
    Channel,
    Decree,
    Kim,
    KimQuerySet,
    Member,
    Position,
)
from kim.registry.queries.standing import SILENT
from kim.registry.workflow import DecreeStage, Stage

NAMES = ("name", "id")
WHERE = ("region__level", "region__display_name", "region__local_term", "region__time_zone", "region__chain")
LISTED = ("name", "slug", "accent", "stage", "last_news_at")
TOLD = (
    "about", "founded_on", "secretariat", "public_phone", "focus", "reported_members", "registry_number",
    "registered_at",
)  # fmt: skip


def public() -> KimQuerySet:
    """Registered KIM with their place and the decree that counts; never a draft, never a phone of a member."""
    return Kim.objects.filter(stage=Stage.REGISTERED).select_related("region").with_decree()


def registered() -> KimQuerySet:
    """The same KIM and nothing beside them: to count and to walk."""
    return Kim.objects.filter(stage=Stage.REGISTERED)


def _known() -> KimQuerySet:
    """Every KIM that was ever registered: the site and the certificate of a dissolved one have to say so."""
    stages = (Stage.REGISTERED, Stage.DISSOLVED)
    return Kim.objects.filter(stage__in=stages).select_related("region").with_decree()


def with_site(kim_id: UUID) -> Kim:
    """A KIM whose site is open or closed for the time being; raises Kim.DoesNotExist."""
    rows = Kim.objects.filter(stage__in=(Stage.REGISTERED, Stage.SUSPENDED), slug__isnull=False)
    return rows.select_related("region").get(pk=kim_id)


def is_suspended(slug: str) -> bool:
    """Whether this address belongs to a site that is closed for the time being."""
    return Kim.objects.filter(slug=slug, stage=Stage.SUSPENDED).exists()


def words_of_site(kim: Kim) -> str:
    """What a KIM says of itself on its site, links of its channels included."""
    said = [channel.link or channel.address for channel in channels(kim)]
    return "\n".join([kim.about, kim.secretariat, *said])


def _named() -> KimQuerySet:
    """A KIM with what its own page shows, and how many members are written down by name."""
    counted = Member.objects.filter(kim=OuterRef("pk"), left_on=None).order_by().values("kim")
    rows = _known().filter(slug=Given("slug")).only(*LISTED, *TOLD, *WHERE)
    return rows.annotate(named_members=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))


NAMED = Question(_named)
SEATS = Question(lambda: BoardSeat.objects.filter(kim=Given("kim"), until=None))
DECREE = Question(
    lambda: Decree.objects.filter(kim=Given("kim"), stage=DecreeStage.ACCEPTED).order_by(*NEWEST_DECREE)[:1]
)
CHANNELS = Question(lambda: Channel.objects.filter(kim=Given("kim")).order_by("kind", "id"))


def by_slug(slug: str) -> Kim:
    """The KIM of a site address, dissolved ones too; raises Kim.DoesNotExist."""
    kim = NAMED.first(slug=slug)
    if kim is None:
        raise Kim.DoesNotExist
    return kim


def by_number(number: str) -> Kim:
    """The KIM of a registry number, dissolved ones too; raises Kim.DoesNotExist."""
    stages = (Stage.REGISTERED, Stage.SUSPENDED, Stage.DISSOLVED)
    return Kim.objects.filter(stage__in=stages).select_related("region").with_decree().get(registry_number=number)


def listed() -> KimQuerySet:
    """What everybody may know of a KIM in a list."""
    return public().only(*LISTED, *WHERE)


@cache
def _directory(level: Level, size: int, *, is_further: bool) -> Question[Kim]:
    def build() -> KimQuerySet:
        rows = listed().filter(lies_in(Kim, level)).order_by(*BY_NAME)
        if is_further:
            rows = rows.filter(beyond(NAMES, [Given("name"), Given("row")]))
        return rows[: size + 1]

    return Question(build)


def directory(region_code: str = codes.NATION, after: str = "", *, size: int = 20) -> Page:
    """A page of the public list under a region prefix, by name."""
    mark = name_mark(after)
    name, row = mark or (None, None)
    question = _directory(codes.level(region_code), size, is_further=bool(mark))
    return cut(question.all(code=region_code, name=name, row=row), size, NAMES)


@cache
def _lately_heard(level: Level, limit: int) -> Question[Kim]:
    return Question(lambda: listed().filter(lies_in(Kim, level)).order_by(*LATELY_HEARD)[:limit])


def lately_heard(region_code: str, limit: int) -> list[Kim]:
    """The KIM that spoke last; after them those that have not spoken yet."""
    return _lately_heard(codes.level(region_code), limit).all(code=region_code)


def seats_now(kim: Kim) -> list[BoardSeat]:
    """Who sits on the board today, in the order of the positions."""
    order = {position: number for number, position in enumerate(Position.values)}
    seats = SEATS.all(kim=kim.id)
    return sorted(seats, key=lambda seat: (order[seat.position], seat.since or date.min, str(seat.id)))


def seats_before(kim: Kim) -> QuerySet[BoardSeat]:
    """Who sat there earlier, last ended first."""
    return kim.seats.exclude(until=None).order_by("-until", "-id")


def decree_that_counts(kim: Kim) -> Decree | None:
    """The newest accepted SK."""
    return DECREE.first(kim=kim.id)


def channels(kim: Kim) -> QuerySet[Channel]:
    return kim.channels.order_by("kind", "id")


def channels_shown(kim: Kim) -> list[Channel]:
    """The same for its page."""
    return CHANNELS.all(kim=kim.id)


def chair_name(kim: Kim) -> str:
    """Who leads it now; empty when nobody is written down."""
    return next((seat.name for seat in seats_now(kim) if seat.position == Position.CHAIR), "")


def head_phones(kim_ids: set[UUID]) -> dict[UUID, str]:
    """The numbers of the heads of these KIM, for the office that coaches them; never for the public."""
    seats = BoardSeat.objects.filter(kim_id__in=kim_ids, position=Position.CHAIR, until=None).exclude(member=None)
    return dict(seats.values_list("kim_id", "member__phone"))


def member_count(kim: Kim) -> int:
    """Those written down by name; as long as they are fewer, the number the office's list reported."""
    known = kim.__dict__.get("named_members")  # read `by_slug`
    named = kim.members.filter(left_on=None).count() if known is None else known
    return max(named, kim.reported_members)


def expiring(region_code: str, days: int) -> KimQuerySet:
    """Registered KIM whose SK ends within so many days (0: has ended already), soonest first."""
    today = clock.today()
    rows = public().within(region_code)
    if days <= 0:
        return rows.filter(decree_until__lt=today).order_by("-decree_until", "id")
    return rows.filter(decree_until__range=(today, today + timedelta(days=days))).order_by("decree_until", "id")


def silent(region_code: str, days: int = SILENT) -> KimQuerySet:
    """Registered KIM without news for so many days, or ever; the longest silence first."""
    since = clock.now() - timedelta(days=days)
    rows = public().within(region_code).filter(Q(last_news_at=None) | Q(last_news_at__lt=since))
    return rows.order_by("last_news_at", "registered_at", "id")


def certificate_words(kim: Kim) -> dict[str, Any]:
    """What the certificate says; only what was verified."""
    chair = next((seat.name for seat in seats_now(kim) if seat.position == Position.CHAIR), "")
    until = spell(kim.decree_until) if kim.decree_until else "tanpa batas waktu"
    facts = [("Ketua", chair), ("Sekretariat", kim.secretariat), ("Nomor SK", kim.decree_number or "")]
    facts += [("SK berlaku sampai", until if kim.decree_now else "")]
    return {
        "number": kim.registry_number,
        "name": kim.name,
        "place": kim.region.full_title,
        "since": spell(clock.local(kim.registered_at, kim.region.time_zone).date()) if kim.registered_at else "",
        "facts": [fact for fact in facts if fact[1]],
    }
