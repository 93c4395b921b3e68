"""Every address × every role, walked from one table (`access_table.txt`), and the walls between regions.

A row of the table is a route with a subject of Ponorogo; a column is who knocks. An address of ours that is
missing from the table fails, and so does a cell that is no longer true.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from kim.publishing.models import CheckPoint
from world import ROLES, Regency, World, build

TABLE = Path(__file__).with_name("access_table.txt")
COLUMNS = ("warga", *ROLES)
REASON = re.compile(
    r"\b(tidak|hanya|bukan|belum|sudah|halaman|perlu|masuk|pilih|tulis|isi|centang|kembali)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """One row: how it is knocked at, which route with which subject, and what each role gets."""

    method: str
    route: str
    subject: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}" + (f" @{self.subject}" if self.subject else "")


def lines() -> list[Line]:
    """The table as it is written: blank lines and `#` are for the reader."""
    found = []
    for row in TABLE.read_text().splitlines():
        if row.strip() and not row.startswith("#"):
            method, route, *cells = row.split()
            subject = cells.pop(0).removeprefix("@") if cells[0].startswith("@") else ""
            found.append(Line(method, route, subject, tuple(cells)))
    return found


LINES = lines()


def routes(resolver: URLResolver, space: str = "") -> dict[str, str]:
    """Every address of ours: its name with namespace (else its pattern) → the route as Django writes it."""
    found: dict[str, str] = {}
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = routes(one, f"{space}{one.namespace}:" if one.namespace else space)
            found |= {name: f"{one.pattern}{route}" for name, route in inner.items()}
        else:
            found[f"{space}{one.name or one.pattern}"] = str(one.pattern)
    return found


BY_HOST = "host:"  # the addresses of a KIM's own host name
ROUTES = routes(get_resolver()) | routes(get_resolver("kim.web.site_urls"), BY_HOST)


def subjects(here: Regency, world: World) -> dict[str, str]:
    """What fills the gaps of a route; the subject of a row goes before the usual one."""
    usual = {
        "kim_slug": here.kim.slug, "slug": here.kim.slug, "category": "kegiatan-desa", "form": "atom", "width": "480",
        "part": "kim", "number": "1", "code": here.village, "upload_id": here.cover.pk, "article_id": here.texts["draft"].pk,
        "batch_id": here.batch.pk, "kind": "csv", "delivery_id": here.delivery.pk, "provider_id": "sso", "pk": 1,
        "person_id": world.people["anggota"].pk, "mandate_id": world.hats["anggota"].pk, "kim_id": here.kim.pk,
        "decree_id": here.decree.pk, "member_id": here.member.pk, "seat_id": here.seat.pk, "position": "chair",
    }  # fmt: skip
    out = here.texts["published"]
    return usual | {"tail": f"{out.slug}-{out.short_code}"}


def named(subject: str, here: Regency, world: World) -> dict[str, object]:
    """The gaps a subject fills: a stage of a text, a registration, a scan, a person …"""
    if not subject:
        return {}
    if subject in here.texts:
        text = here.texts[subject]
        return {"article_id": text.pk, "tail": f"{text.slug}-{text.short_code}", "code": text.short_code or ""}
    things = {
        "scan": {"upload_id": here.scan.pk},
        "waiting": {"kim_id": here.waiting.pk, "decree_id": here.waiting_decree.pk},
        "begun": {"kim_id": here.draft.pk},
        "renewal": {"decree_id": here.renewal.pk},
        "row": {"number": 2},
        "number": {"number": here.kim.registry_number},
        "atom": {"form": "atom"},
        "officer": {"person_id": world.people["kab"].pk, "mandate_id": world.hats["kab"].pk},
        "head": {"person_id": world.people["kades"].pk, "mandate_id": world.hats["kades"].pk},
    }
    if subject in things:
        return things[subject]
    gap, _, value = subject.partition("=")
    return {gap: value}


def address(route: str, subject: str, here: Regency, world: World) -> str:
    gaps = subjects(here, world) | named(subject, here, world)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(gaps[found[1]]), ROUTES[route])


# What a row of POST sends, where an empty form would not show who may: the answer is then the act's own.
SENT: dict[str, dict[str, object]] = {
    "publishing:write": {"title": "Judul lain", "category": "pertanian", "version": 0},
    "publishing:autosave": {"title": "Judul lain", "category": "pertanian", "version": 0},
    "publishing:remark": {"text": "Sudah dicek."},
    "publishing:side": {"side": "agree"},
    "publishing:decide": {"outcome": "spread", "revision": 2},
    "publishing:check": {"do": "terbit", "points": CheckPoint.values},
    "publishing:correct": {"ralat": "Tanggalnya 5 Mei.", "title": "Kerja bakti", "body": "<p>Isi.</p>", "version": 0},
    "publishing:reply": {"name": "Ibu Contoh", "text": "Saya tidak berkata begitu."},
    "publishing:withdraw": {"category": "wrong", "reason": "Keliru."},
    "publishing:office_withdraw": {"category": "wrong", "reason": "Keliru."},
    "publishing:office_return": {"note": "Lengkapi sumbernya."},
    "registry:verify": {"outcome": "approved"},
    "registry:office_kim": {"reason": "Sudah bubar."},
    "registry:desk_members": {"name": "Anggota Baru"},
    "registry:desk_leave": {"left_on": "2026-01-05"},
    "registry:desk_invite": {"role": "member"},
    "registry:desk_board": {"position": "secretary", "name": "Dewi Contoh", "since": "2026-01-05"},
    "registry:desk_replace": {"name": "Dewi Contoh", "on": "2026-01-05"},
    "accounts:end_mandate": {"reason": "Pindah rumah."},
}


@pytest.fixture(scope="module")
def media_root(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, media_root):
    """One world for the whole file, taken away again at its end."""
    with django_db_blocker.unblock():
        before, django_settings.MEDIA_ROOT = django_settings.MEDIA_ROOT, media_root
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        django_settings.MEDIA_ROOT = before


@pytest.fixture(autouse=True)
def same_files(files_go_nowhere, settings, media_root):
    settings.MEDIA_ROOT = media_root


def knock(world: World, role: str, method: str, path: str, data: dict | None = None, host: str = "testserver"):
    """The answer to one role, with everything it did taken back."""
    client = Client(raise_request_exception=True, headers={"host": host})
    if role != "warga":
        client.cookies[django_settings.SESSION_COOKIE_NAME] = world.sessions[role]
    with transaction.atomic():
        sent = {"kunci": str(uuid4()), **(data or {})}
        answer = client.post(path, sent) if method == "POST" else client.get(path)
        answer.words = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def told(answer, method: str) -> str:
    """An answer as the table writes it. A POST that reached its form is `ok`, whatever the form says of it."""
    leads_to = answer.headers.get("Location", "")
    if leads_to.startswith("/masuk/?"):
        return "masuk"
    if method == "POST" and answer.status_code in (200, 302, 303, 422) and leads_to != "/daftar-kim/lanjut/":
        return "ok"
    return {200: "ok", 301: "lanjut", 302: "lanjut", 304: "ok"}.get(answer.status_code, str(answer.status_code))


def test_every_address_of_ours_is_in_the_table():
    known = {line.route for line in LINES}
    ours = {name for name in ROUTES if not name.startswith(("admin:", "djdt:"))}
    assert ours - known == set(), "add a line to access_table.txt"
    assert known - ours == set(), "the table names addresses that are gone"


def test_every_line_of_the_table_says_something_about_every_role():
    assert not [line.name for line in LINES if len(line.cells) != len(COLUMNS)]


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=[line.name for line in LINES])
def test_the_table_is_true(line, world):
    path = address(line.route, line.subject, world.ponorogo, world)
    host = f"{world.ponorogo.kim.slug}.{django_settings.KIM_DOMAIN}" if line.route.startswith(BY_HOST) else "testserver"
    answers = {role: knock(world, role, line.method, path, SENT.get(line.route), host) for role in COLUMNS}
    found = {role: told(answer, line.method) for role, answer in answers.items()}
    assert found == dict(zip(COLUMNS, line.cells, strict=True)), path
    for role, answer in answers.items():
        if answer.status_code in (403, 404, 409, 410) and "html" in answer.headers.get("Content-Type", ""):
            words = re.sub(r"<[^>]+>|\s+", " ", answer.words.decode().partition("<main")[2] or answer.words.decode())
            assert REASON.search(words), f"{role} is refused at {path} without a sentence"


READERS_HERE = [role for role in COLUMNS if role not in ("kab-lain", "pusat")]


def paths(here: Regency, world: World) -> list[str]:
    return [
        address(line.route, line.subject, here, world)
        for line in LINES
        if line.method == "GET" and not line.route.startswith(BY_HOST)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", READERS_HERE)
def test_nothing_private_of_another_regency_is_on_any_page(role, world):
    for path in paths(world.ponorogo, world) + paths(world.kutai, world):
        words = knock(world, role, "GET", path).words.decode(errors="ignore")
        leaked = [secret for secret in world.kutai.secrets if secret in words]
        assert not leaked, f"{role} reads {leaked} on {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["warga", "kab-lain"])
def test_nothing_private_of_ponorogo_is_on_any_page_of_a_stranger(role, world):
    for path in paths(world.ponorogo, world) + paths(world.kutai, world):
        words = knock(world, role, "GET", path).words.decode(errors="ignore")
        leaked = [secret for secret in world.ponorogo.secrets if secret in words]
        assert not leaked, f"{role} reads {leaked} on {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["kab", "pengurus"])
def test_the_marks_are_where_they_belong(role, world):
    """The two tests above would be content with pages that show nothing."""
    shown = [knock(world, role, "GET", path).words.decode(errors="ignore") for path in paths(world.ponorogo, world)]
    assert any(world.ponorogo.secrets[0] in words for words in shown)
