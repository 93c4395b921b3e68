"""Offices on every level, KIM below them, and claims in any stage, for tests."""

from dataclasses import dataclass, field
from typing import Any

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Role
from kim.clarification import actions
from kim.clarification.models import Claim, Handout, Report
from kim.clarification.workflow import Stage
from kim.config import tasks
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.registry.models import Kim
from regions.factories import plant
from registry.factories import kim

VILLAGES = ("35.02.17.1008", "35.02.19.2007", "64.08.04.2001")
MESSAGE = (
    "Mulai tanggal 1 bulan depan semua warga yang tidak punya kartu sehat akan didenda 500 ribu rupiah dan tidak bisa "
    "mengurus surat di kantor desa. Tolong segera diurus sebelum terlambat, loketnya hanya buka sampai hari Jumat."
)
OTHER = (
    "Besok pagi listrik padam dua hari di seluruh kabupaten karena gardu utama meledak. Siapkan air bersih, lilin, dan "
    "makanan, karena pompa air dan pasar juga akan tutup sampai gardunya selesai diperbaiki petugas."
)
ANSWER: dict[str, Any] = {
    "verdict": "false", "title": "Warga tanpa kartu sehat didenda mulai bulan depan",
    "gist": "Tidak ada denda. Surat desa tetap bisa diurus tanpa kartu sehat.",
    "explanation": "Kami bertanya kepada kantor yang berwenang. Aturan seperti itu tidak ada.",
    "evidence": [["https://contoh.go.id/penjelasan", "Penjelasan resmi"]], "agency": "Diskominfo Contoh",
}  # fmt: skip
SPREAD: dict[str, Any] = {
    "channel": "whatsapp", "held_on": clock.today(), "place": "Grup RT 02", "questions": "", "heard_low": 50, "heard_high": 100,
    "is_counted": False,
}  # fmt: skip
POINTS = {"source": ("differs", "Tidak ada nama pengirimnya"), "date": ("unknown", "")}


@dataclass
class Country:
    """Two regencies with KIM in three villages, and an office on each level."""

    kims: list[Kim]
    national: Actor
    province: Actor
    regency: Actor
    other: Actor
    head: Actor
    boards: list[Actor] = field(default_factory=list)
    members: list[Actor] = field(default_factory=list)

    def asked(self, text: str = MESSAGE, *, place: str = VILLAGES[0], by: Actor = ANONYMOUS, **more: Any) -> Report:
        return actions.ask(new_id(), region_code=place, text=text, actor=by, **more)

    def at(self, stage: str, text: str = MESSAGE) -> Claim:
        """A claim of the first village in that stage."""
        claim_id = self.asked(text).claim_id
        if stage == Stage.SET_ASIDE:
            return actions.set_aside(claim_id, reason="Ini pendapat.", actor=self.regency)
        if stage == Stage.FOLDED:
            into = self.asked(OTHER).claim_id
            return actions.fold(claim_id, into_id=into, reason="Pesan yang sama.", actor=self.regency)
        if stage in (Stage.CHECKED, Stage.SENT):
            actions.check(claim_id, points=POINTS, actor=self.members[0])
        if stage == Stage.SENT:
            actions.send(claim_id, actor=self.boards[0])
        if stage in (Stage.ANSWERED, Stage.WITHDRAWN):
            actions.judge(claim_id, fields=ANSWER, actor=self.regency)
        if stage == Stage.WITHDRAWN:
            actions.withdraw(claim_id, reason="Kami keliru.", actor=self.regency)
        return Claim.objects.get(id=claim_id)

    def answered(self, *places: str, text: str = MESSAGE) -> Claim:
        """An answered claim that was asked in these villages, and has come to their KIM."""
        for place in places or VILLAGES:
            claim_id = self.asked(text, place=place).claim_id
        actions.judge(claim_id, fields=ANSWER, actor=self.national)
        actions.carry_on()
        return Claim.objects.get(id=claim_id)

    def handout(self, claim: Claim, number: int = 0) -> Handout:
        return Handout.objects.get(claim=claim, kim=self.kims[number])

    def spread(self, claim: Claim, number: int = 0, **fields: Any) -> Handout:
        """The KIM of that village has passed it on, and the ledger was heard."""
        actions.spread(new_id(), self.handout(claim, number).id, fields=SPREAD | fields, actor=self.members[number])
        tasks.carry_errands()
        return self.handout(claim, number)


def country() -> Country:
    plant("35.02.17.1009", *VILLAGES)
    kims = [kim(code) for code in VILLAGES]
    made = Country(
        kims=kims,
        national=actor(Role.NATIONAL, "ID", name="Petugas Pusat"),
        province=actor(Role.PROVINCE, "35"),
        regency=actor(Role.REGENCY, "35.02"),
        other=actor(Role.REGENCY, "64.08"),
        head=actor(Role.VILLAGE, VILLAGES[0]),
    )
    for one in kims:
        made.boards.append(actor(Role.BOARD, one.region_id, kim_id=one.id, name=f"Ketua {one.name}"))
        made.members.append(actor(Role.MEMBER, one.region_id, kim_id=one.id, name=f"Anggota {one.name}"))
    return made
