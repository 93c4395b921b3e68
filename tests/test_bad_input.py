"""What people and machines send by mistake, at every door: twice, too long, too old, in pieces, or not at all.

What belongs to one form is tested with its app; here are the things that hold for all of them.
"""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client

import kim
from kim.ledger.models import Entry
from kim.publishing.models import Article
from kim.registry.models import BoardSeat, Decree, Kim, Member
from walking import COLUMNS, LINES, SENT, Line, address, look, media_root, same_files, world

__all__ = ["media_root", "same_files", "world"]

BUTTONS = [line for line in LINES if line.method == "POST" and "ok" in line.cells]
# A second press of these is meant: it shows a fresh code, or lets the same person in again.
MEANT_TWICE = {
    "accounts:code",
    "accounts:enter",
    "accounts:enter_by_code",
    "account_login",
    "mfa_authenticate",
    "accounts:leave",
    "registry:office_export",
    "publishing:office_export",
    "dissemination:office_export",
    "aspirations:office_export",
    "clarification:office_export",
    "aspirations:themes_office_export",
}
TAKINGS = "office_export"  # a list taken twice is two takings, and each is written down
EMOJI, LONG = "🌾 Panen 🎉", "a" * 10_000


def signed_in(world, role: str) -> Client:
    client = Client()
    if role != "warga":
        client.cookies[django_settings.SESSION_COOKIE_NAME] = world.sessions[role]
    return client


def counted() -> dict[str, int]:
    """How much there is of everything a button may make."""
    return {model.__name__: model.objects.count() for model in (Entry, Kim, Article, Member, BoardSeat, Decree)}


@pytest.mark.django_db
@pytest.mark.parametrize("line", [b for b in BUTTONS if b.route not in MEANT_TWICE], ids=lambda line: line.name)
def test_a_double_click_has_one_effect_on_every_button(line: Line, world):
    role = COLUMNS[line.cells.index("ok")]
    client, path = signed_in(world, role), address(line.route, line.subject, world.ponorogo, world)
    sent = {"kunci": str(uuid4()), **SENT.get(line.route, {})}
    with transaction.atomic():
        first, after_one = client.post(path, sent), counted()
        second, after_two = client.post(path, sent), counted()
        transaction.set_rollback(True)
    assert after_two == after_one
    assert second.status_code < 500
    if first.status_code == 302 and not second.headers.get("Location", "").startswith("/masuk/"):
        assert first.headers["Location"] == second.headers["Location"]


FORM = re.compile(r'<form(?=[^>]*method="post").*?</form>', re.DOTALL)
# Forms whose second arrival does no harm by itself: ways in and out, one's own secrets, the hat one wears.
KEYLESS = {
    "templates/403.html", "registry/resume.html", "accounts/factor_remove.html", "accounts/first_entry.html",
    "accounts/recovery_codes_renew.html", "accounts/second_factor.html", "accounts/factors.html",
    "accounts/again.html", "accounts/again_passkey.html", "accounts/enter.html", "accounts/officials.html",
    "accounts/withdraw.html", "accounts/account.html", "accounts/authenticator.html",
    "accounts/demo_people.html", "accounts/change_secret.html", "accounts/code_confirm.html",
    "accounts/passkey.html", "accounts/support.html", "parts/staff.html", "sources/add.html", "accounts/stopped.html",
    # A voice is known by its own id, "saya juga" by the browser's token; the others only read.
    "aspirations/step_words.html", "aspirations/step_where.html", "aspirations/step_who.html", "aspirations/voice.html",
    "aspirations/me_too.html",
    "aspirations/opening.html", "aspirations/slip_buttons.html", "aspirations/told.html",
}  # fmt: skip


def test_every_form_that_writes_carries_its_key():
    """The walk above sends a key; this is where the page gets it from."""
    pages = [
        page
        for page in (Path(kim.__file__).parent).rglob("templates/**/*.html")
        if f"{page.parent.name}/{page.name}" not in KEYLESS
    ]
    forms = [(page.name, form) for page in pages for form in FORM.findall(page.read_text())]
    assert len(forms) > 20
    assert [
        (name, form[:120])
        for name, form in forms
        if not any(key in form for key in ("{% idempotency_key %}", "{% reporter_fields %}", TAKINGS))
    ] == []


