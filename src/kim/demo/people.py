"""One person per role to try the demo with. All invented; none is a real office holder."""

from uuid import UUID

from django.db import transaction

from kim.accounts import demo as keys
from kim.accounts.models import Agency, Mandate, Person, Role
from kim.demo.register import Village, author_of
from kim.registry.models import Member, Position

HOME = "35.02.20.2004"  # Bringinan, the KIM people try first
OFFICIALS = (
    (
        Role.REGENCY,
        "35.02",
        "Diskominfo Kabupaten Ponorogo",
        "Ratna Petugas Contoh",
        "ponorogo@contoh.invalid",
    ),
    (Role.PROVINCE, "35", "Diskominfo Provinsi Jawa Timur", "Bagus Provinsi Contoh", "jatim@contoh.invalid"),
    (Role.NATIONAL, "ID", "Kementerian (pusat)", "Dewi Pusat Contoh", "pusat@contoh.invalid"),
    (Role.EXPERT, "35.02", "Tenaga ahli Ponorogo", "Fauzan Ahli Contoh", "ahli@contoh.invalid"),
    (Role.SUPPORT, "ID", "Dukungan KIM.id", "Teguh Dukungan Contoh", "dukungan@contoh.invalid"),
    (Role.REGENCY, "16.71", "Diskominfo Kota Palembang", "Siti Palembang Contoh", "palembang@contoh.invalid"),
)
# (place, office, who works there, e-mail); an office without a person shows how that looks
AGENCIES = (
    ("35.02", "Dinas Pekerjaan Umum Contoh", "Endang Dinas Contoh", "dinas@contoh.invalid"),
    ("35.02", "Dinas Pertanian Contoh", "Rahmat Tani Contoh", "tani@contoh.invalid"),
    ("35.02.20", "Kecamatan Contoh", "", ""),
)


@transaction.atomic
def settle(villages: list[Village]) -> tuple[dict[UUID, Person], list[Person]]:
    """Everybody who can sign in: (author of each KIM, the people of the home KIM)."""
    authors = {village.kim.id: author_of(village.kim, turn) for turn, village in enumerate(villages)}
    for village in villages:
        _wear(authors[village.kim.id], Role.BOARD, village, f"Ketua {village.kim.name}")
    home = next(village for village in villages if village.region.code == HOME)
    people = [keys.equip(authors[home.kim.id]), *_members(home)]
    _village_head(home)
    for role, code, label, name, email in OFFICIALS:
        person = Person.objects.create(name=name, email=email, is_demo=True)
        Mandate.objects.create(person=person, role=role, region_id=code, label=label)
        keys.equip(person)
    _agencies()
    return authors, people


def _agencies() -> None:
    for code, office, name, email in AGENCIES:
        agency = Agency.objects.create(region_id=code, name=office, is_demo=True)
        if name:
            person = Person.objects.create(name=name, email=email, is_demo=True)
            Mandate.objects.create(person=person, role=Role.AGENCY, region_id=code, agency=agency, label=office)
            keys.equip(person)


def _members(home: Village) -> list[Person]:
    """An editor and two members; the second member is also an editor elsewhere, so that the switch can be tried."""
    free = home.kim.members.filter(person=None).order_by("id")[:3]
    people = [_member(member, 9000 + n) for n, member in enumerate(free)]
    _wear(people[0], Role.EDITOR, home, f"Redaktur {home.kim.name}")
    _wear(people[1], Role.MEMBER, home, f"Anggota {home.kim.name}")
    _wear(people[2], Role.MEMBER, home, f"Anggota {home.kim.name}")
    _wear(people[2], Role.EDITOR, home, f"Redaktur {home.kim.name}")
    return people


def _member(member: Member, turn: int) -> Person:
    person = Person.objects.create(name=member.name, phone=f"+628120000{turn:04d}", is_demo=True)
    member.person, member.phone = person, person.phone
    member.save()
    return keys.equip(person)


def _village_head(home: Village) -> None:
    person = Person.objects.create(name="Wahyudi Kepala Desa Contoh", phone="+6281200009100", is_demo=True)
    Mandate.objects.create(person=person, role=Role.VILLAGE, region=home.region, label=f"Kepala {home.region.title}")
    home.kim.seats.create(position=Position.PATRON, name=person.name)
    keys.equip(person)


def _wear(person: Person, role: Role, village: Village, label: str) -> None:
    Mandate.objects.create(person=person, role=role, region=village.region, kim_id=village.kim.id, label=label)
