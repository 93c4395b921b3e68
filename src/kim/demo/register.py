"""KIM of the demo: one per village of `places.py`, with decree, board and members in every state of the two axes."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from kim.accounts.models import Person
from kim.demo import pictures
from kim.demo.places import FIRST, KNOWN, LAST, SCENES, Scene
from kim.kernel import clock, text
from kim.regions.models import Region
from kim.registry.models import Accent, BoardSeat, Channel, Decree, Focus, Kim, Member, Position
from kim.registry.workflow import DecreeStage, Stage

BOARD = (
    Position.CHAIR,
    Position.SECRETARY,
    Position.TREASURER,
    Position.COLLECTION,
    Position.PROCESSING,
    Position.DISSEMINATION,
)
WAITING = {
    "35.02.12.2006": Stage.SUBMITTED,
    "35.02.09.2008": Stage.SUBMITTED,
    "35.02.11.2008": Stage.RETURNED,
}
DAYS_LEFT = (
    900,
    640,
    420,
    260,
    75,
    20,
    -40,
    1200,
    510,
    380,
)  # of decrees, in turn: most in force, some nearly over, some lapsed


@dataclass(frozen=True, slots=True)
class Village:
    """A KIM with the words of its place, how much it writes, and how long ago it wrote last."""

    kim: Kim
    region: Region
    scene: Scene
    liveliness: float
    silent_for: timedelta


def invent_name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def regions() -> dict[str, Region]:
    """All villages of the demo, in one query."""
    wanted = [code for scene in SCENES for code in scene.villages] + list(WAITING)
    return Region.objects.in_bulk(wanted)


def found(chance: random.Random) -> list[Village]:
    """Register a KIM in each village; returns them with their scene."""
    places = regions()
    villages: list[Village] = []
    for scene in SCENES:
        for code in scene.villages:
            villages.append(_found_one(places[code], scene, len(villages), chance))
    return villages


def _found_one(region: Region, scene: Scene, turn: int, chance: random.Random) -> Village:
    today = clock.today()
    founded = today - timedelta(days=chance.randint(420, 2400))
    invented = region.code not in KNOWN
    kim = Kim.objects.create(
        region=region,
        name=f"KIM {region.display_name}",
        slug=_slug(region, turn),
        focus=chance.choice(Focus.values),
        about=_about(region, invented),
        founded_on=founded,
        secretariat=f"{'Kantor Kelurahan' if region.kind == 'kelurahan' else 'Balai Desa'} {region.display_name}",
        accent=Accent.values[turn % len(Accent.values)],
        ict_level="paper" if turn % 7 == 5 else "ict",
        understands_no_budget=True,
        stage=Stage.REGISTERED,
        registry_number=f"KIM-{region.code.replace('.', '')}-01",
        submitted_at=clock.now() - timedelta(days=400),
        registered_at=clock.now() - timedelta(days=396),
        is_demo=True,
    )
    decree = _decree(kim, founded, DAYS_LEFT[turn % len(DAYS_LEFT)])
    _people(kim, decree, chance)
    _channels(kim, turn)
    liveliness = 20.0 if turn == 0 else chance.paretovariate(1.2)  # the KIM people try first has much to show
    return Village(kim, region, scene, liveliness, _silence(turn, chance))


def _silence(turn: int, chance: random.Random) -> timedelta:
    """Three of five KIM wrote lately, one seldom does, one has fallen silent."""
    if turn % 5 == 3:
        return timedelta(days=chance.randint(34, 57), hours=3)
    if turn % 5 == 4:
        return timedelta(days=chance.randint(66, 240), hours=5)
    return timedelta(hours=chance.randint(2, 500))


def _slug(region: Region, turn: int) -> str:
    slug = text.slugify(region.short_name, 50)
    return f"{slug}-{region.code[-4:]}" if Kim.objects.filter(slug=slug).exists() else slug


def _about(region: Region, invented: bool) -> str:
    words = f"Kami warga {region.title} yang mengabarkan apa yang terjadi di sekitar kami, menyampaikan info "
    words += "pemerintah, dan mendengar suara tetangga."
    return words + (" Nama KIM ini rekaan untuk data contoh." if invented else " Isi halaman ini data contoh.")


def _decree(kim: Kim, founded: date, days_left: int) -> Decree:
    return Decree.objects.create(
        kim=kim,
        number=f"{400 + len(kim.name)}/{founded.month:02d}/SK-CONTOH/{founded.year}",
        about="Pembentukan Komunitas Informasi Masyarakat",
        issued_on=founded,
        issuer_office=kim.secretariat,
        valid_from=founded,
        valid_until=clock.today() + timedelta(days=days_left),
        stage=DecreeStage.ACCEPTED,
        accepted_at=clock.now() - timedelta(days=396),
    )


def _people(kim: Kim, decree: Decree, chance: random.Random) -> None:
    names = list({invent_name(chance) for _ in range(chance.randint(10, 18))})
    members = Member.objects.bulk_create(Member(kim=kim, name=name, joined_on=decree.valid_from) for name in names)
    BoardSeat.objects.bulk_create(
        BoardSeat(
            kim=kim,
            decree=decree,
            member=member,
            position=position,
            name=member.name,
            since=decree.valid_from,
        )
        for position, member in zip(BOARD, members, strict=False)
    )


def _channels(kim: Kim, turn: int) -> None:
    kinds = (
        ("board", "Papan informasi di depan balai"),
        ("whatsapp", "Grup warga (lewat ketua RT)"),
        ("radio", "Radio komunitas, tiap Jumat sore"),
    )
    Channel.objects.bulk_create(Channel(kim=kim, kind=kind, address=address) for kind, address in kinds[: 1 + turn % 3])


def queue(chance: random.Random) -> list[Kim]:
    """Registrations that wait at Diskominfo Ponorogo, with a scan to look at; one was returned."""
    places = regions()
    waiting: list[Kim] = []
    for code, stage in WAITING.items():
        region = places[code]
        kim = Kim.objects.create(
            region=region, name=f"KIM {region.display_name}", founded_on=clock.today() - timedelta(days=60), stage=stage,
            secretariat=f"Balai Desa {region.display_name}", understands_no_budget=True, is_demo=True,
            about="KIM baru, menunggu pemeriksaan. Nama rekaan untuk data contoh.",
            submitted_at=clock.now() - timedelta(days=chance.randint(1, 4)),
        )  # fmt: skip
        decree = _decree(kim, clock.today() - timedelta(days=60), 700)
        decree.stage = DecreeStage.SUBMITTED if stage == Stage.SUBMITTED else DecreeStage.RETURNED
        decree.accepted_at, decree.submitted_at = None, kim.submitted_at
        decree.scan = pictures.scan(
            place=region.display_name, number=decree.number, name=kim.name, until=str(decree.valid_until),
            kim_id=kim.id, region_code=code,
        )  # fmt: skip
        decree.save()
        _people(kim, decree, chance)
        kim.registrant_name, kim.registrant_phone = chair_of(kim), f"+6281200008{len(waiting):03d}"
        kim.save(update_fields=["registrant_name", "registrant_phone"])
        waiting.append(kim)
    return waiting


def renew(kim: Kim) -> None:
    """The KIM's next decree waits at Diskominfo beside the registrations."""
    decree = _decree(kim, clock.today() - timedelta(days=6), 1090)
    decree.stage, decree.accepted_at = DecreeStage.SUBMITTED, None
    decree.submitted_at = clock.now() - timedelta(days=1, hours=2)
    decree.scan = pictures.scan(
        place=kim.region.display_name, number=decree.number, name=kim.name, until=str(decree.valid_until),
        kim_id=kim.id, region_code=kim.region_id,
    )  # fmt: skip
    decree.save()


def chair_of(kim: Kim) -> str:
    """The name on the chair's seat."""
    seat = kim.seats.filter(position=Position.CHAIR).first()
    return seat.name if seat else kim.name


def author_of(kim: Kim, turn: int) -> Person:
    """The chair as a person who can sign in; numbers are of a row nobody answers in the demo."""
    person = Person.objects.create(name=chair_of(kim), phone=f"+628120000{turn:04d}", is_demo=True)
    kim.members.filter(name=person.name).update(person=person, phone=person.phone)
    return person
