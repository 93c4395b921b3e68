"""What readers reported in a village: some thousand cases of the whole nation, most of them decided."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from kim.bench import officials, phrases
from kim.bench.plan import Order, Share
from kim.bench.tables import NULL, Tables, as_json
from kim.bench.village import Settled, entry, made_id
from kim.bench.voices import Shown
from kim.kernel import codes, text
from kim.moderation.models import Case, Report
from kim.moderation.queries import office_above
from kim.moderation.workflow import BY_PEOPLE, URGENT, Stage
from kim.regions.models import DEFAULT_RULES

REPORTED = 0.06  # of the villages, once
OPEN = 0.12  # of the cases came within the last day or two
DECISIONS = ((Stage.DISMISSED, 0.62), (Stage.SETTLED, 0.74), (Stage.WARNED, 0.9), (Stage.TAKEN_DOWN, 1.01))
WORDS = ("Tolong diperiksa, ini tidak pantas.", "Isinya salah dan merugikan.", "Ini memuat data orang lain.", "")


class Subject(NamedTuple):
    """What is reported."""

    key: str
    title: str
    url: str
    kim_id: str
    author_id: str


def write(kim: Settled, order: Order, share: Share, shown: list[Shown], tables: Tables) -> None:
    """At most one case: about a voice, the newest text, or the site itself."""
    rng = phrases.chance_of(order.seed, f"flags/{share.code}")
    if rng.random() < REPORTED:
        _case(kim, order, _subject(kim, shown, rng), rng, tables)


def _subject(kim: Settled, shown: list[Shown], rng: Random) -> Subject:
    chance = rng.random()
    if kim.newest and chance < 0.6:
        return Subject(*kim.newest, kim.id, kim.chair_id)
    if shown and chance < 0.9:
        one = rng.choice(shown)
        return Subject(f"aspiration:{one.id}", text.clip(one.text, 120), f"/lacak/{one.number}/", NULL, NULL)
    return Subject(f"kim:{kim.id}", kim.name, f"/{kim.slug}/", kim.id, NULL)


def _case(kim: Settled, order: Order, about: Subject, rng: Random, tables: Tables) -> None:
    end, is_open, reason = order.end, rng.random() < OPEN, rng.choice(BY_PEOPLE)
    opened = end - timedelta(hours=36 * rng.random() if is_open else 48 + 24 * 300 * rng.random())
    limit = timedelta(hours=int(DEFAULT_RULES["moderation_urgent_hours" if reason in URGENT else "moderation_hours"]))
    holder, due, took = _turn(kim.region.code, opened, limit, end if is_open else None, rng)
    stage = Stage.WAITING if is_open else next(name for name, up_to in DECISIONS if rng.random() < up_to)
    made, number = made_id(rng, opened), 1 + int(6 * rng.random() ** 3)
    decided = NULL if is_open else took.isoformat()
    officer = NULL if is_open else str(officials.officer_id(order, holder))
    tables[Case].add(
        made, about.key, about.title, about.url, kim.region.code, about.kim_id, about.author_id, text.digest(about.title),
        reason, "t" if reason in URGENT else "f", str(number), stage, holder, opened.isoformat(), due.isoformat(),
        "" if is_open else stage, officer, "" if is_open else holder, decided, NULL if is_open else _flag(took <= due),
        "" if is_open else "Diputus untuk uji.", "t",
    )  # fmt: skip
    for turn in range(number):
        at, said = (opened + timedelta(minutes=turn)).isoformat(), WORDS[int(len(WORDS) * rng.random())]
        tables[Report].add(made_id(rng, opened), made, reason, said, f"{rng.getrandbits(256):064x}", at)
    data = as_json(
        {"title": "Perkara uji", "subject": about.key, "reason": reason, "holder": holder, "topic": "moderasi"}
    )
    entry(kim, tables, "case.opened", f"case:{made}", opened, data)
    if not is_open:
        entry(kim, tables, f"case.{stage}", f"case:{made}", took, data)


def _turn(
    village: str, opened: datetime, limit: timedelta, end: datetime | None, rng: Random
) -> tuple[str, datetime, datetime]:
    """Whose turn it is (or was), until when, and when it was decided: each clock that ran out took it one level up."""
    holder, due, took = codes.regency(village), opened + limit, opened + limit * rng.expovariate(1.6)
    while holder != codes.NATION and (due < (end or took)):
        holder, due = office_above(holder), due + limit
    return holder, due, took


def _flag(value: bool) -> str:
    return "t" if value else "f"
