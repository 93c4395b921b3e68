"""The door readers ask at: without an account, without scripts, and with whatever people and machines send."""

import re
from datetime import timedelta

import pytest
import time_machine

from dissemination.factories import VILLAGES, Country, country
from kim.accounts.backends import PHONE
from kim.accounts.models import Person
from kim.dissemination import actions
from kim.dissemination.forms.asking import AskForm
from kim.dissemination.models import Question
from kim.dissemination.views import asking
from kim.doors.models import Knock
from kim.doors.throttle import line_mark
from kim.kernel import clock
from kim.kernel.ids import new_id

pytestmark = pytest.mark.django_db
ASKED = "Apakah harus puasa dulu?"


@pytest.fixture
def land() -> Country:
    return country()


@pytest.fixture
def page(land) -> str:
    return f"/info/{land.issued().short_code}/tanya/"


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    return found[1] if found else ""


def opened(client, page: str) -> dict[str, str]:
    """The form as a browser without scripts has it, a while after it was opened."""
    with time_machine.travel(clock.now() - timedelta(minutes=1), tick=False):
        html = client.get(page).content.decode()
    return {name: hidden(html, name) for name in ("kunci", "id", "seen")} | {
        "text": ASKED,
        "tempat": "Ngebel",
        "pilihan": VILLAGES[0],
    }


def send(client, page: str, /, **changed):
    return client.post(page, opened(client, page) | changed)


def words(answer) -> str:
    return answer.content.decode()


def test_a_village_is_found_by_its_name_and_the_answer_is_read_by_the_secret_address(client, page, land):
    sent = opened(client, page) | {"tempat": land.kims[0].region.short_name, "pilihan": "", "cari": "1"}
    found = client.post(page, sent)
    assert 'name="pilihan" value="35.02.17.1008"' in words(found) and ASKED in words(found)
    assert "perlu dibetulkan" not in words(found) and not Question.objects.exists()
    del sent["cari"]
    answer = client.post(page, sent | {"pilihan": VILLAGES[0], "name": "Bu Sari"})
    assert answer.status_code == 302 and re.fullmatch(r"/info/tanya/[\w-]{22}/", answer["Location"])
    ticket = client.get(answer["Location"])
    assert ASKED in words(ticket) and land.kims[0].name in words(ticket) and "Bu Sari" not in words(ticket)
    assert "noindex" in words(ticket) and ticket["Cache-Control"] == "private, no-store"
    actions.reply(Question.objects.get().id, text="Tidak perlu.", actor=land.boards[0])
    assert "Tidak perlu." in words(client.get(answer["Location"]))


def test_a_name_that_means_but_one_village_is_enough(client, page):
    code = Question._meta.get_field("region").related_model.objects.get(code=VILLAGES[2])
    assert send(client, page, pilihan="", tempat=code.short_name).status_code == 302
    assert Question.objects.get().region_id == VILLAGES[2]


def test_a_place_nobody_knows_is_asked_again_and_nothing_is_lost(client, page):
    answer = send(client, page, pilihan="", tempat="Xyzzy Plugh", name="Pak Budi")
    assert answer.status_code == 200 and ASKED in words(answer) and "Pak Budi" in words(answer)
    assert "Coba ejaan lain" in words(answer)
    assert send(client, page, pilihan="35.02", tempat="").status_code == 200
    assert not Question.objects.exists()


def test_a_village_that_was_chosen_stays_chosen_while_something_else_is_mended(client, page):
    sent = opened(client, page) | {"text": "Nomor saya 081234567890, kapan?", "tempat": "desa di tepi telaga"}
    html = words(client.post(page, sent))
    assert hidden(html, "kode") == VILLAGES[0] and "Sudah dipilih" in html
    kept = {"kode": hidden(html, "kode"), "kata": hidden(html, "kata"), "pilihan": ""}
    other = client.post(page, sent | kept | {"text": ASKED, "tempat": "Xyzzy Plugh"})
    assert other.status_code == 200 and "Coba ejaan lain" in words(other)  # other words: the choice no longer holds
    assert client.post(page, sent | kept | {"text": ASKED}).status_code == 302
    assert Question.objects.get().region_id == VILLAGES[0]


