"""What a page shows and what an act changes, in the same words: `article:<id>`, `kim:<id>`, `region:35.02`,
`topic:kesehatan`, `topic:kesehatan:35.02`, `info:35.02`, `aspiration:in:35.02`, and `*` for every page there is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest

from kim.kernel import clock, codes

TAGS, UNTIL = "kim.tags", "kim.until"  # names in the WSGI environ
EVERYTHING = "*"
INFO = "info"  # of the list of all packets
FIGURES = "aspiration:figures"  # of the pages that tell how offices do, counted anew each hour
FIXED = "fixed"  # of pages whose words come with the software or with the region tree
WIDE = ("region.", "rule.")  # acts whose words stand on pages without number
NARROW = ("aspiration.",)  # so many that no page of a place shows them: they have pages and lists of their own
MIDNIGHTS = (15, 16, 17)  # hours in UTC: midnight in WIT, WITA and WIB, when a day's words change


def shows(request: HttpRequest, *tags: str, until: datetime | None = None) -> None:
    """Say what the page being made depends on: it may be kept from now on. `until`: when its words change by themselves."""
    request.META.setdefault(TAGS, []).extend(tags)
    if until is not None:
        request.META[UNTIL] = min(until, request.META.get(UNTIL, until))


def region(code: str) -> str:
    """The tag of everything under a region prefix."""
    return f"region:{code}"


def info(code: str) -> str:
    """The tag of packets that were sent to this very place: every page of a place below it shows them too."""
    return f"info:{code}"


def topic(category: str, code: str = "") -> str:
    """The tag of a topic, in the whole country or in one regency."""
    return f"topic:{category}:{codes.regency(code)}" if code else f"topic:{category}"


def listed(kind: str, code: str) -> str:
    """The tag of the list of that kind of thing under a region prefix."""
    return f"{kind}:in:{code}"


def of_act(act: Mapping[str, Any]) -> set[str]:
    """The tags of one ledger entry (verb, key, region, kim, topic), as its trigger tells it."""
    if act["verb"].startswith(WIDE):
        return {EVERYTHING}
    tags = {act["key"]}
    if act["verb"].startswith(NARROW):
        return tags | _lists_of(act)
    if act.get("kim"):
        tags.add(f"kim:{act['kim']}")
    place = act.get("region") or ""
    if codes.is_code(place):
        tags.update(region(code) for code in codes.chain(place))
    if act.get("topic"):
        tags.update((topic(act["topic"]), topic(act["topic"], place)))
    return tags


def _lists_of(act: Mapping[str, Any]) -> set[str]:
    kind, place = act["key"].partition(":")[0], act.get("region") or ""
    return {listed(kind, code) for code in codes.chain(place)} if codes.is_code(place) else set()


def next_midnight(now: datetime | None = None) -> datetime:
    """The next midnight anywhere in the country: "SK habis hari ini" is another sentence then."""
    now = (now or clock.now()).astimezone(UTC)
    day = now.replace(minute=0, second=0, microsecond=0)
    hours = [day.replace(hour=hour) + timedelta(days=days) for days in (0, 1) for hour in MIDNIGHTS]
    return next(hour for hour in hours if hour > now)
