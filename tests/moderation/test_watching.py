"""What the Sistem finds in texts, and what it leaves alone."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from kim.accounts.models import Person
from kim.config import tasks
from kim.demo import stories
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.results import Refused
from kim.ledger.models import Entry
from kim.moderation import actions, queries
from kim.moderation.models import Case, Sighting
from kim.moderation.queries.spotting import readings
from kim.moderation.workflow import Reason, Stage
from kim.publishing import actions as texts
from kim.publishing.models import Article
from kim.registry import actions as registry
from moderation.factories import AD, officer
from publishing.factories import POINTS, house


def grown_up(home) -> None:
    """Nobody of this house is in the first week any more."""
    Person.objects.update(joined_at=clock.now() - timedelta(days=30))


@pytest.mark.parametrize(
    "words",
    [
        AD,
        "5l0t g4c0r hari ini, dijamin m4xwin",
        "Main di 𝗦𝗟𝗢𝗧𝟴𝟴, situs 𝐠𝐚𝐜𝐨𝐫 dan jackpot tiap malam",
        "s.l.o.t g.a.c.o.r bonus deposit",
        "ѕlоt gаcоr terpercaya",
        "SLOOOOT GACOOORR, depo 10k",
        "Prediksi togel malam ini",
        "Selamat, pemenang undian! Kirim kode OTP Anda untuk klaim",
        "Investasi pasti untung, profit harian 10 persen",
    ],
)
def test_advertisements_of_gambling_and_fraud_are_seen_however_they_are_spelled(words):
    assert [clue.reason for clue in queries.clues(f"<p>{words}</p>")] == [Reason.GAMBLING]


@pytest.mark.parametrize(
    "words",
    [
        "Lomba burung murai gacor di lapangan desa, hadiah utama sepeda",
        "Waspada judi online: warga diajak menjauhi judol, kata Babinsa",
        "Bahaya togel dan slot bagi keluarga, KIM mengajak warga berhenti",
        "Slot parkir di balai desa ditambah, jadwal spin off kelompok tani",
        "Hoaks: pesan berantai tentang saldo dana gratis itu penipuan",
        "Depo kayu di RT 02 RW 05 dibuka lagi hari Senin pukul 08.00",
        "Simpan pinjam tanpa jaminan di BUMDes, musyawarah a b c d",
        "",
    ],
)
def test_ordinary_texts_and_warnings_are_left_alone(words):
    assert queries.clues(f"<p>{words}</p>") == []


def test_no_story_of_the_demo_is_a_clue():
    for pattern in stories.patterns():
        assert queries.clues("\n".join(map(str, vars_of(pattern)))) == []


def vars_of(pattern) -> list[object]:
    return [getattr(pattern, name) for name in pattern.__slots__] if hasattr(pattern, "__slots__") else [pattern]


@given(st.text(max_size=300))
def test_any_text_can_be_read(words):
    plain, leet = readings(words)
    assert plain.isascii() and leet.isascii()
    queries.clues(words)
    queries.hosts(words)


def test_a_text_of_links_only_and_a_flood_of_links_are_seen():
    only = " ".join(f"https://situs{n}.example/a" for n in range(3))
    assert queries.clues(only)[0].reason == Reason.LINKS
    flood = " ".join(f"kata kata kata https://situs{n}.example/a" for n in range(9))
    assert "9 tautan" in queries.clues(flood)[0].found
    assert queries.clues("Baca di https://desa.example/kabar dan https://www.kemkes.go.id/ ya " + "kata " * 30) == []


def test_hosts_of_everybody_are_no_strangers():
    found = {"kemkes.go.id", "ngebel.desa.id", "youtu.be", "kim-ngebel.kim.example", "jahat.example"}
    assert queries.strange(found, own="kim.example") == {"jahat.example"}


@pytest.mark.django_db
class TestTheWatch:
    def test_it_queues_and_takes_nothing_down(self):
        home, _ = house(), officer()
        grown_up(home)
        article = home.published(title="Slot gacor malam ini", body=f"{AD}.")
        tasks.carry_errands()
        case = Case.objects.get(subject=article.key)
        assert (case.is_by_system, case.reason, case.reports, case.stage) == (True, "gambling", 0, Stage.WAITING)
        assert "slot gacor" in case.clues and Article.objects.get(pk=article.pk).is_published
        entry = Entry.objects.get(verb="case.opened")
        assert (entry.person_name, entry.person_id) == ("Sistem", None)
        tasks.carry_errands()
        assert Case.objects.count() == 1

    def test_an_ordinary_text_leaves_no_case(self):
        home = house()
        home.published()
        tasks.carry_errands()
        assert not Case.objects.exists() and not Sighting.objects.exists()

    def test_the_judge_who_found_it_harmless_is_not_asked_again(self):
        home, judge = house(), officer()
        grown_up(home)
        home.published(body=f"{AD}.")
        tasks.carry_errands()
        case = actions.claim(Case.objects.get().id, actor=judge)
        actions.dismiss(case.id, note="Kutipan dalam kabar polisi.", actor=judge)
        again = Entry.objects.filter(verb="article.published").get()
        wired = actions.watch({"article.published"})
        wired(again)
        assert Case.objects.count() == 1

    def test_one_strange_host_in_texts_of_many_kims_is_a_case(self):
        villages = ["35.02.17.1008", "35.02.20.2004", "35.02.02.2008", "35.02.01.2010"]
        for n, village in enumerate(villages):
            body = f"Panen raya di desa kami. Selengkapnya di https://jahat.example/{n} ya, Bapak dan Ibu."
            house(village).published(title=f"Panen {n}", body=body)
            tasks.carry_errands()
        case = Case.objects.get()
        assert case.reason == Reason.LINKS and "jahat.example" in case.clues
        with time_machine.travel(clock.now() + timedelta(days=8)):
            assert actions.forget_old() == 4

    def test_the_same_host_in_many_texts_of_one_kim_is_none(self):
        home = house()
        for n in range(6):
            home.published(
                title=f"Panen {n}", body="Selengkapnya di https://koran.example/ ya, Bapak dan Ibu sekalian."
            )
        tasks.carry_errands()
        assert not Case.objects.exists()

    def test_a_changed_number_is_told_to_the_whole_board_and_noted(self):
        home = house(public_phone="+6281211112222")
        registry.edit_profile(home.kim.id, actor=home.board, fields={"public_phone": "+6281233334444"})
        registry.edit_profile(home.kim.id, actor=home.board, fields={"about": "Kami."})
        tasks.carry_errands()
        entry = Entry.objects.get(verb="kim.phone_changed")
        assert (entry.data["earlier"], entry.data["now"]) == ("0812••••222", "0812••••444")
        assert Delivery.objects.filter(person_id=home.board.person_id, text__contains="Nomor WhatsApp").count() == 1


@pytest.mark.django_db
class TestANewcomer:
    def test_waits_for_the_look_when_the_text_looks_like_an_advertisement(self):
        home = house()
        article = home.decided(body=f"{AD}.")
        with pytest.raises(Refused, match="Diskominfo"):
            texts.publish(article.id, points=POINTS, actor=home.editor)
        waiting = texts.request_review(article.id, points=POINTS, actor=home.editor)
        assert texts.publish(waiting.id, actor=home.regency).is_published

    def test_publishes_an_ordinary_text_and_an_old_hand_anything(self):
        home = house()
        assert home.published().is_published
        grown_up(home)
        assert home.published(body=f"{AD}.").is_published

    def test_begins_so_many_texts_a_day_and_a_neighbour_is_not_counted(self, monkeypatch):
        from kim.publishing.actions import writing

        monkeypatch.setattr(writing, "NEWCOMERS_A_DAY", 2)
        home = house()
        home.draft(), home.draft()
        with pytest.raises(Exception, match="terlalu sering"):
            home.draft()
        home.member, home.second = home.second, home.member
        home.draft()
        grown_up(home)
        home.member = home.second
        home.draft()
