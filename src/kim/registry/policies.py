"""Who may do what with a KIM's papers, and what its region's rules say about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.kernel.results import ALLOWED, Denied, Verdict
from kim.regions.queries import Rule
from kim.registry.models import BoardSeat, Decree, IssuerLevel, Kim, Position
from kim.registry.workflow import Stage


def _is_registrant(actor: Actor, kim: Kim, code: str) -> bool:
    return bool(actor.person_id and actor.person_id == kim.created_by_id) or kim.opens_with(code)


def can_fill(actor: Actor, kim: Kim, *, code: str = "") -> Verdict:
    """The registrant fills the form, and mends it when it came back."""
    if not _is_registrant(actor, kim, code):
        return Denied("Hanya yang memulai pendaftaran ini yang dapat mengubahnya. Masukkan kode lanjutan Anda.")
    return ALLOWED


def can_submit(actor: Actor, kim: Kim, *, code: str = "") -> Verdict:
    return can_fill(actor, kim, code=code)


def _office(actor: Actor, kim: Kim) -> Verdict:
    if not (kim.region_id and actor.holds(Role.REGENCY, within=kim.region_id)):
        return Denied("Hanya Diskominfo kabupaten/kota di wilayah KIM ini yang dapat memutuskan.")
    return ALLOWED


def can_approve(actor: Actor, kim: Kim, found: Iterable["Warning"] = ()) -> Verdict:
    """The office of the regency; not while a rule there holds the registration back."""
    blocking = [warning.text for warning in found if warning.is_blocking]
    if blocking:
        return Denied("Aturan wilayah ini menahan pendaftaran: " + " ".join(blocking))
    return _office(actor, kim)


def can_return(actor: Actor, kim: Kim) -> Verdict:
    return _office(actor, kim)


def can_refuse(actor: Actor, kim: Kim) -> Verdict:
    return _office(actor, kim)


def can_dissolve(actor: Actor, kim: Kim) -> Verdict:
    return _office(actor, kim)


def can_suspend(actor: Actor, kim: Kim) -> Verdict:
    """An office over the KIM's village closes its site for the time being; its papers stay its own."""
    if kim.region_id and actor.holds(*OFFICES, within=kim.region_id):
        return ALLOWED
    return Denied("Situs KIM hanya dapat ditutup sementara oleh Diskominfo di wilayahnya atau kantor di atasnya.")


def can_reinstate(actor: Actor, kim: Kim) -> Verdict:
    return can_suspend(actor, kim)


def can_let_in(actor: Actor, kim: Kim) -> Verdict:
    """The office opens a registered KIM that nobody can enter (a list without phone numbers, a lost board)."""
    if kim.stage != Stage.REGISTERED:
        return Denied("Hanya KIM yang terdaftar dapat diundang masuk.")
    return _office(actor, kim)


def can_register_imported(actor: Actor, region_code: str) -> Verdict:
    """The offices above the village bring the KIM they know already."""
    if not actor.holds(*OFFICES, within=region_code):
        return Denied("Hanya Diskominfo di atas desa ini yang dapat memasukkan KIM dari daftarnya.")
    return ALLOWED


def can_accept_decree(actor: Actor, kim: Kim, found: Iterable["Warning"] = ()) -> Verdict:
    return can_approve(actor, kim, found)


def can_return_decree(actor: Actor, kim: Kim) -> Verdict:
    return _office(actor, kim)


def can_edit(actor: Actor, kim: Kim) -> Verdict:
    """The board keeps its own KIM's papers; members see them."""
    if not actor.in_kim(kim.id, Role.BOARD):
        return Denied("Hanya pengurus KIM ini yang dapat mengubahnya.")
    if kim.stage not in (Stage.REGISTERED, Stage.SUSPENDED):
        return Denied("KIM ini tidak lagi terdaftar, jadi datanya tidak dapat diubah.")
    return ALLOWED


def can_submit_decree(actor: Actor, kim: Kim) -> Verdict:
    return can_edit(actor, kim)