def test_the_village_of_the_link_is_filled_in(client, page):
    html = words(client.get(f"{page}?desa={VILLAGES[0]}"))
    assert hidden(html, "kode") == VILLAGES[0]
    assert hidden(words(client.get(f"{page}?desa=99.99")), "kode") == ""


def test_the_same_form_many_times_is_one_question_and_one_secret(client, page):
    sent = opened(client, page)
    secrets = {client.post(page, sent)["Location"] for _ in range(5)}
    assert len(secrets) == 1 and Question.objects.count() == 1
    again = client.post(page, sent | {"kunci": str(new_id())})  # somebody who knows the id, but not the key
    assert again.status_code == 409 and "Location" not in again


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"situs": "https://iklan.example"}, "Muat ulang halaman ini"),
        ({"seen": ""}, "Baca lagi pertanyaan Anda"),
        ({"seen": "tanya:1abc:palsu"}, "Baca lagi pertanyaan Anda"),
        ({"text": "https://iklan.example/klik"}, "bukan tautan saja"),
        ({"text": "iklan.example/a www.b.example murah"}, "bukan tautan saja"),
        ({"text": "?!"}, "bukan tautan saja"),
        ({"text": "a" * 10_000}, "500"),
        ({"text": ""}, "belum diisi"),
        ({"text": "Hubungi saya di 0812 3456 7890, kapan?"}, "hapus dulu: Nomor HP"),
        ({"text": "NIK saya 3502171008900001, apakah terdaftar?"}, "hapus dulu: Nomor 16 angka"),
        ({"name": "Budi budi@contoh.id"}, "hapus dulu: Alamat surel"),
    ],
)
def test_what_has_to_be_mended_comes_back_with_everything_typed(client, page, changed, says):
    answer = send(client, page, **changed)
    assert answer.status_code == 200 and says in words(answer)
    assert changed.get("text", ASKED) in words(answer).replace("&quot;", '"')
    assert not Question.objects.exists()


def test_a_form_that_is_back_at_once_was_written_by_no_person(client, page):
    html = words(client.get(page))
    sent = {name: hidden(html, name) for name in ("kunci", "id", "seen")} | {
        "text": ASKED,
        "tempat": "Ngebel",
        "pilihan": VILLAGES[0],
    }
    answer = client.post(page, sent)
    assert answer.status_code == 200 and hidden(words(answer), "seen") == sent["seen"]
    with time_machine.travel(clock.now() + timedelta(seconds=5), tick=False):
        assert client.post(page, sent).status_code == 302


def test_personal_data_may_be_hidden_with_one_tick(client, page):
    text = "Saya di 081234567890 dan a@b.id, apakah harus puasa?"
    assert "hide_traces" in words(send(client, page, text=text))
    assert send(client, page, text=text, hide_traces="on").status_code == 302
    assert Question.objects.get().text == "Saya di [dihapus] dan [dihapus], apakah harus puasa?"


def test_a_threat_is_closed_by_the_kim_and_never_shown_to_others(client, page, land):
    threat = "Awas kalian, rumah kalian akan kami bakar"
    secret = send(client, page, text=threat)["Location"]
    question = Question.objects.get()
    actions.close(question.id, reason="threat", note="Kami catat.", actor=land.boards[0])
    assert "berisi ancaman" in words(client.get(secret)) and "Kami catat." in words(client.get(secret))
    assert threat not in words(client.get(page))


def test_markup_is_only_words(client, page):
    secret = send(client, page, text="<script>alert(1)</script> apa itu <b>puasa</b>?")["Location"]
    assert "<script>alert" not in words(client.get(secret)) and "&lt;script&gt;" in words(client.get(secret))


