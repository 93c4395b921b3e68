"""Every address × every role, walked from one table (`access_table.txt`), and the walls between regions.

A row of the table is a route with a subject of Ponorogo; a column is who knocks. An address of ours that is
missing from the table fails, and so does a cell that is no longer true.
"""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import resolve

from walking import (
    BY_HOST,
    COLUMNS,
    LINES,
    ROUTES,
    SENT,
    Line,
    address,
    knock,
    look,
    media_root,
    same_files,
    world,
)
from world import Regency, World

__all__ = ["media_root", "same_files", "world"]

REASON = re.compile(
    r"\b(tidak|hanya|bukan|belum|sudah|halaman|perlu|masuk|pilih|tulis|isi|centang|kembali)\b", re.IGNORECASE
)


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


def answer_to(world: World, role: str, line: Line, path: str, host: str):
    if line.method == "GET":
        return look(world, role, path, host)
    return knock(world, role, line.method, path, SENT.get(line.route), host)


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=[line.name for line in LINES])
def test_the_table_is_true(line, world):
    path = address(line.route, line.subject, world.ponorogo, world)
    host = f"{world.ponorogo.kim.slug}.{django_settings.KIM_DOMAIN}" if line.route.startswith(BY_HOST) else "testserver"
    answers = {role: answer_to(world, role, line, path, host) for role in COLUMNS}
    found = {role: told(answer, line.method) for role, answer in answers.items()}
    assert found == dict(zip(COLUMNS, line.cells, strict=True)), path
    for role, answer in answers.items():
        if answer.status_code in (403, 404, 409, 410) and "html" in answer.headers.get("Content-Type", ""):
            words = re.sub(r"<[^>]+>|\s+", " ", answer.words.decode().partition("<main")[2] or answer.words.decode())
            assert REASON.search(words), f"{role} is refused at {path} without a sentence"


READERS_HERE = [role for role in COLUMNS if role not in ("kab-lain", "pusat")]


def paths(here: Regency, world: World, role: str) -> list[str]:
    """Every address one looks at, filled with things of this regency; public pages are the same for everyone."""
    found = [
        address(line.route, line.subject, here, world)
        for line in LINES
        if line.method == "GET" and not line.route.startswith(BY_HOST)
    ]
    return [path for path in found if role == "warga" or getattr(resolve(path).func, "access", "") != "public"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", READERS_HERE)
def test_nothing_private_of_another_regency_is_on_any_page(role, world):
    for path in paths(world.ponorogo, world, role) + paths(world.kutai, world, role):
        words = look(world, role, path).words.decode(errors="ignore")
        leaked = [secret for secret in world.kutai.secrets if secret in words]
        assert not leaked, f"{role} reads {leaked} on {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["warga", "kab-lain"])
def test_nothing_private_of_ponorogo_is_on_any_page_of_a_stranger(role, world):
    for path in paths(world.ponorogo, world, role) + paths(world.kutai, world, role):
        words = look(world, role, path).words.decode(errors="ignore")
        leaked = [secret for secret in world.ponorogo.secrets if secret in words]
        assert not leaked, f"{role} reads {leaked} on {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["kab", "pengurus"])
def test_the_marks_are_where_they_belong(role, world):
    """The two tests above would be content with pages that show nothing."""
    shown = [look(world, role, path).words.decode(errors="ignore") for path in paths(world.ponorogo, world, role)]
    assert any(world.ponorogo.secrets[0] in words for words in shown)
