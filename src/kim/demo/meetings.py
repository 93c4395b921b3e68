"""A shared difficulty of the demo village on its way, another one settled, and the meeting that decided about them."""

from kim.accounts.models import Role
from kim.aspirations.models import Aspiration
from kim.deliberation import actions
from kim.deliberation.models import Meeting, Problem
from kim.demo.aspirations import HOME, acting
from kim.kernel import clock
from kim.kernel.ids import new_id

DIFFICULTIES = (
    ("Saluran irigasi tersumbat tiap kemarau", "water", "Sawah di hilir kering sejak Agustus."),
    ("Jalan ke pasar lama gelap malam hari", "light", ""),
)


def deliberate() -> None:
    """Named with the voices that tell of it, decided in the village hall, worked on; the other one is settled."""
    head = acting(Role.VILLAGE, HOME)
    voices = list(Aspiration.objects.filter(is_demo=True, region_id=HOME).values_list("id", flat=True)[:5])
    first, second = (
        actions.name(
            new_id(),
            fields={"title": title, "category": about, "text": text},
            voices=voices if text else (),
            actor=head,
        )
        for title, about, text in DIFFICULTIES
    )
    words = {
        "topic": "Irigasi dan penerangan jalan", "held_on": clock.today(), "place": "Balai desa", "present": 42,
        "women": 19, "minutes": "Warga hilir minta giliran air. Pemuda dusun bersedia memasang lampu.",
    }  # fmt: skip
    meeting = actions.hold(new_id(), fields=words, actor=head)
    for problem, decided, who in (
        (first, "Kerja bakti membersihkan saluran tiap Sabtu pagi.", "Kelompok tani dan karang taruna"),
        (second, "Enam lampu surya dipasang dari iuran warga.", "Karang taruna"),
    ):
        fields = {"text": decided, "who": who}
        actions.resolve(new_id(), meeting.id, fields=fields, problem_id=problem.id, actor=head)
    actions.act(first.id, plan="Kelompok tani membawa alat, karang taruna mengatur giliran.", actor=head)
    actions.settle(second.id, result="Enam lampu menyala sejak Jumat.", actor=head)


def remove(persons: list) -> list[str]:
    """What these people of the demo named and held is gone; returns the keys the ledger knows it by."""
    problems, meetings = Problem.objects.filter(named_by__in=persons), Meeting.objects.filter(by__in=persons)
    keys = [f"problem:{one}" for one in problems.values_list("id", flat=True)]
    keys += [f"meeting:{one}" for one in meetings.values_list("id", flat=True)]
    meetings.delete()
    problems.delete()
    return keys
