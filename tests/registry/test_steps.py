"""The step form as a newcomer meets it: no account, no JavaScript, left and resumed."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.factories import actor, person
from kim.accounts.models import Role
from kim.kernel.ids import new_id
from kim.regions.queries import get
from kim.registry import actions
from kim.registry.models import Decree, Kim
from kim.registry.workflow import Stage
from media.factories import pdf
from regions.factories import plant

pytestmark = pytest.mark.django_db
VILLAGE = "35.02.17.1008"


def begin(client: Client, phone: str = "0812-3456-7890", **extra) -> str:
    answer = client.post("/daftar-kim/", {"name": "Rahma Contoh", "phone": phone, "kunci": new_id(), **extra})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].removesuffix("kode/")


def code_of(client: Client, base: str) -> str:
    page = client.get(f"{base}kode/").content.decode()
    return re.search(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b", page)[0]


def people(**more) -> dict[str, str]:
    rows = {"seat_count": "4", "member_count": "6", "seat_0_position": "chair", "seat_0_name": "Rahma Contoh"}
    rows |= {"seat_1_position": "secretary", "seat_2_position": "treasurer"}
    rows |= {f"member_{n}_name": f"Anggota {chr(65 + n)}" for n in range(6)}
    return rows | {"member_0_phone": "0813 3456 7890"} | more


def papers(**more) -> dict:
    until = date.today() + timedelta(days=700)
    sent = {"number": "141/21/SK/2025", "issued_on": "2025-11-06", "issuer_level": "village"}
    return sent | {"issuer_office": "Kantor Desa", "valid_until": until.isoformat(), "scan": pdf()} | more


def fill(client: Client, base: str) -> None:
    profile = {"name": "KIM Teluk Contoh", "focus": "farm", "ict_level": "ict", "channel_count": "2"}
    steps = [
        ("desa", {"pilihan": VILLAGE}),
        ("tentang", profile | {"channel_0_kind": "board", "channel_0_address": "Pos ronda RT 2"}),
        ("pengurus", people()),
        ("sk", papers()),
    ]
    for slug, sent in steps:
        answer = client.post(f"{base}{slug}/", sent)
        assert answer.status_code == 302, (slug, answer.content.decode())


SURE = {"name": "Rahma Contoh", "phone": "081234567890", "understands": "on", "is_true": "on"}


def test_a_newcomer_fills_every_step_and_sends(client):
    plant(VILLAGE)
    base = begin(client)
    for slug in ("", "kode/", "desa/", "tentang/", "pengurus/", "sk/", "periksa/"):
        assert client.get(base + slug).status_code == 200, slug
    fill(client, base)
    check = client.get(f"{base}periksa/").content.decode()
    assert "141/21/SK/2025" in check and "Belum lengkap" not in check and "bukan janji anggaran" in check
    sent = client.post(f"{base}periksa/", SURE)
    assert sent.status_code == 302, sent.content.decode()
    kim = Kim.objects.get()
    assert kim.stage == Stage.SUBMITTED
    assert kim.region_id == VILLAGE and kim.channels.get().address == "Pos ronda RT 2"
    assert kim.members.count() == 6 and kim.seats.get().name == "Rahma Contoh"
    assert "Menunggu verifikasi" in client.get(base).content.decode()
    for slug in ("desa/", "sk/", "periksa/"):
        assert client.get(base + slug).status_code == 302


def test_a_draft_goes_on_at_another_phone_by_number_and_code(client):
    base = begin(client)
    code = code_of(client, base)
    other = Client()
    assert other.get(base)["Location"] == "/daftar-kim/lanjut/"
    wrong = other.post("/daftar-kim/lanjut/", {"phone": "081234567890", "code": "ABCD2345"})
    assert "belum cocok" in wrong.content.decode()
    right = other.post("/daftar-kim/lanjut/", {"phone": "+62 812 3456 7890", "code": code.lower()})
    assert right["Location"] == base
    assert other.get(base).status_code == 200
    assert "Pendaftaran Anda" in other.get("/daftar-kim/").content.decode()


def test_guessing_codes_is_stopped(client):
    begin(client)
    answers = [
        client.post("/daftar-kim/lanjut/", {"phone": "081234567890", "code": "ABCD2345"}).status_code for _ in range(11)
    ]
    assert answers == [200] * 10 + [429]


def test_a_second_tap_on_begin_is_the_same_draft(client):
    key = new_id()
    first, second = begin(client, kunci=key), begin(client, kunci=key)
    assert first == second and Kim.objects.count() == 1
    assert client.get(second).status_code == 200


def test_a_changed_cookie_opens_nothing(client):
    base = begin(client)
    client.cookies["kim_daftar"] = client.cookies["kim_daftar"].value + "x"
    assert client.get(base).status_code == 302


def test_a_signed_in_person_finds_their_draft_without_a_code(client):
    someone = person("Sari Contoh", pin="135790")
    client.force_login(someone, backend="kim.accounts.backends.PhoneBackend")
    base = begin(client)
    client.cookies.pop("kim_daftar")
    assert client.get(base).status_code == 200
    assert base in client.get("/daftar-kim/").content.decode()


def test_village_names_are_searched_without_javascript(client):
    plant(VILLAGE)
    base = begin(client)
    page = client.post(f"{base}desa/", {"tempat": get(VILLAGE).display_name, "cari": "1"}).content.decode()
    assert f'value="{VILLAGE}"' in page and 'type="radio"' in page
    none = client.post(f"{base}desa/", {"tempat": "Zzyzx", "cari": "1"}).content.decode()
    assert "Tidak ada desa" in none


@pytest.mark.parametrize("code", ["99.99.99.9999", "35.02", "bukan kode", "35.02.17.1008'--"])
def test_a_code_that_is_no_village_is_not_taken(client, code):
    plant(VILLAGE)
    base = begin(client)
    page = client.post(f"{base}desa/", {"pilihan": code, "tempat": "Ngebel"})
    assert page.status_code == 200 and "tidak ada dalam daftar resmi" in page.content.decode()


@pytest.mark.parametrize(
    ("slug", "sent", "words"),
    [
        ("tentang", {"name": "x" * 10_000}, "120"),
        ("tentang", {"name": "KIM A", "founded_on": "1890-01-01"}, "Tahun 1890 terlalu lama"),
        ("tentang", {"name": "KIM A", "founded_on": "2190-01-01"}, "belum terjadi"),
        ("tentang", {"name": "KIM A", "founded_on": "kapan-kapan"}, "Tulis seperti 31-12-2025"),
        ("tentang", {}, "Nama KIM belum diisi"),
        ("sk", {"number": "1"}, "Tanggal SK belum diisi"),
        ("sk", papers(valid_until="2190-01-01"), "Tahun 2190 terlalu jauh"),
        ("sk", papers(valid_until="2020-01-01"), "lebih awal"),
        ("pengurus", people(member_1_phone="0813-3456-7890"), "sudah dipakai anggota lain"),
        ("pengurus", people(member_1_phone="123"), "Nomor HP"),
        ("pengurus", people(seat_3_name="Budi Contoh"), "Jabatan 4 belum diisi"),
        ("periksa", {"name": "A", "phone": "081234567890"}, "bukan janji anggaran"),
    ],
)
def test_bad_input_comes_back_with_a_sentence(client, slug, sent, words):
    base = begin(client)
    answer = client.post(f"{base}{slug}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200 and words in page
    assert "<title>Ada yang perlu dibetulkan" in page


def test_emoji_in_a_name_are_fine(client):
    base = begin(client)
    sent = {"name": "KIM Ceria 🌾", "focus": "farm", "ict_level": "ict"}
    assert client.post(f"{base}tentang/", sent).status_code == 302
    assert Kim.objects.get().name == "KIM Ceria 🌾"


def test_what_is_right_stays_when_something_else_is_wrong(client):
    base = begin(client)
    client.post(f"{base}sk/", papers(issued_on="1890-01-01"))
    decree = Decree.objects.get()
    assert decree.number == "141/21/SK/2025" and decree.issued_on is None and decree.scan is not None
    page = client.get(f"{base}sk/").content.decode()
    assert f"/daftar-kim/sk/{decree.id}/pratinjau/" in page
    shown = client.get(f"/daftar-kim/sk/{decree.id}/pratinjau/")
    assert shown["Content-Type"] == "image/webp" and shown.getvalue().startswith(b"RIFF")
    assert Client().get(f"/daftar-kim/sk/{decree.id}/pratinjau/").status_code == 404


def test_one_may_leave_half_way_and_keep_what_is_written(client):
    base = begin(client)
    answer = client.post(f"{base}sk/", {"number": "141/21", "nanti": "1"})
    assert answer["Location"] == base
    assert Decree.objects.get().number == "141/21"


def test_rows_are_added_without_javascript_and_nothing_typed_is_lost(client):
    base = begin(client)
    page = client.post(f"{base}pengurus/", people(tambah="member")).content.decode()
    assert 'name="member_count" value="9"' in page and "Anggota F" in page and "perlu dibetulkan" not in page


def test_a_file_that_is_no_scan_is_refused_with_a_sentence(client):
    base = begin(client)
    fake = pdf("program.pdf")
    fake.file.seek(0)
    fake.file.write(b"MZ\x90\x00")
    fake.file.seek(0)
    page = client.post(f"{base}sk/", papers(scan=fake))
    assert page.status_code == 200 and "perlu dibetulkan" in page.content.decode()
    assert not Decree.objects.filter(scan__isnull=False).exists()


def test_an_incomplete_registration_cannot_be_sent(client):
    base = begin(client)
    answer = client.post(f"{base}periksa/", SURE)
    assert answer.status_code == 409 and "Ketua belum diisi" in answer.content.decode()


def test_a_double_tap_on_send_is_harmless(client):
    plant(VILLAGE)
    base = begin(client)
    fill(client, base)
    sent = SURE | {"kunci": new_id()}
    assert client.post(f"{base}periksa/", sent)["Location"] == base
    assert client.post(f"{base}periksa/", sent)["Location"] == base
    assert client.post(f"{base}periksa/", SURE)["Location"] == base


def test_a_lapsed_decree_is_taken_with_a_warning(client):
    plant(VILLAGE)
    base = begin(client)
    fill(client, base)
    client.post(f"{base}sk/", papers(issued_on="2020-01-01", valid_until="2024-12-31"))
    assert "sudah habis" in client.get(f"{base}periksa/").content.decode()
    assert client.post(f"{base}periksa/", SURE).status_code == 302


def test_the_registrant_reads_the_note_and_mends(client):
    plant(VILLAGE)
    base = begin(client)
    fill(client, base)
    client.post(f"{base}periksa/", SURE)
    kim, officer = Kim.objects.get(), actor(Role.REGENCY, "35.02")
    actions.return_(kim.id, actor=officer, note="Tanggal SK berbeda dari suratnya.")
    page = client.get(base).content.decode()
    assert "Tanggal SK berbeda" in page and "Perbaiki" in page
    assert "Tanggal SK berbeda" in client.get(f"{base}sk/").content.decode()
    assert client.post(f"{base}periksa/", SURE).status_code == 302
    actions.approve(kim.id, actor=officer)
    assert "KIM-3502171008-01" in client.get(base).content.decode()