ODD_WORDS = [
    "%00",
    "%FF%FE",
    "'%3B+DROP+TABLE",
    "%F0%9F%8C%BE",
    "99.99",
    "35.02.17.9999",
    "-1",
    "0",
    "1e9",
    "%E2%80%AE",
    "a" * 10_000,
]
ASKED = [
    "/cari/?q={}", "/cari/?q=desa&wilayah={}", "/cari/?q=desa&halaman={}", "/cari/?q=desa&jenis={}", "/kabar/?wilayah={}",
    "/kabar/?sesudah={}", "/kim/?q={}", "/kim/?wilayah={}", "/kim/?sesudah={}", "/wilayah/?q={}", "/wilayah/cari.json?q={}",
    "/wilayah/cari.json?q=desa&level={}", "/masuk/?lanjut={}", "/masuk/kode/?k={}", "/barat-jaya/kabar/?sesudah={}",
    "/wilayah/{}/", "/wilayah/{}/daftar/", "/wilayah/{}/atom.xml", "/sertifikat/{}/", "/sertifikat/{}.pdf", "/barat-jaya/{}.xml",
    "/aspirasi/?desa={}", "/aspirasi/wilayah/{}/", "/aspirasi/angka/{}/", "/aspirasi/wilayah/35.02/?sesudah={}", 
    "/lacak/?nomor={}", "/lacak/{}/", "/lacak/4417902518/kabar/{}/",
    "/laporkan/?kode={}", "/moderasi/?sesudah={}",
]  # fmt: skip
ASKED_INSIDE = {
    "pengurus": [
        "/kerja/kabar/?sesudah={}", "/kerja/kabar/?rak={}", "/kerja/kabar/{draft}/tulis/?jenis={}", "/kerja/laporan/?sesudah={}",
        "/akun/suara/?sesudah={}",
    ],
    "kab": [
        "/kantor/cakupan/?wilayah={}", "/kantor/verifikasi/?sesudah={}", "/kantor/kim/?sesudah={}", "/kantor/kim/?sk={}",
        "/kantor/kim/?wilayah={}", "/kantor/kabar/?sesudah={}", "/kantor/impor/?sesudah={}", "/kantor/impor/{batch}/?lihat={}",
        "/kantor/impor/{batch}/?sesudah={}", "/kantor/sumber/?sesudah={}", "/kantor/sumber/usulan/?rak={}",
        "/kantor/sumber/usulan/?sesudah={}", "/kantor/laporan/?rak={}", "/kantor/laporan/?sesudah={}",
    ],
}  # fmt: skip
ADDRESSES = [("warga", ask) for ask in ASKED] + [(role, ask) for role, asks in ASKED_INSIDE.items() for ask in asks]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "asked"), ADDRESSES, ids=str)
def test_an_odd_address_is_answered_with_a_page(role, asked, world):
    """No word in an address, known or unknown, whole or broken, ends in an error of ours."""
    here = world.ponorogo
    asked = asked.replace("{draft}", str(here.texts["draft"].pk)).replace("{batch}", str(here.batch.pk))
    for word in ODD_WORDS:
        answer = look(world, role, asked.replace("{}", word))
        assert answer.status_code in (200, 301, 302, 400, 404), (word, answer.status_code)


FORMS = [
    line for line in BUTTONS if not line.route.startswith(("mfa_", "account_", "accounts:leave", "accounts:sign_out"))
]
TYPED = {
    "title": LONG, "name": LONG, "note": LONG, "reason": LONG, "text": LONG, "minutes": LONG, "ralat": LONG, "about": LONG,
    "number": LONG, "phone": LONG, "code": LONG, "k": LONG, "tempat": LONG, "region": LONG, "email": LONG, "issuer_office": LONG,
}  # fmt: skip
CHANGES = {
    "ten thousand letters": TYPED,
    "emoji": dict.fromkeys(TYPED, EMOJI),
    "a null byte": dict.fromkeys(TYPED, "a\x00b"),
    "half a letter": dict.fromkeys(TYPED, "a\ud800b".encode("utf-8", "surrogatepass")),
    "dates of 1890": dict.fromkeys(
        ("left_on", "since", "on", "held_on", "issued_on", "valid_until", "joined_on"), "1890-01-05"
    ),
    "dates of 2190": dict.fromkeys(
        ("left_on", "since", "on", "held_on", "issued_on", "valid_until", "joined_on"), "2190-01-05"
    ),
    "a day that is none": dict.fromkeys(
        ("left_on", "since", "on", "held_on", "issued_on", "valid_until"), "2026-02-31"
    ),
    "numbers that are none": dict.fromkeys(("version", "revision", "quorum", "channel_count", "seat_count"), "9" * 40),
    "choices that are none": dict.fromkeys(("outcome", "category", "side", "role", "position", "kind", "do"), "bukan"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.name)
def test_odd_words_in_a_form_come_back_with_a_page(line: Line, world):
    role = COLUMNS[line.cells.index("ok")]
    path = address(line.route, line.subject, world.ponorogo, world)
    for change, words in CHANGES.items():
        with transaction.atomic():
            answer = signed_in(world, role).post(path, {"kunci": str(uuid4()), **SENT.get(line.route, {}), **words})
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 422), (change, answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("year", [1890, 2190])
@pytest.mark.parametrize(
    ("route", "field"),
    [("registry:desk_leave", "left_on"), ("registry:desk_board", "since"), ("registry:desk_replace", "on")],
)
def test_a_day_that_cannot_be_is_sent_back_with_the_year(route, field, year, world):
    path = address(route, "", world.ponorogo, world)
    with transaction.atomic():
        before = counted()
        answer = signed_in(world, "pengurus").post(path, {**SENT[route], field: f"{year}-01-05"})
        assert counted() == before
        transaction.set_rollback(True)
    assert "Periksa lagi tahunnya." in answer.content.decode()
