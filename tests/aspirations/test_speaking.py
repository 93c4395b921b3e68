"""Speaking up at the door: without account, cookie or script, whatever is sent; and nothing of who it was stays."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.factories import actor
from aspirations.factories import VILLAGE, let_out, voice
from aspirations.sounds import ogg, webm
from kim.accounts.backends import PHONE
from kim.accounts.models import Person, Role
from kim.aspirations import actions
from kim.aspirations.models import Aspiration, Attachment
from kim.doors.models import Knock
from kim.media.models import Upload
from media.factories import jpeg
from regions.factories import plant
from registry.factories import kim

pytestmark = pytest.mark.django_db
WRITE = "/aspirasi/tulis/"
WORDS = "Jalan ke pasar berlubang sejak awal bulan, dua orang jatuh dari motor."
STEP_1 = {"langkah": "1", "kind": "complaint", "text": WORDS}
STEP_2 = {"langkah": "2", "tempat": "Bangunsari", "kode": VILLAGE, "place": "Depan masjid", "category": "road"}
STEP_3 = {"langkah": "3", "privacy": "anonymous"}
ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def here():
    plant(VILLAGE)


@pytest.fixture
def anybody() -> Client:
    """A phone without scripts, strict about tokens, that says from where it comes."""
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="HP-Telltale/9")


def hidden(page: str) -> dict[str, list[str]]:
    """What a page without scripts sends along."""
    form = re.search(r'<form[^>]*action="/aspirasi/tulis/".*?</form>', page, re.DOTALL)[0]
    found: dict[str, list[str]] = {}
    for box in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', box), re.search(r'value="([^"]*)"', box)
        found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def walked(client: Client, *steps: dict, first: dict | None = None) -> str:
    """The page after these steps, each with what the page before sent along."""
    page = client.get("/aspirasi/").content.decode()
    for step in steps:
        along = {name: value for name, value in hidden(page).items() if name not in step}
        answer = client.post(WRITE, along | step)
        page = answer.content.decode()
        assert answer.status_code == 200
    return page


def test_three_steps_without_account_cookie_or_script(anybody):
    page = walked(anybody, STEP_1, STEP_2, STEP_3)
    made = Aspiration.objects.get()
    assert made.text == WORDS and made.region_id == VILLAGE and made.place == "Depan masjid"
    assert made.shown_number in page
    secret = re.search(r'name="kode" value="([a-z2-9]{10})"', page)[1]
    assert "-".join((secret[:4], secret[4:7], secret[7:])) in page
    assert not anybody.cookies
    own = anybody.post("/lacak/buka/", {"nomor": made.shown_number, "kode": secret})
    assert WORDS in own.content.decode() and not anybody.cookies


def test_the_same_page_sent_again_shows_the_same_number(anybody):
    page = walked(anybody, STEP_1, STEP_2)
    last = hidden(page) | STEP_3
    pages = {re.search(r"\d{4}-\d{3}-\d{3}", anybody.post(WRITE, last).content.decode())[0] for _ in range(4)}
    assert len(pages) == 1 and Aspiration.objects.count() == 1


def test_two_people_who_got_the_same_kept_page_are_two(anybody):
    for _ in range(2):
        walked(anybody, STEP_1, STEP_2, STEP_3)
    assert Aspiration.objects.count() == 2
    assert anybody.get("/aspirasi/").content == anybody.get("/aspirasi/").content


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "apa"}, {"text": ""}, {"text": "https://a.example/x www.b.example/y"}, {"text": "a" * 4001},
        {"text": "👍👍👍"},
    ],
)  # fmt: skip
def test_what_was_typed_comes_back_with_a_sentence(anybody, wrong):
    page = walked(anybody, STEP_1 | wrong)
    assert "Langkah 1 dari 3" in page and "yang perlu dibetulkan" in page
    assert wrong.get("text", WORDS) in page


def test_a_village_is_found_by_name_without_scripts(anybody):
    page = walked(anybody, STEP_1, STEP_2 | {"kode": ""})
    assert "Langkah 2 dari 3" in page and f'value="{VILLAGE}"' in page and "Depan masjid" in page
    page = walked(anybody, STEP_1, STEP_2 | {"kode": "", "pilihan": VILLAGE})
    assert "Langkah 3 dari 3" in page
    page = walked(anybody, STEP_1, STEP_2 | {"kode": "", "tempat": "Xyzzyabc"})
    assert "Tidak ada desa" in page and "Xyzzyabc" in page


def test_one_may_go_back_and_nothing_is_lost(anybody):
    page = walked(anybody, STEP_1, STEP_2, STEP_3 | {"reporter_name": "Sari", "ubah": "1"})
    assert WORDS in page
    kept = hidden(page)
    assert kept["place"] == ["Depan masjid"] and kept["reporter_name"] == ["Sari"] and kept["kode"] == [VILLAGE]


def test_pictures_and_a_voice_note_are_taken_once_and_kept_private(anybody):
    sound = SimpleUploadedFile("rahasia-sari.webm", webm(), "audio/webm")
    brought = {"foto": [jpeg(400, 300, gps=True, name="sari.jpg"), jpeg(300, 300)], "suara": sound}
    page = walked(anybody, STEP_1, STEP_2 | brought, STEP_3)
    made = Aspiration.objects.get()
    kept = [one.upload for one in made.attachments.all()]
    assert sorted(one.purpose for one in kept) == ["evidence", "evidence", "voice"]
    assert not [one for one in kept if one.is_public or one.owner_id or "sari" in one.name or one.region_code]
    assert "Terkirim" in page
    for one in kept:
        assert anybody.get(f"/berkas/{one.id}/").status_code == 404
    for attachment in made.attachments.all():
        assert anybody.get(f"/aspirasi/berkas/{attachment.id}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "data", "words"),
    [
        ("foto", b"\xff\xd8\xff\xe0" + bytes(50), "bukan gambar"), ("suara", ogg(3600), "60 menit"), ("suara", webm(lost=5), "rusak"),
        ("suara", b"#!AMR\n" + bytes(99), "belum bisa dibuka"), ("suara", ogg() + bytes(3_000_000), "terlalu besar"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_kindly_and_the_good_one_beside_it_stays(anybody, field, data, words):
    bad = SimpleUploadedFile("x", data)
    good = {"foto": jpeg(300, 200)} if field == "suara" else {"suara": SimpleUploadedFile("y", ogg())}
    page = walked(anybody, STEP_1, STEP_2 | good | {field: bad})
    assert "Langkah 2 dari 3" in page and words in page
    assert len(hidden(page)["berkas"]) == 1 and Upload.objects.count() == 1
    assert WORDS in page


def test_no_more_than_three_pictures_and_one_may_be_dropped(anybody):
    page = walked(anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90) for _ in range(4)]})
    assert "Paling banyak 3 foto" in page
    page = walked(anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90)], "cari": "1"})
    token = hidden(page)["berkas"][0]
    page = anybody.post(WRITE, hidden(page) | STEP_2 | {"buang": token}).content.decode()
    assert "berkas" not in hidden(page)


def test_a_forged_file_token_is_nothing(anybody):
    upload = actions.bring(jpeg(90, 90), "evidence")
    walked(anybody, STEP_1, STEP_2, STEP_3 | {"berkas": [str(upload), "a:b:c"]})
    assert Aspiration.objects.get().attachments.count() == 0


def test_a_file_belongs_to_the_first_voice_it_came_with(anybody):
    page = walked(anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90)]})
    last = hidden(page) | STEP_3
    anybody.post(WRITE, last)
    anybody.post(WRITE, last | {"id": str(uuid4())})
    assert Aspiration.objects.count() == 2 and Attachment.objects.count() == 1


def test_files_of_a_voice_that_was_never_sent_are_gone_after_a_day(anybody):
    walked(anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90)]})
    assert actions.forget_loose() == 0
    Upload.objects.update(created_at="2026-01-01T00:00Z")
    assert actions.forget_loose() == 1 and not Upload.objects.exists()


def test_about_the_village_office_it_goes_past_the_village(anybody):
    walked(anybody, STEP_1, STEP_2, STEP_3 | {"passes_village": "on"})
    made = Aspiration.objects.get()
    assert made.holder_code == "35.02" and [stay.holder_code for stay in made.handlings.all()] == ["35.02"]


def test_similar_ones_that_are_out_are_offered_first(anybody):
    out = let_out(voice(), "Jalan pasar berlubang, motor jatuh.")
    page = walked(anybody, STEP_1, STEP_2)
    assert "Saya juga" in page and out.number in page
    answer = anybody.post("/lacak/saya-juga/", {"nomor": out.number})
    assert "1 warga" in answer.content.decode()
    anybody.post("/lacak/saya-juga/", {"nomor": out.number})
    assert Aspiration.objects.get(id=out.id).supporters == 1
    assert [(name, box["path"]) for name, box in anybody.cookies.items()] == [("kim_dukung", "/lacak/saya-juga/")]


def test_personal_data_in_the_words_is_pointed_out_and_stops_nobody(anybody):
    page = walked(anybody, STEP_1 | {"text": f"{WORDS} Hubungi 081234567890."}, STEP_2)
    assert "Ada data pribadi" in page and "081234567890" in page
    assert "Terkirim" in walked(anybody, STEP_1 | {"text": f"{WORDS} Hubungi 081234567890."}, STEP_2, STEP_3)


def test_threats_and_abuse_come_in_and_nobody_outside_the_desk_reads_them(anybody):
    walked(anybody, STEP_1 | {"text": "Dasar maling semua, nanti saya bakar kantornya!"}, STEP_2, STEP_3)
    made = Aspiration.objects.get()
    for path in (f"/lacak/{made.number}/", f"/aspirasi/wilayah/{VILLAGE}/"):
        assert "maling" not in anybody.get(path).content.decode()


def test_of_two_hundred_from_one_address_the_one_that_is_real_gets_through(anybody):
    page = walked(anybody, STEP_1, STEP_2)
    last = hidden(page) | STEP_3
    for number in range(199):
        anybody.post(WRITE, last | {"id": str(uuid4()), "text": f"spam nomor {number} beli obat kuat di sini"})
    assert "Terkirim" in walked(anybody, STEP_1, STEP_2, STEP_3)
    assert Aspiration.objects.filter(text=WORDS).count() == 1


def test_no_address_and_no_device_stands_anywhere_afterwards(anybody, caplog, capfd):
    out = let_out(voice(), "Jalan pasar berlubang.")
    walked(
        anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90)]}, STEP_3 | {"reporter_name": "Sari", "reporter_phone": "0812"}
    )
    page = walked(anybody, STEP_1, STEP_2, STEP_3)
    anybody.post("/lacak/saya-juga/", {"nomor": out.number})
    anybody.post("/lacak/buka/", {"nomor": out.number, "kode": "salah12345"})
    made = Aspiration.objects.order_by("received_at").last()
    secret = re.search(r'name="kode" value="([a-z2-9]{10})"', page)[1]
    told = everything() + caplog.text + "".join(capfd.readouterr())
    assert made.number in told
    assert not [word for word in (ADDRESS, "Telltale", secret) if word in told]
    assert (made.reporter_name, made.reporter_phone, made.reporter_id, made.taken_by_id) == ("", "", None, None)


def everything() -> str:
    """Every row of every table, as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"regions_region"}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def test_an_anonymous_number_that_was_typed_is_dropped_at_the_door(anybody):
    walked(anybody, STEP_1, STEP_2, STEP_3 | {"reporter_name": "Sari", "reporter_phone": "0812 3456 7890"})
    assert "Sari" not in everything() and "8123456" not in everything()


