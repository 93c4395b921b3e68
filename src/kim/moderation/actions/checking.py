"""Does the site still say what was published? Words against the digest of their publication, kept pages against the digest
of their making, and no stranger's script, frame or link on either. A difference is an urgent case for the ministry; nothing
is taken down.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from kim.kernel import codes
from kim.moderation.actions.reporting import open_case
from kim.moderation.queries.soundness import trouble
from kim.moderation.queries.spotting import hosts
from kim.moderation.queries.things import PAGE
from kim.moderation.workflow import Printed, Reason, Thing
from kim.pages import looking, touched

Ask = Callable[[str], bytes | None]  # a key of the kept pages (`host/path?query`) → the page made anew


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it should be, and about what."""

    thing: Thing
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """One round: how much was looked at, how much of it had no digest yet, and what was wrong."""

    words: int
    unrecorded: int
    pages: int
    differences: list[Difference]


def check(
    printed: Iterable[Printed], *, folder: Path, ask: Ask, own: Collection[str], host: str, pages: int = 50
) -> Check:
    """Compare these things and so many kept pages; every difference is in the ministry's queue afterwards."""
    things = list(printed)
    kept = looking.sample(folder, pages)
    found = [line for one in things for line in _of_thing(one, f"{host}{one.thing.url}?", folder, ask, own)]
    found += [line for page in kept for line in _of_page(page, folder, ask, own)]
    for line in found:
        open_case(line.thing, Reason.TAMPERED, line.found)
    return Check(len(things), sum(1 for one in things if not one.recorded), len(kept), found)


def _of_thing(one: Printed, key: str, folder: Path, ask: Ask, own: Collection[str]) -> list[Difference]:
    """The words as they are stored, and the page as it is served, against what was published."""
    if one.recorded and one.recorded != one.thing.digest:
        return [Difference(one.thing, "Tulisan tersimpan berbeda dari yang diterbitkan")]
    page = looking.one(folder, key)
    bodies = page.bodies if page else {"": ask(key) or b""}
    said = {body.decode(errors="replace") for body in bodies.values()}
    allowed = hosts(one.thing.words)
    found = [line for html in said for line in _unlike(html, one) + trouble(html, own=own, allowed=allowed)]
    if found and page is not None and looking.one(folder, key) != page:
        return []  # changed while we looked: somebody is publishing
    return [Difference(one.thing, line) for line in dict.fromkeys(found)]


def _unlike(html: str, one: Printed) -> list[str]:
    missing = [piece for piece in (escape(one.thing.title), *one.shown) if piece not in html]
    return ["Halaman tidak memuat tulisan yang diterbitkan"] if missing else []


def _of_page(page: looking.Kept, folder: Path, ask: Ask, own: Collection[str]) -> list[Difference]:
    """A kept page in all its forms against its own digest, and for strangers in it. One that is whole but no longer what
    Django would make (another release, another setting) is only made anew."""
    html = next(iter(page.bodies.values())).decode(errors="replace")
    found = [] if page.is_whole else ["Halaman siap saji berubah sesudah dibuat"]
    found += trouble(html, own=own) if _is_html(html) else []
    if looking.one(folder, page.key) != page:
        return []  # changed while we looked
    if not found and ask(page.key) not in (None, page.bodies[""]):
        touched(*page.tags)
    return [Difference(_page_thing(page.key), line) for line in found]


def _is_html(words: str) -> bool:
    return words.lstrip()[:15].lower().startswith("<!doctype html")


def _page_thing(key: str) -> Thing:
    """A page that stands for no thing in particular, as something a case can be about."""
    address = key.partition("?")[0]
    return Thing(
        key=f"{PAGE}:{uuid5(NAMESPACE_URL, key)}",
        title=address[:200],
        url=f"//{address}"[:300],
        region_code=codes.NATION,
    )
