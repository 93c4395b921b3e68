"""Offices on every level, KIM below them, and packets in any stage, for tests."""

from dataclasses import dataclass, field
from typing import Any

from accounts.factories import actor
from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.config import tasks
from kim.dissemination import actions
from kim.dissemination.models import Assignment, Bulletin, Urgency
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.registry.models import Kim
from regions.factories import plant
from registry.factories import kim

VILLAGES = ("35.02.17.1008", "35.02.19.2007", "64.08.04.2001")
FACTS: dict[str, Any] = {
    "agency": "Kementerian Kesehatan", "title": "Imunisasi anak gratis sampai 13 Desember",
    "body": "Semua anak usia 0 sampai 5 tahun bisa datang ke posyandu.", "points": ["Gratis, tanpa mendaftar"],
    "meaning": "", "answers": [], "whatsapp_short": "Imunisasi gratis di posyandu.", "whatsapp_long": "",
    "loudspeaker": "", "caption": "", "urgency": Urgency.USUAL, "info_class": "anytime", "programme": "", "focus": [],
    "valid_from": None, "valid_until": None, "act_by": None, "regulation_id": None,
}  # fmt: skip
REPORT = {
    "channel": "loudspeaker", "held_on": clock.today(), "place": "Masjid Krajan", "questions": "", "heard_low": 100,
    "heard_high": 250, "is_counted": False,
}  # fmt: skip


@dataclass
class Country:
    """Two regencies with KIM in three villages, and an office on each level."""

    kims: list[Kim]
    national: Actor
    second: Actor
    province: Actor
    regency: Actor
    other: Actor
    head: Actor
    boards: list[Actor] = field(default_factory=list)
    members: list[Actor] = field(default_factory=list)

    def draft(self, *places: str, by: Actor | None = None, **facts: Any) -> Bulletin:
        """A packet as its office has just saved it."""
        who = by or self.national
        begun = actions.start(new_id(), actor=who)
        return actions.edit(begun.id, fields=FACTS | facts, targets=places or (who.region_code,), actor=who)

    def issued(self, *places: str, by: Actor | None = None, **facts: Any) -> Bulletin:
        """A packet that has arrived everywhere."""
        bulletin = actions.issue(self.draft(*places, by=by, **facts).id, actor=by or self.national)
        actions.carry_on()
        return bulletin

    def copy(self, bulletin: Bulletin, number: int = 0) -> Assignment:
        return Assignment.objects.get(bulletin=bulletin, kim=self.kims[number])

    def spread(self, bulletin: Bulletin, number: int = 0, **fields: Any) -> Assignment:
        """One KIM has accepted it and reports one way."""
        copy = self.copy(bulletin, number)
        actions.open_(copy.id, actor=self.members[number])
        actions.accept(copy.id, actor=self.boards[number])
        actions.report(new_id(), copy.id, fields=REPORT | fields, actor=self.members[number])
        tasks.carry_errands()
        return self.copy(bulletin, number)


def country() -> Country:
    plant("35.02.17.1009", *VILLAGES)
    kims = [kim(code) for code in VILLAGES]
    made = Country(
        kims=kims,
        national=actor(Role.NATIONAL, "ID", name="Petugas Pusat"),
        second=actor(Role.NATIONAL, "ID", name="Rekan Pusat"),
        province=actor(Role.PROVINCE, "35"),
        regency=actor(Role.REGENCY, "35.02"),
        other=actor(Role.REGENCY, "64.08"),
        head=actor(Role.VILLAGE, VILLAGES[0]),
    )
    for one in kims:
        made.boards.append(actor(Role.BOARD, one.region_id, kim_id=one.id, name=f"Ketua {one.name}"))
        made.members.append(actor(Role.MEMBER, one.region_id, kim_id=one.id, name=f"Anggota {one.name}"))
    return made