def test_a_member_takes_it_in_for_somebody_without_a_phone(client):
    who = actor(Role.MEMBER, VILLAGE, kim_id=kim().id)
    client.force_login(Person.objects.get(id=who.person_id), backend=PHONE)
    page = client.get("/kerja/aspirasi/baru/").content.decode()
    said = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("id", "rahasia", "kunci")}
    sent = STEP_1 | STEP_2 | said | {"for_other": "lain", "privacy": "open", "reporter_name": "Mbah Contoh"}
    for _ in range(2):
        answer = client.post("/kerja/aspirasi/baru/", sent)
        assert "Berikan nomor dan kode ini" in answer.content.decode()
    made = Aspiration.objects.get()
    assert (made.taken_by_id, made.reporter_id, made.reporter_name) == (who.person_id, None, "Mbah Contoh")
    assert made.kim_id == who.kim_id
    own = sent | {"id": str(uuid4()), "for_other": "saya", "kunci": str(uuid4())}
    client.post("/kerja/aspirasi/baru/", own)
    assert Aspiration.objects.get(id=own["id"]).reporter_id == who.person_id


def test_a_flood_of_files_holds_up_files_and_never_words(anybody):
    Knock.objects.create(bucket="aspirasi:berkas", count=10_000, until="2099-01-01T00:00Z")
    page = walked(anybody, STEP_1, STEP_2 | {"foto": [jpeg(90, 90)]})
    assert "Terlalu banyak berkas" in page
    assert "Terkirim" in walked(anybody, STEP_1, STEP_2, STEP_3)