def can_see_scan(actor: Actor, kim: Kim, *, code: str = "") -> Verdict:
    """The KIM's people, the offices above it (no drafts), its village head, and the registrant; never the public."""
    if _is_registrant(actor, kim, code) or actor.in_kim(kim.id):
        return ALLOWED
    watches = kim.region_id and actor.holds(*OFFICES, Role.VILLAGE, within=kim.region_id)
    if watches and kim.stage != Stage.DRAFT:
        return ALLOWED
    return Denied("Scan SK hanya untuk KIM ini dan pembinanya.")


# --- what the rules in force say ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Warning:
    """What does not fit a rule. It informs the officer; it holds back only where the region says so."""

    code: str
    text: str
    is_blocking: bool = False


def warnings(kim: Kim, decree: Decree | None, rules: Mapping[str, Rule], today: date, *, people: int) -> list[Warning]:
    """Everything worth a second look before this KIM with `people` members, or its renewed SK, is accepted."""
    found = _of_people(rules["minimum_members"], people)
    if decree is None:
        return [*found, Warning("no_decree", "SK belum diisi.")]
    return [*found, *_of_issuer(rules["decree_issuer_levels"], decree), *_of_term(rules, decree, today)]


def _of_people(rule: Rule, people: int) -> list[Warning]:
    if people >= int(rule.value):
        return []
    words = f"Anggota dan pengurus baru {people} orang. Aturan di wilayah ini: paling sedikit {rule.value} orang."
    return [Warning("few_members", words, rule.is_blocking)]


def _of_issuer(rule: Rule, decree: Decree) -> list[Warning]:
    if decree.issuer_level in rule.value:
        return []
    wanted = " atau ".join(IssuerLevel(level).label for level in rule.value if level in IssuerLevel.values)
    words = f"SK ditetapkan {IssuerLevel(decree.issuer_level).label}. Aturan di wilayah ini: oleh {wanted}."
    return [Warning("issuer_level", words, rule.is_blocking)]


def _of_term(rules: Mapping[str, Rule], decree: Decree, today: date) -> list[Warning]:
    found, rule = [], rules["term_years_max"]
    begins = decree.valid_from or decree.issued_on
    if decree.valid_until is None:
        found.append(Warning("no_end", "SK tidak menyebut sampai kapan berlaku."))
    elif decree.valid_until < today:
        found.append(
            Warning("lapsed", "Masa berlaku SK sudah habis. KIM tetap boleh didaftarkan, dengan status SK habis.")
        )
    if begins and decree.valid_until and decree.valid_until > _years_after(begins, int(rule.value)):
        words = f"Masa berlaku SK lebih dari {rule.value} tahun. Aturan di wilayah ini: paling lama {rule.value} tahun."
        found.append(Warning("long_term", words, rule.is_blocking))
    if begins and begins > today:
        found.append(Warning("not_yet", "SK baru mulai berlaku di kemudian hari."))
    return found


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


# --- what is still missing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Something without which a registration cannot be sent, and the step where it is filled in."""

    step: str
    text: str


def gaps(kim: Kim, decree: Decree | None, seats: Iterable[BoardSeat]) -> list[Gap]:
    """What the registrant still has to fill in, in the order of the steps."""
    wanted = [
        (kim.region_id, "desa", "Desa belum dipilih."),
        (kim.name, "tentang", "Nama KIM belum diisi."),
        (any(seat.position == Position.CHAIR for seat in seats), "pengurus", "Ketua belum diisi."),
        (decree and decree.number, "sk", "Nomor SK belum diisi."),
        (decree and decree.issued_on, "sk", "Tanggal SK belum diisi."),
        (decree and decree.issuer_office, "sk", "Nama kantor yang menetapkan SK belum diisi."),
        (decree and decree.scan_id, "sk", "Foto atau PDF SK belum ada."),
        (kim.understands_no_budget, "periksa", "Pernyataan tentang anggaran belum dicentang."),
    ]
    return [Gap(step, words) for has, step, words in wanted if not has]
