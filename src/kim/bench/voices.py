"""The voices of one village in a year: what people told their offices, where it went, and what became of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from kim.accounts import demo as keys
from kim.aspirations import policies
from kim.aspirations.models import Answer, Aspiration, Handling, Reply, Support
from kim.aspirations.workflow import Kind, Privacy, Stage
from kim.bench import agencies, officials, phrases
from kim.bench.news import HOURS, YEAR
from kim.bench.plan import Order, Share
from kim.bench.speech import Speaker
from kim.bench.tables import NULL, Tables
from kim.bench.village import Settled, made_id
from kim.bench.ways import FOUR_WEEKS, Act, Way
from kim.kernel import codes, ticket
from kim.ledger.models import Entry

KINDS = ((Kind.COMPLAINT, 0.62), (Kind.WISH, 0.84), (Kind.REQUEST, 1.01))
PRIVACIES = ((Privacy.OPEN, 0.62), (Privacy.CONFIDENTIAL, 0.76), (Privacy.ANONYMOUS, 1.01))
TAKEN_IN, WITHOUT_SIGNAL, PAST_THE_VILLAGE, SUPPORTED, STAYED_FIXED = 0.15, 0.04, 0.03, 0.2, 0.3
MOST_SUPPORTERS = 60
STEP, NUMBERS, FIRST = 641_025_643, 900_000_000, 100_000_000  # a walk through all ticket numbers that meets none twice
OFFICER, CLOCK = "Petugas (contoh)", "Sistem"


class Shown(NamedTuple):
    """A voice that everybody reads: what may be reported."""

    id: str
    number: str
    text: str
    at: datetime


class Voice(NamedTuple):
    """A voice while its rows are made."""

    id: str
    number: str
    text: str
    place: str
    privacy: str
    is_taken_in: bool
    received: datetime
    way: Way
    into: "Voice | None"
    supports: list[datetime]


def write(kim: Settled, order: Order, share: Share, tables: Tables) -> list[Shown]:
    """All voices of the village, oldest first; returns those that everybody reads."""
    told = list(_told(kim, order, share))
    joined = [voice.into.id for voice in told if voice.into]
    for voice in told:
        _aspiration(kim, voice, joined.count(voice.id), tables)
        _stays(voice, tables)
        _words(kim, order, voice, tables)
        _entries(kim, order, voice, tables)
    return [Shown(one.id, one.number, one.text, one.received) for one in told if one.way.is_public]


def number_of(turn: int) -> str:
    """The ticket of the nth voice, or message, of the load."""
    digits = str(FIRST + turn * STEP % NUMBERS)
    return digits + ticket.check_digit(digits)


def _told(kim: Settled, order: Order, share: Share) -> Iterator[Voice]:
    rng, sibling = phrases.chance_of(order.seed, f"voices/{share.code}"), None
    for turn, captured in enumerate(_moments(kim, order, share.voices, rng)):
        voice = _voice(kim, order, number_of(share.first_voice + turn), captured, rng, sibling)
        if not voice.way.is_confidential and not voice.way.is_merged:
            sibling = voice
        yield voice


def _moments(kim: Settled, order: Order, number: int, rng: Random) -> list[datetime]:
    chance, found = rng.random, []
    for _ in range(number):
        day, second = order.day - timedelta(days=1 + int(YEAR * chance())), int(3600 * chance())
        at = datetime.combine(day, time(HOURS[int(len(HOURS) * chance())], second // 60, second % 60), kim.zone)
        found.append(at.astimezone(UTC))
    return sorted(found)


def _voice(kim: Settled, order: Order, number: str, captured: datetime, rng: Random, sibling: Voice | None) -> Voice:
    chance, end, speaker = rng.random, order.end, Speaker(kim.scene, captured.date(), rng.random)
    made, (category, text), place = made_id(rng, captured), speaker.plea(), speaker.place()
    kind, privacy = _drawn(KINDS, chance()), _drawn(PRIVACIES, chance())
    received = captured + timedelta(hours=1 + 70 * chance()) if chance() < WITHOUT_SIGNAL else captured
    received = min(received, end - timedelta(minutes=1))
    way = Way(
        order, kim.region.code, kind, category, privacy == Privacy.CONFIDENTIAL, sibling is not None, captured, end,
        kim.zone, rng, speaker, received,
    )  # fmt: skip
    is_past = chance() < PAST_THE_VILLAGE
    way.walk(passes_village=is_past)
    supports = sorted(received + (end - received) * chance() for _ in range(_liked(rng))) if way.is_public else []
    is_taken_in = chance() < TAKEN_IN
    return Voice(
        made, number, text, place, privacy, is_taken_in, received, way, sibling if way.is_merged else None, supports
    )


def _drawn(table: tuple[tuple[str, float], ...], value: float) -> str:
    return next(name for name, up_to in table if value < up_to)


def _liked(rng: Random) -> int:
    """How many feel the same: mostly nobody, of the rest as Zipf has it."""
    return int((MOST_SUPPORTERS + 1) ** rng.random()) if rng.random() < SUPPORTED else 0


def _aspiration(kim: Settled, voice: Voice, joined: int, tables: Tables) -> None:
    way, rng = voice.way, voice.way.rng
    stay, closed = way.stay, way.closed
    is_named, is_taken_in = voice.privacy != Privacy.ANONYMOUS, voice.is_taken_in
    name = phrases.person(rng.random) if is_named else ""
    phone = f"+6281399{int(10**6 * rng.random()):06d}" if is_named and not is_taken_in and rng.random() < 0.6 else ""
    asked = closed + FOUR_WEEKS if closed and way.stage == Stage.CLOSED and closed + FOUR_WEEKS < way.end else None
    fixed = NULL if asked is None or rng.random() > STAYED_FIXED else "t" if rng.random() < 0.85 else "f"
    tables[Aspiration].add(
        voice.id, voice.number, _secret(), way.kind, way.category, voice.text, voice.text if way.is_public else "",
        _flag(way.is_public), kim.region.code, voice.place, voice.privacy, name, phone,
        kim.chair_id if is_taken_in else NULL, kim.id if is_taken_in else NULL, way.captured.isoformat(),
        voice.received.isoformat(), way.stage, stay.code, stay.agency or NULL, _moment(way.due), _moment(way.alarm), "f",
        str(len(voice.supports) + joined), voice.into.id if voice.into else NULL, _moment(way.answered), _moment(closed),
        str(way.reopened), NULL if way.satisfaction is None else str(way.satisfaction), _moment(asked), fixed, "t",
    )  # fmt: skip
    for at in voice.supports:
        tables[Support].add(voice.id, f"{rng.getrandbits(256):064x}", at.isoformat())


def _stays(voice: Voice, tables: Tables) -> None:
    for stay in voice.way.stays:
        tables[Handling].add(
            made_id(voice.way.rng, stay.since), voice.id, stay.code, stay.agency or NULL, stay.since.isoformat(),
            _moment(stay.accepted), stay.due.isoformat(), _moment(stay.until), stay.reason, _flag(stay.is_automatic),
            _flag(stay.is_late), stay.ending, NULL if stay.days is None else str(stay.days),
        )  # fmt: skip


def _words(kim: Settled, order: Order, voice: Voice, tables: Tables) -> None:
    """What offices and the reporter said since."""
    rng = voice.way.rng
    for said in voice.way.said:
        tables[Answer].add(
            made_id(rng, said.at), voice.id, said.code, said.agency or NULL, _worker(kim, order, said.code, said.agency)[0],
            said.text, said.outcome, _flag(said.is_public), said.at.isoformat(),
        )  # fmt: skip
    for text, at in voice.way.replies:
        tables[Reply].add(made_id(rng, at), voice.id, text, at.isoformat())


def _entries(kim: Settled, order: Order, voice: Voice, tables: Tables) -> None:
    """Every act as the ledger keeps it; of who speaks it never says a word."""
    way, key, kim_id = voice.way, f"aspiration:{voice.id}", kim.id if voice.is_taken_in else NULL
    for act in way.acts:
        person, name = _author(kim, order, voice, act)
        data = (
            f'{{"number": "{voice.number}", "kind": "{way.kind}", "category": "{way.category}", "holder": "{act.code}", '
            f'"agency": "{act.agency}", "is_confidential": {"true" if way.is_confidential else "false"}}}'
        )
        tables[Entry].add(
            made_id(way.rng, act.at), act.verb, key, person, name, kim.region.code, kim_id, data, act.at.isoformat()
        )


def _author(kim: Settled, order: Order, voice: Voice, act: Act) -> tuple[str, str]:
    if act.by == "desk":
        return _worker(kim, order, act.code, act.agency)
    if act.by == "clock":
        return NULL, CLOCK
    return (kim.chair_id, kim.chair) if voice.is_taken_in and act.verb.endswith("submitted") else (NULL, "")


def _worker(kim: Settled, order: Order, code: str, agency: str) -> tuple[str, str]:
    """Whoever works at a desk: the chair of the KIM, an officer of the place, an officer of its agency."""
    if agency:
        return agencies.officer_at(order, code, agency), OFFICER
    if codes.level(code) is codes.Level.VILLAGE:
        return kim.chair_id, kim.chair
    return str(officials.officer_id(order, code)), OFFICER


@cache
def _secret() -> str:
    """The reporters' code is the demo's PIN: with it any of these voices can be followed."""
    return policies.hashed(keys.PIN)


def _moment(at: datetime | None) -> str:
    return NULL if at is None else at.isoformat()


def _flag(value: bool) -> str:
    return "t" if value else "f"
