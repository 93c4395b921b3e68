"""The desk in a browser without scripts: every step by plain forms, every mistake kept on the page."""

import pytest
from django.test import Client

from kim.accounts.backends import PHONE, STRONG
from kim.kernel.ids import new_id
from kim.publishing import actions
from kim.publishing.models import Article
from kim.publishing.workflow import Stage
from publishing.factories import POINTS, WORDS, House, house, jpeg, person_of

pytestmark = pytest.mark.django_db
FORM = WORDS | {"kind": "news", "version": "0", "then": "selesai"}


@pytest.fixture
def h():
    return house()


def browser(who) -> Client:
    client = Client()
    client.force_login(person_of(who), backend=STRONG if who.is_official else PHONE)
    return client


def desk(article: Article, page: str = "") -> str:
    return f"/kerja/kabar/{article.id}/{page}"


def test_from_choosing_a_kind_to_a_published_text_by_forms_alone(h: House):
    writer, editor, board = browser(h.member), browser(h.editor), browser(h.board)
    assert "Pengumuman" in writer.get("/kerja/tulis/").content.decode()
    article_id = new_id()
    url = f"/kerja/kabar/{article_id}/"
    assert writer.get(f"{url}tulis/?jenis=news").status_code == 200
    photo = {"photo": jpeg(), "photo_alt": "Tiga durian", "photo_consent": "on"}
    assert writer.post(f"{url}tulis/", FORM | photo).headers["Location"] == url
    page = writer.get(url).content.decode()
    assert "Ajukan untuk dibahas" in page and 'alt="Tiga durian"' in page
    assert writer.post(f"{url}bahas/mulai/").status_code == 302
    writer.post(f"{url}bahas/pesan/", {"text": "Sudah benar semua?", "is_question": "on"})
    editor.post(f"{url}bahas/sikap/", {"side": "agree"})
    room = board.get(f"{url}bahas/").content.decode()
    assert "Sudah benar semua?" in room and "1 dari 4" in room and "Bagus setuju" in room
    board.post(f"{url}bahas/putuskan/", {"outcome": "spread", "minutes": "Setuju.", "revision": "2"})
    assert Article.objects.get().stage == Stage.DECIDED
    assert editor.get(f"{url}periksa/").status_code == 200
    page = editor.post(f"{url}periksa/", {"points": POINTS[:3], "do": "terbit"}).content.decode()
    assert "Centang 2 lagi" in page
    editor.post(f"{url}periksa/", {"points": POINTS, "do": "terbit"})
    article = Article.objects.select_related("kim").get()
    assert article.is_published
    assert article.get_absolute_url() in writer.get(url).content.decode()


@pytest.mark.parametrize(
    "page", ["", "tulis/", "bahasa/", "riwayat/", "riwayat/1/", "bahas/", "periksa/", "ralat/", "hak-jawab/", "tarik/"]
)
@pytest.mark.parametrize("stage", ["draft", "discussed", "decided", "reviewed", "published", "urgent", "withdrawn"])
def test_every_page_of_a_text_opens_at_every_stage(h, page, stage):
    if stage == "withdrawn":
        article = actions.unpublish(h.published().id, category="wrong", reason="Keliru.", actor=h.regency)
    else:
        article = getattr(h, stage)()
    for_board = page in ("ralat/", "hak-jawab/", "tarik/")
    assert browser(h.member).get(desk(article, page)).status_code == (403 if for_board else 200)
    assert browser(h.board).get(desk(article, page)).status_code == 200


def test_another_kim_and_an_office_find_nothing_at_the_desk(h):
    article = h.draft()
    stranger = browser(house("61.12.01.2001").board)
    for page in ("", "tulis/", "bahas/", "periksa/", "riwayat/", "ralat/"):
        assert stranger.get(desk(article, page)).status_code == 404
        assert browser(h.regency).get(desk(article, page)).status_code == 403
    assert browser(h.regency).get(f"/kantor/kabar/{article.id}/").status_code == 404