def test_two_hundred_from_one_line_do_not_hide_the_one_that_is_real(client, page, land):
    form = opened(client, page)
    for number in range(199):
        fresh = {"kunci": str(new_id()), "id": str(new_id()), "text": f"Beli obat kuat nomor {number}"}
        assert client.post(page, form | fresh).status_code == 302
    assert send(client, page).status_code == 302
    assert Question.objects.filter(is_crowded=False).count() == asking.USUAL
    real = Question.objects.get(text=ASKED)
    assert real.is_crowded  # looked at last, and still there
    client.force_login(Person.objects.get(pk=land.boards[0].person_id), backend=PHONE)
    pile = words(client.get("/kerja/info/pertanyaan/?tahap=ramai"))
    assert pile.count('name="ids"') == 20 and "sesudah=" in pile
    ids = list(Question.objects.exclude(id=real.id).values_list("id", flat=True)[:100])
    sent = {"ids": ids, "reason": "spam", "kunci": str(new_id()), "tahap": "ramai"}
    assert client.post("/kerja/info/pertanyaan/tutup/", sent).status_code == 302
    assert Question.objects.filter(stage="closed").count() == 100


def test_one_line_and_one_village_have_an_end(client, page, monkeypatch):
    monkeypatch.setattr(asking, "CROWD", 3)
    for _ in range(3):
        assert send(client, page).status_code == 302
    answer = send(client, page)
    assert answer.status_code == 200 and ASKED in words(answer) and "terlalu sering" in words(answer)
    assert client.post(page, opened(client, page), REMOTE_ADDR="198.51.100.9").status_code == 302
    monkeypatch.setattr(asking, "VILLAGE", 4)
    other = client.post(page, opened(client, page), REMOTE_ADDR="198.51.100.10")
    assert other.status_code == 200 and Question.objects.count() == 4


def test_no_address_is_kept_not_even_for_an_hour(client, page):
    client.post(page, opened(client, page), REMOTE_ADDR="203.0.113.77")
    kept = " ".join(Knock.objects.values_list("bucket", flat=True)) + str(list(Question.objects.values()))
    assert "203.0.113.77" not in kept and f"tanya:{line_mark('203.0.113.77')}" in kept


def test_a_mark_is_shared_by_thousands_of_lines_and_the_same_for_one():
    assert line_mark("203.0.113.7") == line_mark("203.0.113.7") and len(line_mark("203.0.113.7")) == 5
    assert line_mark("2001:db8:1:2::1") == line_mark("2001:db8:1:2::ffff") != line_mark("2001:db8:1:3::1")
    assert len({line_mark(f"10.{a}.{b}.1") for a in range(40) for b in range(50)}) > 1990


def test_whoever_is_signed_in_asks_like_everybody(client, page, land):
    client.force_login(Person.objects.get(pk=land.boards[1].person_id), backend=PHONE)
    assert send(client, page).status_code == 302
    assert land.boards[1].name not in str(Question.objects.values().get())


def test_a_withdrawn_packet_says_so_and_a_draft_is_nowhere(client, page, land):
    bulletin = land.kims[0] and land.issued()
    actions.withdraw(bulletin.id, reason="Jadwalnya keliru.", actor=land.national)
    answer = client.get(f"/info/{bulletin.short_code}/tanya/")
    assert "Jadwalnya keliru." in words(answer) and "<textarea" not in words(answer)
    for path in ("/info/tidak-ada/tanya/", "/info/None/tanya/", "/info/tanya/tebakan/", "/info/tanya/tanya/"):
        assert client.get(path).status_code == 404


def test_answered_themes_stand_above_nobody_and_raw_questions_nowhere(client, page, land):
    send(client, page, text="Kapan jadwal suntik anak saya yang nakal?")
    question = Question.objects.get()
    actions.pass_up(question.id, actor=land.boards[0])
    theme = actions.group(
        question.bulletin_id, question="Kapan jadwalnya?", question_ids=[question.id], actor=land.national
    )
    assert "Kapan jadwalnya?" not in words(client.get(page))
    actions.answer(theme.id, text="Setiap Selasa.", actor=land.national)
    shown = words(client.get(page))
    assert "Kapan jadwalnya?" in shown and "Setiap Selasa." in shown and "nakal" not in shown


def test_a_form_without_data_asks_for_nothing_it_does_not_need():
    assert {name for name, field in AskForm().fields.items() if field.required} == {"text", "tempat"}
