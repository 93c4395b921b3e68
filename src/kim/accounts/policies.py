"""Who may give a hat, take one away, let somebody in, and open a staff session."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from kim.accounts.actor import SYSTEM, Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Mandate, Person, Purpose, Role
from kim.inbox.queries import configured
from kim.inbox.workflow import Channel
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.results import ALLOWED, Denied, Verdict

# Each level gives the hats of the level below; peers exist only at the top.
GIVERS: dict[str, tuple[Role, ...]] = {
    Role.MEMBER: (Role.REGENCY,),
    Role.BOARD: (Role.REGENCY,),
    Role.EDITOR: (Role.REGENCY,),
    Role.VILLAGE: (Role.REGENCY,),
    Role.AGENCY: OFFICES,
    Role.REGENCY: (Role.PROVINCE,),
    Role.PROVINCE: (Role.NATIONAL,),
    Role.EXPERT: (Role.PROVINCE, Role.NATIONAL),
    Role.NATIONAL: (Role.NATIONAL,),
    Role.SUPPORT: (Role.NATIONAL,),
}
# Who lets in again whoever lost the PIN or password. Village heads help their own KIM; support helps all but the top.
HELPERS: dict[str, tuple[Role, ...]] = GIVERS | {
    role: (*GIVERS[role], Role.VILLAGE, Role.SUPPORT) for role in KIM_ROLES
}  # fmt: skip
HELPERS |= {
    r: (*GIVERS[r], Role.SUPPORT) for r in (Role.VILLAGE, Role.AGENCY, Role.REGENCY, Role.PROVINCE, Role.EXPERT)
}

LEVELS: dict[str, tuple[Level, ...]] = {
    Role.VILLAGE: (Level.VILLAGE,),
    Role.REGENCY: (Level.REGENCY,),
    Role.PROVINCE: (Level.PROVINCE,),
    Role.NATIONAL: (Level.NATION,),
    Role.AGENCY: (Level.DISTRICT, Level.REGENCY, Level.PROVINCE, Level.NATION),
    Role.EXPERT: (Level.PROVINCE, Level.NATION),
}

NOT_YOURS = "Peran ini hanya dapat diberikan oleh pengurus KIM itu sendiri atau kantor di atasnya."
NOT_YOUR_PERSON = "Kode masuk hanya dapat dibuat oleh pengurus KIM-nya atau kantor yang membinanya."


def can_give_mandate(actor: Actor, role: str, region: str, kim_id: UUID | None = None) -> Verdict:
    """A KIM's board gives the hats of its KIM; otherwise the level above gives, within its own region."""
    if (role in KIM_ROLES) != (kim_id is not None):
        return Denied("Peran KIM harus menyebut KIM-nya; peran petugas tidak.")
    if role in LEVELS and codes.level(region) not in LEVELS[role]:
        return Denied(f"{Role(role).label} tidak dapat bertugas di tingkat {codes.level(region).label.lower()}.")
    if actor is SYSTEM or (kim_id and actor.in_kim(kim_id, Role.BOARD)):
        return ALLOWED
    return ALLOWED if actor.holds(*GIVERS[role], within=region) else Denied(NOT_YOURS)


def can_end_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """One may always lay down one's own hat; whoever gives a hat may take it away."""
    if actor.person_id == mandate.person_id:
        return ALLOWED
    return can_give_mandate(actor, mandate.role, mandate.region_id, mandate.kim_id)


def can_issue_code(actor: Actor, person_id: object, mandates: Iterable[Mandate], purpose: str) -> Verdict:
    """A PIN opens the hats of members and heads, a password all: the helper must stand above each of them."""
    if actor is SYSTEM:
        return ALLOWED
    if actor.person_id == person_id:
        return Denied("Untuk diri sendiri, ganti PIN atau kata sandi di halaman Akun.")
    hats = list(mandates)
    meant = [mandate for mandate in hats if Purpose.of(mandate.role) == purpose]
    if not meant:
        return Denied("Orang ini belum punya tugas yang memakai cara masuk itu.")
    is_above = all(_helps(actor, mandate) for mandate in meant)
    is_around = purpose == Purpose.PIN or all(_holds_place_of(actor, mandate) for mandate in hats)
    return ALLOWED if is_above and is_around else Denied(NOT_YOUR_PERSON)


def can_add_way_in(actor: Actor, mandates: Iterable[Mandate]) -> Verdict:
    """A new phone number or e-mail address opens the hats a person has: all of them must be in the actor's region."""
    if actor is SYSTEM or all(_holds_place_of(actor, mandate) for mandate in mandates):
        return ALLOWED
    return Denied("Orang ini juga bertugas di luar wilayah Anda, jadi cara masuk barunya tidak dapat Anda tambahkan.")


def _helps(actor: Actor, mandate: Mandate) -> bool:
    if mandate.kim_id and actor.in_kim(mandate.kim_id, Role.BOARD):
        return True
    return actor.holds(*HELPERS[mandate.role], within=mandate.region_id)


def _holds_place_of(actor: Actor, mandate: Mandate) -> bool:
    return actor.hat is not None and actor.hat.kim_id is None and codes.within(mandate.region_id, actor.hat.region_code)


def can_open_staff_session(has_support_role: bool, has_second_factor: bool) -> Verdict:
    """Only support staff, and only after a second factor was shown."""
    if not has_support_role:
        return Denied("Sesi dukungan hanya untuk petugas dukungan di wilayahnya.")
    if not has_second_factor:
        return Denied("Sesi dukungan perlu faktor kedua. Masuk lewat halaman petugas dahulu.")
    return ALLOWED


def roles_given_by(role: str) -> list[Role]:
    """What the form of the people page offers; the hats of a KIM are given in the KIM itself."""
    return [Role(given) for given, givers in GIVERS.items() if role in givers and given not in KIM_ROLES]


def can_be_pin(pin: str, phone: str = "") -> Verdict:
    """Six digits that a neighbour would not guess first."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdigit()):
        return Denied("PIN terdiri dari 6 angka.")
    if len(set(pin)) <= 2 or pin[:3] == pin[3:] or pin in "01234567890" or pin in "09876543210":
        return Denied("PIN ini terlalu mudah ditebak. Pilih angka yang tidak berurutan dan tidak berulang.")
    if phone.endswith(pin):
        return Denied("Jangan memakai angka dari nomor HP Anda.")
    with suppress(ValueError):
        datetime.strptime(pin, "%d%m%y")
        return Denied("PIN ini mirip tanggal lahir, mudah ditebak. Pilih angka lain.")
    return ALLOWED


def can_open_way(person: Person, channel: str) -> Verdict:
    """A channel this installation has, to an address the person has."""
    if channel not in configured():
        return Denied("Cara dikabari ini belum tersedia di sini.")
    if channel in (Channel.WHATSAPP, Channel.SMS) and not person.phone:
        return Denied("Nomor HP Anda belum ada. Minta pengurus KIM atau kantor menambahkannya.")
    if channel == Channel.EMAIL and not person.email:
        return Denied("Alamat surel Anda belum ada. Minta pengurus KIM atau kantor menambahkannya.")
    return ALLOWED