def test_a_title_of_ten_thousand_letters_comes_back_whole(h):
    page = browser(h.member).post(f"/kerja/kabar/{new_id()}/tulis/", FORM | {"title": "a" * 10_000}).content.decode()
    assert "Ada yang perlu dibetulkan" in page and "a" * 10_000 in page
    assert Article.objects.count() == 0


@pytest.mark.parametrize("year", ["1890", "2190"])
def test_a_date_out_of_time_is_doubted_in_words(h, year):
    data = FORM | {"kind": "activity", "held_on": f"{year}-05-01", "place": "Balai desa"}
    page = browser(h.member).post(f"/kerja/kabar/{new_id()}/tulis/", data).content.decode()
    assert f"Tahun {year} sepertinya keliru" in page


def test_a_double_click_writes_one_text(h):
    article_id, key = new_id(), str(new_id())
    client = browser(h.member)
    for _ in range(2):
        assert client.post(f"/kerja/kabar/{article_id}/tulis/", FORM | {"kunci": key}).status_code == 302
    assert Article.objects.get().revisions.count() == 1


@pytest.mark.parametrize("path", ["bahas/pesan/", "bahas/sikap/", "bahas/mulai/"])
def test_a_double_click_happens_once(h, path):
    article = h.draft() if path.endswith("mulai/") else h.discussed()
    data = {"text": "Halo", "side": "agree", "kunci": str(new_id())}
    client = browser(h.member)
    answers = [client.post(desk(article, path), data) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_a_conflict_shows_both_texts_and_saving_again_is_on_purpose(h):
    article = h.draft()
    browser(h.second).post(desk(article, "tulis/"), FORM | {"version": "1", "body": "Tulisan Suyatno"})
    answer = browser(h.member).post(desk(article, "tulis/"), FORM | {"version": "1", "body": "Tulisan Hartini"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tulisan Suyatno" in page and "Tulisan Hartini" in page and 'name="version" value="2"' in page
    browser(h.member).post(desk(article, "tulis/"), FORM | {"version": "2", "body": "Gabungan"})
    assert Article.objects.get().body == "<p>Gabungan</p>"


def test_autosave_answers_in_json(h):
    client, article_id = browser(h.member), new_id()
    url = f"/kerja/kabar/{article_id}/simpan/"
    first = client.post(url, FORM | {"title": "", "kunci": str(new_id())})
    assert first.status_code == 200 and first.json()["version"] == 1 and "." in first.json()["saved_at"]
    browser(h.second).post(f"/kerja/kabar/{article_id}/tulis/", FORM | {"version": "1", "body": "lain"})
    late = client.post(url, FORM | {"version": "1", "body": "terlambat", "kunci": str(new_id())})
    assert late.status_code == 409 and "Suyatno" in late.json()["detail"]
    too_long = client.post(url, FORM | {"version": "2", "title": "a" * 200})
    assert too_long.status_code == 422 and "aman" in too_long.json()["detail"]
    assert client.get(url).status_code == 405


def test_a_bad_photo_keeps_the_words(h):
    fake = type(jpeg())("x.jpg", b"MZ" * 300, "image/jpeg")
    page = browser(h.member).post(f"/kerja/kabar/{new_id()}/tulis/", FORM | {"photo": fake}).content.decode()
    assert "Tulisan Anda aman" in page and WORDS["title"] in page
    assert Article.objects.get().title == WORDS["title"]


def test_photo_buttons_save_the_words_too(h):
    article = h.draft()
    photo = actions.add_photo(article.id, file=jpeg(), actor=h.member)
    data = FORM | {"version": "1", "title": "Judul baru", "photo_id": str(photo.id), f"alt-{photo.id}": "Kebun"}
    browser(h.member).post(desk(article, "tulis/"), data | {"photo_step": f"remove:{photo.id}", "then": ""})
    article.refresh_from_db()
    assert (article.title, article.cover_id, article.photos.count()) == ("Judul baru", None, 0)


def test_the_page_says_when_somebody_else_is_writing(h):
    article = h.draft()
    browser(h.member).get(desk(article, "tulis/"))
    assert "Hartini juga sedang menyunting" in browser(h.second).get(desk(article, "tulis/")).content.decode()


def test_the_history_shows_differences_without_trusting_them(h):
    article = h.draft(body="Harga <b>Rp40.000</b>")
    client = browser(h.member)
    client.post(desk(article, "tulis/"), FORM | {"version": "1", "title": "<script>alert(1)</script>"})
    page = client.get(desk(article, "riwayat/2/")).content.decode()
    assert "<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>" in page and "<script>alert" not in page
    client.post(desk(article, "riwayat/1/"))
    assert Article.objects.get().title == WORDS["title"]


def test_hints_are_there_without_scripts(h):
    article = h.draft(body="Dalam rangka HUT desa dilaksanakan sosialisasi.")
    page = browser(h.member).get(desk(article, "bahasa/")).content.decode()
    assert "Lebih sederhana: untuk." in page and "Kata kantor" in page


def test_the_second_decider_gets_a_409_page(h):
    article = h.discussed()
    data = {"outcome": "spread", "revision": "1"}
    client = browser(h.board)
    assert client.post(desk(article, "bahas/putuskan/"), data).status_code == 302
    assert client.post(desk(article, "bahas/putuskan/"), data).status_code == 409


def test_the_desk_lists_what_waits_for_me(h):
    h.discussed(title="Kabar dibahas")
    h.decided(title="Kabar siap")
    h.draft(title="Konsep sendiri")
    member = browser(h.member).get("/kerja/").content.decode()
    assert "Bahas bersama: Kabar dibahas" in member and "Lanjutkan menulis: Konsep sendiri" in member
    assert "Periksa dan terbitkan: Kabar siap" not in member
    assert "Periksa dan terbitkan: Kabar siap" in browser(h.board).get("/kerja/").content.decode()
    assert browser(h.regency).get("/kerja/").headers["Location"] == "/kantor/"
    for shelf in ("", "konsep", "dibahas", "siap", "terbit", "ditarik", "ngawur"):
        assert browser(h.member).get(f"/kerja/kabar/?rak={shelf}").status_code == 200
    assert "Kabar dibahas" in browser(h.member).get("/kerja/bahas/").content.decode()


def test_the_desk_asks_a_constant_number_of_questions(h, django_assert_max_num_queries):
    client = browser(h.board)
    for number in range(12):
        h.discussed(title=f"Kabar {number}")
    for address in ("/kerja/", "/kerja/kabar/", "/kerja/bahas/"):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)


def test_the_office_looks_returns_publishes_and_takes_down():
    h = house(published_count=0)
    one, two = h.reviewed(title="Kabar pertama"), h.reviewed(title="Kabar kedua")
    client = browser(h.regency)
    assert "Kabar pertama" in client.get("/kantor/kabar/").content.decode()
    page = client.get(f"/kantor/kabar/{one.id}/").content.decode()
    assert "Terbitkan" in page and "Ubah tulisan" not in page
    assert "Apa yang perlu" in client.post(f"/kantor/kabar/{two.id}/kembalikan/", {"note": ""}).content.decode()
    client.post(f"/kantor/kabar/{two.id}/kembalikan/", {"note": "Sebut sumber."})
    client.post(f"/kantor/kabar/{one.id}/terbitkan/")
    client.post(f"/kantor/kabar/{one.id}/tarik/", {"category": "wrong", "reason": "Keliru angka."})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.stage, two.stage) == (Stage.UNPUBLISHED, Stage.RETURNED)
    assert "Keliru angka." in browser(h.member).get(desk(one)).content.decode()
    assert client.post(f"/kantor/kabar/{one.id}/pulihkan/").status_code == 302
    for shelf in ("terbit", "ditarik"):
        assert client.get(f"/kantor/kabar/?rak={shelf}").status_code == 200


def test_a_person_without_kim_is_shown_the_way(h):
    stranger = person_of(h.second)
    stranger.mandates.all().delete()
    client = Client()
    client.force_login(stranger, backend=PHONE)
    assert "Daftarkan KIM" in client.get("/kerja/").content.decode()


def test_urgent_by_forms(h):
    article = h.draft(kind="notice", is_urgent=True)
    editor = browser(h.editor)
    assert "Terbitkan karena mendesak" in editor.get(desk(article, "periksa/")).content.decode()
    editor.post(desk(article, "periksa/"), {"points": POINTS, "do": "mendesak"})
    article.refresh_from_db()
    assert article.awaits_discussion
    browser(h.board).post(desk(article, "bahas/putuskan/"), {"outcome": "reject", "revision": "1"})
    article.refresh_from_db()
    assert article.is_withdrawn


def test_scheduling_and_holding_by_forms(h):
    article, editor = h.decided(), browser(h.editor)
    data = {"points": POINTS, "do": "jadwal"}
    assert "Jam terbit" in editor.post(desk(article, "periksa/"), data).content.decode()
    editor.post(desk(article, "periksa/"), data | {"on": "2190-01-01", "at": "07:00"})
    article.refresh_from_db()
    assert article.stage == Stage.SCHEDULED
    assert "07.00 WIB" in editor.get(desk(article)).content.decode()
    editor.post(desk(article, "tahan/"))
    article.refresh_from_db()
    assert article.stage == Stage.DECIDED


def test_ralat_and_hak_jawab_by_forms(h):
    article, editor = h.published(), browser(h.editor)
    data = {
        "title": article.title,
        "gist": article.gist,
        "body": "Yang benar 115.",
        "ralat": "Tertulis 105.",
        "version": "1",
    }
    assert editor.post(desk(article, "ralat/"), data).status_code == 302
    assert editor.post(desk(article, "hak-jawab/"), {"name": "Pak Contoh", "text": "Bukan begitu."}).status_code == 302
    assert "Bukan begitu." in editor.get(desk(article)).content.decode()
    late = editor.post(desk(article, "ralat/"), data | {"body": "lain"}).content.decode()
    assert "lebih dulu" in late


def test_the_room_says_what_each_decision_does(h: House):
    page = browser(h.board).get(desk(h.discussed(), "bahas/")).content.decode()
    for words in ("boleh terbit", "dengan catatan KIM di bawahnya", "Kembali jadi konsep", "Tidak disebarkan"):
        assert words in page


def test_after_a_decision_its_consequence_is_said_and_the_minutes_stay_at_hand(h: House):
    article = h.discussed()
    said = {"outcome": "postpone", "minutes": "Tunggu harga bahan.", "revision": article.revision}
    page = browser(h.board).post(desk(article, "bahas/putuskan/"), said, follow=True).content.decode()
    assert "Tulisan kembali jadi konsep." in page
    assert "Keputusan terakhir: tunda" in page
    assert "Tunggu harga bahan." in page
    assert "Buka pembahasan" in page


def test_the_checklist_is_not_called_optional(h: House):
    page = browser(h.editor).get(desk(h.decided(), "periksa/")).content.decode()
    legend = page.partition("Daftar periksa")[2].partition("</legend>")[0]
    assert "boleh kosong" not in legend


@pytest.mark.parametrize(
    ("sent", "label"), [({}, "kim"), ({"source": "citizen"}, "citizen"), ({"source": "ngawur"}, None)]
)
def test_a_text_says_whose_voice_it_is(h, sent, label):
    client, article_id = browser(h.member), new_id()
    client.post(f"/kerja/kabar/{article_id}/tulis/", FORM | sent)
    found = Article.objects.filter(id=article_id).first()
    assert (found.source if found else None) == label
