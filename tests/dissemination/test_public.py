"""A packet as everybody reads it: its page, its files, the lists, the alarm, and what is left of it once it is withdrawn."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from dissemination.factories import FACTS, Country, country
from kim.accounts.backends import STRONG
from kim.accounts.models import Person
from kim.config.wiring import READABLE
from kim.dissemination import actions, queries
from kim.dissemination.models import Attachment, Bulletin, Target, Urgency
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.media.actions import BadFile
from kim.web.queries import bulletins as pages
from media.factories import jpeg, pdf

pytestmark = pytest.mark.django_db
NGEBEL, NGRAYUN, KUTAI = "35.02.17.1008", "35.02.19.2007", "64.08.04.2001"


@pytest.fixture
def land() -> Country:
    return country()


def read(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def page_of(bulletin: Bulletin, status: int = 200) -> str:
    return read(Bulletin.objects.get(id=bulletin.id).get_absolute_url(), status)


def opens(client: Client, path: str) -> bool:
    """Whether a file is handed out."""
    answer = client.get(path)
    return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def emergency(land: Country, *places: str, **facts) -> Bulletin:
    begun = land.draft(*places, urgency=Urgency.EMERGENCY, **facts)
    actions.request_check(begun.id, actor=land.national)
    return actions.issue(begun.id, actor=land.second)


def office(actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=actor.person_id), backend=STRONG)
    return client


def test_a_packet_gets_its_address_when_it_is_issued_and_keeps_it(land):
    draft = land.draft()
    assert draft.short_code is None
    issued = actions.issue(draft.id, actor=land.national)
    assert queries.is_code(issued.short_code)
    actions.correct(
        issued.id, fields={"title": "Lain", "body": "Isi.", "points": ["Satu"]}, change="Judul.", actor=land.national
    )
    assert Bulletin.objects.get(id=issued.id).short_code == issued.short_code


def test_its_page_says_everything_that_was_written(land):
    rests_on = actions.register(
        region_code="ID", kind="circular", number="14/2026", title="Imunisasi", actor=land.national
    )
    told = page_of(
        land.issued(
            "35.02", answers=[["Bayar?", "Tidak, gratis."]], meaning="Siapkan balai.", urgency="important",
            valid_from=clock.today(), valid_until=clock.today() + timedelta(days=9), regulation_id=rests_on.id,
        )
    )  # fmt: skip
    for words in (
        FACTS["title"], FACTS["body"], FACTS["points"][0], "Kementerian Kesehatan", "pusat", "Penting", "14/2026", "Bayar?",
        "Tidak, gratis.", "Siapkan balai.", "Berlaku", "Kabupaten Ponorogo", "UU 14/2008", 'data-count="bulletin:',
    ):  # fmt: skip
        assert words in told, words
    assert "tidak berlaku lagi" not in told and "dibetulkan" not in told


def test_a_correction_is_told_with_what_changed(land):
    issued = land.issued()
    fields = {"title": "Imunisasi diundur", "body": "Isi.", "points": ["Satu"]}
    actions.correct(issued.id, fields=fields, change="Tanggalnya 14 Desember.", actor=land.national)
    told = page_of(issued)
    assert "Imunisasi diundur" in told and "Tanggalnya 14 Desember." in told and "versi 2" in told


def test_what_is_over_says_so_on_its_page_and_leaves_the_pages_of_places(land):
    over = land.issued(valid_until=clock.today() - timedelta(days=1))
    assert "Info ini tidak berlaku lagi." in page_of(over)
    assert "Tidak berlaku lagi" in read("/info/")
    assert over.title not in read(f"/wilayah/{NGEBEL}/")


def test_a_withdrawn_packet_says_why_and_nothing_else(land):
    issued = land.issued()
    actions.withdraw(issued.id, reason="Tanggalnya keliru.", actor=land.national)
    told = page_of(issued, 410)
    assert "Info ini sudah ditarik" in told and "Tanggalnya keliru." in told and FACTS["body"] not in told
    assert issued.title not in read("/info/") and issued.title not in read(f"/wilayah/{NGEBEL}/")
    assert issued.title not in read("/info/umpan.xml")


def test_what_is_not_issued_is_nowhere(land):
    draft = land.draft()
    Bulletin.objects.filter(id=draft.id).update(short_code="abcdefg")
    read("/info/abcdefg/", 404)
    assert draft.title not in read("/info/")
    assert READABLE["bulletin"]([str(draft.id), "nothing"]) == set()


def test_readers_of_what_is_out_are_counted(land):
    issued = land.issued()
    assert READABLE["bulletin"]([str(issued.id)]) == {str(issued.id)}


@pytest.mark.parametrize(
    ("place", "seen"),
    [("ID", {"nation"}), ("35", {"nation", "province"}), (NGEBEL, {"nation", "province", "district", "twice"}),
     (NGRAYUN, {"nation", "province"}), (KUTAI, {"nation"})],
)  # fmt: skip
def test_a_place_sees_what_was_sent_to_it_or_above_and_each_once(land, place, seen):
    land.issued("ID", title="nation")
    land.issued("35", title="province")
    land.issued("35.02.17", title="district")
    land.issued("35.02.17", NGEBEL, title="twice")
    found = [one.title for one in queries.newest(place)]
    assert set(found) == seen | ({"twice"} if place.startswith("35.02.17") else set())
    assert len(found) == len(set(found))


def test_a_list_leads_on_to_the_first_packet_in_the_order_of_time(land):
    for number in range(7):
        land.issued("ID" if number % 2 else "35.02", title=f"info {number}")
    for place, expected in (("", 7), (NGEBEL, 7), (KUTAI, 3)):
        found, after = [], ""
        while True:
            page = queries.newest(place, after=after, size=2)
            found += [one.title for one in page]
            after = page.next
            if not after:
                break
        assert found == sorted(found, reverse=True) and len(found) == expected
    assert len(queries.newest(NGEBEL, after="kacau", size=9)) == 7


def test_places_that_were_added_on_the_way_see_it_too(land):
    issued = land.issued(NGRAYUN)
    actions.pass_on(issued.id, codes=["35.02.17"], actor=land.regency)
    assert [one.id for one in queries.newest(NGEBEL)] == [issued.id]


def test_a_region_page_shows_the_newest_three_and_leads_to_the_rest(land):
    for number in range(4):
        land.issued(title=f"Info ke {number}")
    told = read(f"/wilayah/{NGEBEL}/")
    assert [f"Info ke {n}" in told for n in range(4)] == [False, True, True, True]
    assert f"/info/?wilayah={NGEBEL}" in told
    assert "Info ke 0" in read(f"/info/?wilayah={NGEBEL}")
    read("/info/?wilayah=99.99", 404)


def test_an_emergency_stands_above_the_pages_of_its_places_while_it_holds(land):
    found = emergency(land, "35.02", title="Tanah bergerak", valid_until=clock.today())
    above = 'aria-label="Pengumuman mendesak"'
    for path, is_there in (
        (f"/wilayah/{NGEBEL}/", True),
        ("/wilayah/35.02/", True),
        ("/wilayah/64/", False),
        ("/", False),
    ):
        told = read(path)
        assert (above in told) is is_there, path
    Bulletin.objects.filter(id=found.id).update(alarm_until=clock.now() - timedelta(seconds=1))
    assert above not in read(f"/wilayah/{NGEBEL}/")


def test_the_alarm_of_an_emergency_ends_with_its_last_day_or_after_three_days(land):
    until = emergency(land, "64", valid_until=clock.today("Asia/Jakarta") + timedelta(days=2)).alarm_until
    assert clock.local(until).date() == clock.today() + timedelta(days=3)
    open_ended = emergency(land)
    assert open_ended.alarm_until == open_ended.issued_at + timedelta(days=3)
    assert land.issued().alarm_until is None
    told = read("/")
    assert 'aria-label="Pengumuman mendesak"' in told


def test_withdrawing_an_emergency_takes_the_alarm_down(land):
    found = emergency(land)
    assert pages.alarm(NGEBEL)
    actions.withdraw(found.id, reason="Sudah aman.", actor=land.national)
    assert pages.alarm(NGEBEL) is None


def test_the_list_of_a_place_is_a_short_walk_for_it_and_for_each_place_above(land):
    land.issued()
    compiled = queries.public._sent_to(5, 9, is_further=False)._compiled()[1]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + compiled.statement, [NGEBEL] * 5)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert plan.count("target_newest") == 5, plan


# Files


def test_a_file_is_private_until_the_packet_is_issued_and_again_once_it_is_withdrawn(land):
    draft = land.draft()
    actions.attach(draft.id, file=pdf("Jadwal_imunisasi.pdf"), actor=land.national)
    actions.attach(draft.id, file=jpeg(name="Poster.jpg", gps=True), actor=land.national)
    paper, poster = queries.attachments_of(draft)
    read(paper.url, 404)
    assert opens(office(land.second), paper.url)
    actions.issue(draft.id, actor=land.national)
    told = page_of(draft)
    assert "Jadwal imunisasi</a> (PDF" in told and f"/berkas/{poster.upload_id}/720.webp" in told
    for attachment in (paper, poster):
        assert opens(Client(), attachment.url)
    actions.withdraw(draft.id, reason="Keliru.", actor=land.national)
    assert not any(opens(Client(), attachment.url) for attachment in (paper, poster))


def test_a_village_head_sees_the_files_of_a_colleague(land):
    draft = land.draft(by=land.head)
    actions.attach(draft.id, file=pdf(), actor=land.head)
    upload = queries.attachments_of(draft)[0].upload
    assert upload.region_code == NGEBEL and upload.purpose == "attachment" and not upload.is_public


def test_five_files_are_the_most_and_only_a_draft_takes_them(land):
    draft = land.draft()
    for _ in range(5):
        actions.attach(draft.id, file=pdf(), actor=land.national)
    with pytest.raises(NotAllowed, match="paling banyak 5"):
        actions.attach(draft.id, file=pdf(), actor=land.national)
    actions.detach(draft.id, attachment_ids=[queries.attachments_of(draft)[0].id], actor=land.national)
    assert Attachment.objects.filter(bulletin=draft).count() == 4
    with pytest.raises(Refused):
        actions.attach(draft.id, file=pdf(), actor=land.province)
    actions.issue(draft.id, actor=land.national)
    with pytest.raises(NotAllowed):
        actions.attach(draft.id, file=pdf(), actor=land.national)


def test_what_is_no_file_is_refused_with_a_sentence(land):
    draft = land.draft()
    with pytest.raises(BadFile, match="bukan PDF atau foto"):
        actions.attach(draft.id, file=SimpleUploadedFile("a.pdf", b"MZ" * 400), actor=land.national)
    assert not queries.attachments_of(draft)


def test_a_file_of_another_packet_is_not_let_go_of(land):
    mine, theirs = land.draft(), land.draft(by=land.regency)
    actions.attach(theirs.id, file=pdf(), actor=land.regency)
    actions.detach(mine.id, attachment_ids=[queries.attachments_of(theirs)[0].id], actor=land.national)
    assert len(queries.attachments_of(theirs)) == 1


def sent(**fields) -> dict:
    usual = {"agency": "Dinas Contoh", "title": "Judul baru", "body": "Isi.", "points": "Satu", "urgency": "usual",
             "info_class": "anytime", "is_everywhere": "on", "kunci": str(new_id())}  # fmt: skip
    return usual | fields


def test_files_come_with_the_words_and_without_scripts(land):
    draft = land.draft()
    write = f"/kantor/info/{draft.id}/tulis/"
    answer = office(land.national).post(write, sent(new_files=[pdf("a.pdf"), pdf("b.pdf")]))
    assert answer.status_code == 302
    kept = queries.attachments_of(draft)
    assert [one.name for one in kept] == ["a", "b"]
    office(land.national).post(write, sent(drop=[kept[0].id]))
    assert [one.name for one in queries.attachments_of(draft)] == ["b"]


def test_wrong_words_lose_no_file_and_a_wrong_file_loses_no_word(land):
    draft = land.draft()
    write = f"/kantor/info/{draft.id}/tulis/"
    shown = office(land.national).post(
        write, sent(agency="", title="Judul yang lama ditulis", new_files=[pdf("a.pdf")])
    )
    assert "Judul yang lama ditulis" in shown.content.decode() and "a.pdf" in shown.content.decode()
    assert len(queries.attachments_of(draft)) == 1
    wrong = SimpleUploadedFile("b.pdf", b"MZ" * 400)
    shown = office(land.national).post(write, sent(title="Judul kedua", new_files=[wrong]))
    assert shown.status_code == 200
    assert "Judul kedua" in shown.content.decode() and "b.pdf: Berkas ini bukan PDF" in shown.content.decode()


def test_a_sixth_file_is_a_sentence_beside_the_field(land):
    draft = land.draft()
    answer = office(land.national).post(
        f"/kantor/info/{draft.id}/tulis/", sent(new_files=[pdf(f"{n}.pdf") for n in range(6)])
    )
    assert "Paling banyak 5 lampiran." in answer.content.decode()
    assert not queries.attachments_of(draft)


def test_the_kim_that_has_it_sees_files_and_kit(land):
    draft = land.draft()
    actions.attach(draft.id, file=pdf("Jadwal.pdf"), actor=land.national)
    actions.issue(draft.id, actor=land.national)
    actions.carry_on()
    copy = land.copy(draft)
    actions.accept(copy.id, actor=land.boards[0])
    client = Client()
    client.force_login(Person.objects.get(id=land.members[0].person_id), backend="kim.accounts.backends.PhoneBackend")
    told = client.get(f"/kerja/info/{copy.id}/").content.decode()
    assert "Jadwal</a> (PDF" in told and f"/k/{Bulletin.objects.get(id=draft.id).short_code}/bagikan/" in told


def test_targets_know_when_their_packet_went_out(land):
    issued = land.issued("35.02", "64.08")
    assert set(Target.objects.values_list("issued_at", flat=True)) == {issued.issued_at}
    actions.withdraw(issued.id, reason="Keliru.", actor=land.national)
    assert set(Target.objects.values_list("issued_at", flat=True)) == {None}
