"""All rows of one village: its KIM with decrees, people and channels, and everything the KIM ever published."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kim.accounts.models import Mandate, Person
from kim.bench import phrases
from kim.bench.plan import Order, Share
from kim.bench.tables import NULL, Tables, as_json, words
from kim.kernel import text
from kim.ledger.models import Entry
from kim.regions.models import Region
from kim.registry.models import Accent, BoardSeat, Channel, ChannelKind, Decree, Focus, Kim, Member, Position
from kim.search.models import Document, name_key
from kim.web.queries.cards import near

MEMBERS = 12
SEATS = tuple(Position.values[:6])
DAYS_LEFT = (900, 640, 420, 260, 150, 75, 20, -40, -200, 1200, 510, 380)  # of decrees, by chance
ADDRESSES = {
    ChannelKind.WHATSAPP: "Grup warga {desa} (lewat ketua RT)",
    ChannelKind.INSTAGRAM: "@kim.{slug}",
    ChannelKind.FACEBOOK: "kim.{slug}",
    ChannelKind.TIKTOK: "@kim_{slug}",
    ChannelKind.YOUTUBE: "@kim{slug}",
    ChannelKind.RADIO: "Radio komunitas {desa}, tiap {hari}",
    ChannelKind.BOARD: "Papan informasi di {gedung}",
}


@dataclass(slots=True)
class Settled:
    """A KIM while its rows are made."""

    id: str
    name: str
    slug: str
    region: Region
    place: str
    chair_id: str
    chair: str
    registered: datetime
    scene: phrases.Scene
    rng: random.Random
    zone: ZoneInfo
    newest: tuple[str, str, str] | None = None  # its newest text: key, title, address


def made_id(rng: random.Random, at: datetime) -> str:
    """A UUID of version 7 of that moment, its chance taken from the village's."""
    bits = rng.getrandbits(74)
    value = (int(at.timestamp() * 1000) << 80) | (7 << 76) | ((bits >> 62) << 64) | (2 << 62) | (bits & (2**62 - 1))
    hexed = f"{value:032x}"
    return f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}"


def phone(number: int) -> str:
    """The number of the chair of the nth KIM of the load."""
    return f"+62813{number + 10_000_000:08d}"


def kim_ids(order: Order, found: list[Share]) -> list[UUID]:
    """The ids of these KIM, without making anything else."""
    return [UUID(_beginnings(order, share)[1]) for share in found]


def person_ids(order: Order, found: list[Share]) -> list[UUID]:
    """The ids of their chairs."""
    return [UUID(_beginnings(order, share)[2]) for share in found]


def settle(order: Order, share: Share, region: Region, neighbours: tuple[str, ...]) -> Settled:
    """The KIM of a village, nothing written yet."""
    rng, kim_id, chair_id, registered = _beginnings(order, share)
    scene = _scene(region, neighbours, rng)
    slug = f"{text.slugify(region.short_name, 50)}-{region.code.replace('.', '')}"
    return Settled(
        kim_id, f"KIM {region.display_name}", slug, region, words(region.full_title[:400]), chair_id,
        phrases.person(rng.random), registered, scene, rng, ZoneInfo(region.time_zone),
    )  # fmt: skip


def _beginnings(order: Order, share: Share) -> tuple[random.Random, str, str, datetime]:
    """Chance, KIM id, chair's id, moment of registration: the first throws of every village."""
    rng = phrases.chance_of(order.seed, share.code)
    days = 366 + int(rng.random() * 900)
    registered = datetime.combine(order.day, time(2, int(rng.random() * 60)), UTC) - timedelta(days=days)
    return rng, made_id(rng, registered), made_id(rng, registered), registered


def _scene(region: Region, neighbours: tuple[str, ...], rng: random.Random) -> phrases.Scene:
    """The words of the place: what it calls itself, what lies around it, six of its hamlets."""
    above = region.chain.split(", ")
    is_town = region.kind == Region.Kind.KELURAHAN
    hamlets = phrases.words()["dusun"]
    if is_town:
        around = tuple(f"RW {1 + int(rng.random() * 18):02d}" for _ in range(6))
    else:
        around = tuple(f"Dusun {hamlets[int(len(hamlets) * rng.random())]}" for _ in range(6))
    names = {
        "desa": region.display_name,
        "Desa": region.local_term,
        "sebut": region.local_term.lower(),
        "kec": above[0].replace("Kec. ", "Kecamatan "),
        "kab": above[min(1, len(above) - 1)].replace("Kab. ", "Kabupaten "),
    }
    return phrases.Scene(names, neighbours or (region.display_name,), around)


