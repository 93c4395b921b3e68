"""The bars of every public page: small, the same for everyone, known again by its tag, and as many questions as ever."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.factories import actor as make_actor
from accounts.factories import mandate, person
from aspirations.factories import let_out, voice
from kim.accounts.actor import SYSTEM
from kim.accounts.backends import STRONG
from kim.accounts.models import Role
from kim.dissemination import actions as packets
from kim.dissemination.models import Bulletin
from kim.doors import questions
from kim.evaluation import actions as evaluation
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.ledger.actions import dispatch, record
from kim.moderation.models import Case
from kim.publishing.models import Article, Photo
from kim.registry.models import BoardSeat, Channel, Kim, Member
from kim.search import actions as search
from kim.web.actions import index_kim
from media.factories import pdf
from registry.factories import decree, kim
from walking import for_the_file, media_root, same_files
from web.factories import article, photo

__all__ = ["media_root", "same_files"]  # fixtures

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[2] / "src" / "kim" / "static"
COUNTS = Path(__file__).with_name("query_counts.json")
VILLAGES = ("35.02.19.2007", "35.02.19.2006", "35.02.16.2004", "35.02.16.2006")
PATHS = {
    "home": "/",
    "nation": "/kabar/",
    "region province": "/wilayah/35/",
    "region regency": "/wilayah/35.02/",
    "region district": "/wilayah/35.02.19/",
    "region village": "/wilayah/35.02.19.2007/",
    "news of region": "/kabar/?wilayah=35.02",
    "topic": "/kabar/topik/kesehatan/",
    "directory": "/kim/",
    "directory of region": "/kim/?wilayah=35.02",
    "directory search": "/kim/?q=contoh",
    "search": "/cari/?q=telaga",
    "search narrowed": "/cari/?q=telaga&jenis=kabar&wilayah=35.02",
    "kim": "/satu/",
    "kim news": "/satu/kabar/",
    "article": "/satu/kabar/gotong-royong-satu1/",
    "print": "/satu/kabar/gotong-royong-satu1/cetak/",
    "info": "/info/",
    "info of region": "/info/?wilayah=35.02.19.2007",
    "info page": "/info/packet7/",
    "info kit": "/k/packet7/bagikan/",
    "my village": "/desa-saya/",
    "about": "/tentang/",
    "privacy": "/pelindungan-data/",
    "guide": "/panduan/",
    "speak up": "/aspirasi/",
    "voices": "/aspirasi/wilayah/35.02/",
    "track": "/lacak/",
    "answers of offices": "/aspirasi/angka/35.02/",
    "moderation": "/moderasi/",
    "feed": "/kabar/umpan.xml",
    "feed of region": "/wilayah/35/atom.xml",
    "feed of kim": "/satu/umpan.xml",
    "sitemap": "/sitemap.xml",
    "feed of info": "/info/umpan.xml",
    "short link": "/k/satu1/qr.svg",
}
PAGES = {name: path for name, path in PATHS.items() if not path.endswith((".xml", ".svg"))}


def grow(times: int) -> None:
    """More of everything that a public page may show."""
    for n in range(times):
        code = VILLAGES[n % len(VILLAGES)]
        group = kim(code, about="Wartawannya desa. " * 8, last_news_at=clock.now())
        decree(group)
        for number in range(3):
            member = Member.objects.create(kim=group, name=f"Anggota Contoh {number}")
            BoardSeat.objects.create(kim=group, member=member, position="chair", name=member.name)
        Channel.objects.create(kim=group, kind="instagram", address="@contoh")
        record("kim.approved", group.key, actor=SYSTEM, region=code, kim_id=group.id)
        for days in range(3):
            index(article(group, days=days, with_photo=True, category="kesehatan"))
        inform(VILLAGES[0])
        let_out(voice(code))
        decided(group, clock.now())
    dispatch([index_kim])
    evaluation.recount()


def inform(code: str, urgency: str = "usual", short_code: str = "") -> None:
    """One more packet for everybody there."""
    officer = make_actor(Role.VILLAGE, code)
    begun = packets.start(new_id(), actor=officer)
    words = {"title": "Posyandu pindah", "body": "Datanglah. " * 30, "points": ["Gratis"], "agency": "Desa Contoh"}
    facts = {"valid_until": clock.today(), "urgency": urgency}
    packets.edit(begun.id, fields=words | facts, targets=[code], actor=officer)
    for _ in range(2 if short_code else 0):
        packets.attach(begun.id, file=pdf(), actor=officer)
    if urgency == "emergency":
        packets.request_check(begun.id, actor=officer)
        officer = make_actor(Role.VILLAGE, code)
    packets.issue(begun.id, actor=officer)
    if short_code:
        Bulletin.objects.filter(id=begun.id).update(short_code=short_code)


def decided(group: Kim, at: datetime) -> None:
    """One more decision in the public log."""
    Case.objects.create(
        subject=group.key, title=group.name, url="/", region_id=group.region_id, holder_id="35.02", digest="", reason="hoax",
        stage="warned", verdict="warned", decided_code="35.02", decided_at=at, due_at=at,
    )  # fmt: skip


def index(text: Article) -> None:
    search.index(
        key=text.key, kind="article", region=text.region, title=text.title, body=text.body, summary="",
        source=text.kim.name, url=text.get_absolute_url(), at=text.published_at,
    )  # fmt: skip


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker, media_root):
    """One small country for the whole file."""
    with for_the_file(django_db_blocker, media_root):
        group = kim(VILLAGES[0], name="KIM Satu", slug="satu")
        decree(group)
        words = "<p>" + "Warga turun ke tepi telaga membawa sapu, cangkul, dan karung sejak pagi buta. " * 30 + "</p>"
        text = article(
            group, with_photo=True, slug="gotong-royong", short_code="satu1", body=words, category="kesehatan"
        )
        for order in range(3):
            Photo.objects.create(article=text, upload=photo(), order=order)
        index(text)
        inform(VILLAGES[0], "emergency", "packet7")
        grow(4)
        yield


def asked(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert Client().get(path).status_code == 200, path
    return len(caught)


def test_questions_are_few_written_down_and_the_same_with_ten_times_the_rows(country):
    small = {name: asked(path) for name, path in PATHS.items()}
    grow(36)
    large = {name: asked(path) for name, path in PATHS.items()}
    assert large == small
    assert max(small.values()) <= 8, small
    assert small == json.loads(COUNTS.read_text()), f"a change of query_counts.json: {json.dumps(small, indent=1)}"


@pytest.mark.parametrize("name", PATHS)
def test_no_cookie_and_the_same_bytes_for_two_visitors(country, name):
    stranger, member = Client(), Client()
    someone = person(pin="246810")
    mandate(someone, Role.MEMBER, VILLAGES[0], kim_id=Kim.objects.get(slug="satu").id)
    member.force_login(someone, backend="kim.accounts.backends.PhoneBackend")
    first, second = stranger.get(PATHS[name]), member.get(PATHS[name])
    assert first.content == second.content
    assert not first.cookies and not second.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("name", PATHS)
def test_an_unchanged_page_is_told_so(country, name):
    client = Client()
    tag = client.get(PATHS[name]).headers["ETag"]
    again = client.get(PATHS[name], headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def size(path: str) -> int:
    answer = Client().get(path, headers={"Accept-Encoding": "gzip"})
    return (
        len(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(answer.content))
    )


def css() -> int:
    return len(gzip.compress((STATIC / "built" / "public.css").read_bytes()))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_its_style_is_at_most_30_kilobytes(country, name):
    assert size(PAGES[name]) + css() <= 30 * 1024


def test_an_article_before_its_photo_is_at_most_14_kilobytes(country):
    assert size(PATHS["article"]) + css() <= 14 * 1024


def test_all_scripts_together_are_at_most_30_kilobytes():
    scripts = list((STATIC / "js").rglob("*.js"))
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 30 * 1024


def test_a_page_needs_no_script_and_waits_for_none(country):
    for path in PAGES.values():
        markup = Client().get(path).content.decode()
        scripts = markup.count("<script")
        assert scripts == markup.count('<script type="module"') + markup.count('<script type="application/ld+json"')


def test_an_office_page_is_never_kept_by_anybody(country):
    office = make_actor(Role.REGENCY, "35.02")
    client = Client()
    client.force_login(type(person()).objects.get(pk=office.person_id), backend=STRONG)
    assert client.get("/kantor/").headers["Cache-Control"] == "private, no-store"


READ_MOST = ("home", "region province", "region regency", "region village", "kim", "article", "info page")
MOST_BYTES = {
    "home": 30,
    "region province": 32,
    "region regency": 32,
    "region village": 12,
    "kim": 16,
    "article": 16,
    "info page": 16,
}


@pytest.mark.parametrize("name", READ_MOST)
def test_a_page_read_most_puts_only_questions_that_are_kept(country, name, monkeypatch):
    """A question built anew costs ten times one that is compiled and prepared (docs/decisions/0018)."""

    def refuse(*_, **__):
        raise AssertionError("a question that is not kept: see kim.doors.questions")

    Client().get(PATHS[name])
    monkeypatch.setattr(DatabaseWrapper, "create_cursor", refuse)
    monkeypatch.setattr(questions, "_compile", refuse)
    assert Client().get(PATHS[name]).status_code == 200


@pytest.mark.parametrize("name", READ_MOST)
def test_a_page_read_most_is_written_in_few_bytes(country, name):
    assert len(Client().get(PATHS[name]).content) <= MOST_BYTES[name] * 1024