def write(kim: Settled, order: Order, share: Share, tables: Tables, secret: str, last: str) -> None:
    """The rows of the KIM itself; `last` is the moment of its newest text, ready for COPY."""
    rng, region, registered = kim.rng, kim.region, kim.registered
    founded = registered.date() - timedelta(days=20 + int(rng.random() * 300))
    hall = f"{'Kantor Kelurahan' if region.kind == 'kelurahan' else 'Balai Desa'} {region.display_name}"
    number, at = f"KIM-{share.code.replace('.', '')}-01", registered.isoformat()
    focus = Focus(rng.choice(Focus.values))
    about = _about(kim, focus)
    tables[Person].add(kim.chair_id, kim.chair, phone(share.number), secret, "", "t", at)
    tables[Kim].add(
        kim.id, share.code, kim.name, kim.slug, focus, about, founded.isoformat(), hall,
        phone(share.number) if rng.random() < 0.4 else "", "paper" if rng.random() < 0.12 else "ict",
        rng.choice(Accent.values), "t", "registered", number, kim.chair_id, at, at, at, last, str(share.articles), "t",
    )  # fmt: skip
    decree = _decrees(kim, order, founded, hall, tables)
    _people(kim, share, founded, decree, tables)
    _channels(kim, tables)
    tables[Mandate].add(
        made_id(rng, registered), kim.chair_id, "board", share.code, kim.id, f"Ketua {kim.name}"[:160], at
    )
    entry(kim, tables, "kim.approved", f"kim:{kim.id}", registered, as_json({"number": number}))
    tables[Document].add(
        f"kim:{kim.id}", "kim", share.code, kim.name, name_key(kim.name)[:300],
        f"{about} {focus.label} {number} {hall}", text.excerpt(about, 280)[:300],
        f"{region.title}, {near(region)}"[:200], kim.place, f"/{kim.slug}/", at,
    )  # fmt: skip


def entry(kim: Settled, tables: Tables, verb: str, key: str, at: datetime, data: str) -> None:
    """What the ledger knows of one act; its errand was run long ago."""
    tables[Entry].add(
        made_id(kim.rng, at), verb, key, kim.chair_id, kim.chair, kim.region.code, kim.id, data, at.isoformat()
    )


def _about(kim: Settled, focus: Focus) -> str:
    words_of = phrases.words()
    several = [kim.rng.choice(words_of[name]) for name in ("tanaman", "makanan", "kerajinan")]
    return (
        f"Kami warga {kim.region.title} yang mengabarkan {focus.label.lower()} di sekitar kami, dari {several[0]} "
        f"sampai {several[1]} dan {several[2]}. KIM ini rekaan untuk uji kecepatan."
    )


def _decrees(kim: Settled, order: Order, founded: date, hall: str, tables: Tables) -> str:
    """One decree, or an earlier one as well; returns the id of the one that counts."""
    rng, newest = kim.rng, NULL
    until = order.day + timedelta(days=rng.choice(DAYS_LEFT))
    times = [(founded, until)]
    if rng.random() < 0.25:
        change = order.day - timedelta(days=30 + int(rng.random() * 300))
        times = [(founded, change), (change, until if until > change else change + timedelta(days=700))]
    for since, end in times:
        newest, at = made_id(rng, kim.registered), f"{max(since, kim.registered.date()).isoformat()}T03:00:00+00:00"
        number = f"{100 + int(rng.random() * 800)}/{int(rng.random() * 90) + 10}/SK-CONTOH/{since.year}"
        tables[Decree].add(
            newest, kim.id, number, "Pembentukan Komunitas Informasi Masyarakat", since.isoformat(), "village", hall,
            since.isoformat(), end.isoformat(), "accepted", at, at,
        )  # fmt: skip
    return newest


def _people(kim: Settled, share: Share, founded: date, decree: str, tables: Tables) -> None:
    """Twelve members, the chair first; six of them on the board."""
    rng, since = kim.rng, founded.isoformat()
    for turn in range(MEMBERS):
        member, is_chair = made_id(rng, kim.registered), turn == 0
        name = kim.chair if is_chair else phrases.person(rng.random)
        person, number = (kim.chair_id, phone(share.number)) if is_chair else (NULL, "")
        tables[Member].add(member, kim.id, person, name, number, since)
        if turn < len(SEATS):
            tables[BoardSeat].add(made_id(rng, kim.registered), kim.id, decree, member, SEATS[turn], name, since)


def _channels(kim: Settled, tables: Tables) -> None:
    short = kim.region.search_key
    for kind in kim.rng.sample(list(ADDRESSES), 1 + int(kim.rng.random() * 3)):
        gaps = {"desa": kim.region.display_name, "slug": short, "hari": "Jumat sore", "gedung": "balai warga"}
        tables[Channel].add(made_id(kim.rng, kim.registered), kim.id, kind, ADDRESSES[kind].format(**gaps)[:200])
