"""What a stranger or a neighbour tries on purpose, door by door, and finds shut."""

from functools import cache
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection, models, transaction
from django.test import Client
from django.utils.feedgenerator import Atom1Feed

from kim.accounts.models import Mandate, Person
from kim.aspirations.models import Aspiration
from kim.discussion.models import Remark
from kim.importing.models import Batch, Row
from kim.inbox.models import Delivery
from kim.kernel import markup
from kim.media.models import Upload
from kim.publishing.models import Article, Correction, Photo, Revision
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member
from walking import COLUMNS, LINES, SENT, address, knock, media_root, same_files, world

__all__ = ["media_root", "same_files", "world"]  # fixtures

NUL = "%00"
ODD_ADDRESSES = [
    f"/wilayah/{NUL}/", f"/wilayah/{NUL}/daftar/", f"/sertifikat/{NUL}/", f"/sertifikat/{NUL}.pdf", f"/{NUL}/",
    f"/kabar/?wilayah={NUL}", f"/kim/?wilayah={NUL}", f"/kim/?sesudah={NUL}", f"/cari/?q={NUL}", f"/masuk/kode/?k={NUL}",
]  # fmt: skip


@pytest.mark.parametrize("path", ODD_ADDRESSES)
def test_a_nul_in_an_address_is_a_bad_request_and_no_fault_of_ours(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "tidak dapat dibaca" in answer.content.decode()


def test_a_nul_in_a_field_never_reaches_a_view(client):
    answer = client.post("/masuk/demo/", {"role": "regency\0"})
    assert answer.status_code == 400


def test_a_body_without_end_is_refused_before_it_is_read(client):
    answer = client.post("/daftar-kim/", {"name": "KIM"}, CONTENT_LENGTH=str(10**12))
    assert answer.status_code == 413
    assert "terlalu besar" in answer.content.decode()


def test_a_form_without_its_token_is_answered_in_plain_indonesian():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/masuk/demo/", {"role": "regency"})
    assert answer.status_code == 403
    assert "muat ulang halamannya" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "[::1"])
def test_a_made_up_host_is_refused_in_plain_indonesian(client, settings, host):
    settings.ALLOWED_HOSTS = [settings.KIM_DOMAIN, f".{settings.KIM_DOMAIN}"]
    answer = client.get("/kantor/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["kantor", "admin", "evil"])
def test_a_name_below_the_domain_opens_no_office_and_reads_no_session(client, name):
    host = f"{name}.{django_settings.KIM_DOMAIN}"
    answer = client.get("/kantor/", headers={"host": host})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{django_settings.KIM_BASE_URL}/kantor/"
    assert client.post("/masuk/demo/", {"role": "board"}, headers={"host": host}).status_code == 405


@pytest.mark.parametrize("words", ["<p>Kabar &#1;&#11;&#x202e;baik</p>", "Kabar \x01\x0b\u202ebaik"])
def test_no_text_can_break_the_feeds_with_a_control_character(words):
    body = markup.clean(words)
    feed = Atom1Feed(title="KIM", link="/", description="")
    feed.add_item(title="Kabar", link="/", description=body)
    assert "baik" in feed.writeString("utf-8")
    assert "\u202e" not in body


def test_a_hard_space_of_a_word_processor_still_parts_two_words():
    assert markup.clean("<p>dua\u00a0kata</p>") == "<p>dua kata</p>"


# --- other people's rows -------------------------------------------------------------------------------------

POSTS = [line for line in LINES if line.method == "POST"]
# Where a row lies: the way from it to the code of its region.
WATCHED: dict[type[models.Model], str] = {
    Kim: "region__code", Decree: "kim__region__code", Member: "kim__region__code", BoardSeat: "kim__region__code", Article: "region__code",
    Revision: "article__region__code", Correction: "article__region__code", Photo: "article__region__code", Upload: "region_code",
    Batch: "region__code", Row: "batch__region__code",
}  # fmt: skip


@cache
def _rows_of(region: str) -> tuple[str, list[str]]:
    """One question for all of them: every row of one regency, as the table writes it."""
    parts, params = [], []
    for model, way in WATCHED.items():
        ours = model.objects.filter(**{f"{way}__startswith": region}).order_by().values("pk")
        sql, given = ours.query.sql_with_params()
        parts.append(f'SELECT t::text AS kept FROM "{model._meta.db_table}" t WHERE t.id IN ({sql})')
        params += given
    return f"SELECT md5(string_agg(kept, chr(10) ORDER BY kept)) FROM ({' UNION ALL '.join(parts)}) kept", params


def print_of(region: str) -> str:
    """Everything kept of one regency, as one digest."""
    with connection.cursor() as cursor:
        cursor.execute(*_rows_of(region))
        return cursor.fetchone()[0] or ""


def strangers(world) -> list[str]:
    """Everybody without a hat over Kutai."""
    return [role for role in COLUMNS if role not in ("kab-lain", "pusat")]


@pytest.mark.django_db
@pytest.mark.parametrize("line", POSTS, ids=[line.name for line in POSTS])
def test_nobody_changes_a_row_of_another_regency(line, world, monkeypatch):
    """Every form of the house, sent with the ids of Kutai by everybody of Ponorogo; nothing there moves."""
    path = address(line.route, line.subject, world.kutai, world)
    before, seen = print_of("64.08"), list[str]()
    assert before
    real = transaction.set_rollback

    def look_first(rollback, using=None):
        seen.append(print_of("64.08"))
        real(rollback, using)

    monkeypatch.setattr(transaction, "set_rollback", look_first)
    for role in strangers(world):
        knock(world, role, "POST", path, (SENT.get(line.route) or {}) | {"kunci": str(uuid4())})
    assert len(seen) >= len(strangers(world))
    assert all(then == before for then in seen), path


# --- fields nobody asked for ---------------------------------------------------------------------------------

FORGED = {
    "stage": "published", "region": "64.08", "region_id": "64.08.04.2001", "kim": "1", "kim_id": str(uuid4()),
    "is_demo": "1", "is_public": "1", "published_count": "99", "registry_number": "KIM-1", "slug": "kantor",
    "author": str(uuid4()), "author_id": str(uuid4()), "owner_id": str(uuid4()), "id": str(uuid4()), "pk": "1",
    "published_at": "2020-01-01", "short_code": "aaaaaa", "decided_revision": "99", "is_active": "1", "is_staff": "1",
}  # fmt: skip
GUARDED = {
    Kim: ("stage", "region_id", "is_demo", "published_count", "registry_number", "slug", "created_by_id"),
    Article: ("stage", "region_id", "kim_id", "is_demo", "short_code", "published_at", "author_id"),
    Upload: ("is_public", "is_demo", "owner_id", "kim_id", "region_code"),
}
OWN_FORMS = [
    ("pengurus", "publishing:write", {}),
    ("anggota", "publishing:autosave", {}),
    ("pengurus", "registry:desk_profile", {"about": "Kami", "secretariat": "Balai", "ict_level": "ict", "quorum": 1}),
    ("pengurus", "registry:desk_members", {}),
    ("pengurus", "registry:desk_board", {}),
    ("pengurus", "registry:desk_renew", {"number": "1/2/2026"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "route", "said"), OWN_FORMS, ids=[route for _, route, _ in OWN_FORMS])
def test_a_field_nobody_asked_for_changes_nothing(role, route, said, world, monkeypatch):
    path = address(route, "", world.ponorogo, world)
    before, seen = guarded(), []
    real = transaction.set_rollback
    monkeypatch.setattr(transaction, "set_rollback", lambda on, using=None: (seen.append(guarded()), real(on, using)))
    knock(world, role, "POST", path, FORGED | (SENT.get(route) or {}) | said)
    assert seen
    assert not {key: (was, then[key]) for then in seen for key, was in before.items() if then[key] != was}


def guarded() -> dict[tuple[str, str], tuple]:
    """What only an action may set, by row."""
    found = {}
    for model, names in GUARDED.items():
        for row in model.objects.order_by("pk").values_list("pk", *names):
            found[(model.__name__, str(row[0]))] = row[1:]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["kades", "kab", "provinsi", "pusat", "kab-lain"])
def test_no_office_reads_the_scan_of_a_registration_that_was_only_begun(role, world):
    """Not at the SK's address, and not by going round it to the file."""
    here = world.ponorogo
    with transaction.atomic():
        Kim.objects.filter(pk=here.waiting.pk).update(stage="draft")
        for path in (f"/berkas/{here.waiting_decree.scan_id}/", f"/daftar-kim/sk/{here.waiting_decree.pk}/"):
            assert knock(world, role, "GET", path).status_code == 404
        transaction.set_rollback(True)


# --- words that want to be code ------------------------------------------------------------------------------

EVIL = """"><script>alert(1)</script></script></title><img src=x onerror=alert(2)>{{7*7}}'"""
RUNS = ("<script>alert(1)", "<img src=x onerror", "</script></title>")


@pytest.fixture
def poisoned(world):
    """Every word somebody of Ponorogo may have typed, turned against whoever reads it."""
    with transaction.atomic():
        here = world.ponorogo
        kims = Kim.objects.filter(pk__in=[here.kim.pk, here.waiting.pk])
        kims.update(name=EVIL[:90], about=EVIL, secretariat=EVIL, registrant_name=EVIL[:90])
        Decree.objects.filter(kim__in=kims).update(number=EVIL, about=EVIL, issuer_office=EVIL)
        Member.objects.filter(kim__in=kims).update(name=EVIL)
        BoardSeat.objects.filter(kim__in=kims).update(name=EVIL)
        Channel.objects.filter(kim__in=kims).update(address=EVIL)
        words = {"title": EVIL, "gist": EVIL, "place": EVIL, "benefit": EVIL, "source_note": EVIL, "responsible": EVIL}
        Article.objects.filter(kim=here.kim).update(**words)
        Revision.objects.filter(article__kim=here.kim).update(title=EVIL, gist=EVIL)
        Upload.objects.filter(kim_id=here.kim.pk).update(name=EVIL, alt=EVIL, credit=EVIL)
        Batch.objects.filter(pk=here.batch.pk).update(name=EVIL, sheet=EVIL[:80])
        Row.objects.filter(batch=here.batch).update(cells=[EVIL, EVIL])
        Remark.objects.update(text=EVIL)
        Aspiration.objects.update(text=EVIL, public_text=EVIL, place=EVIL[:160], reporter_name=EVIL[:90])
        Delivery.objects.update(text=EVIL)
        Person.objects.update(name=EVIL)
        Mandate.objects.update(label=EVIL)
        yield world
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_no_word_that_was_typed_runs_on_any_page(role, poisoned):
    paths = [
        address(line.route, line.subject, poisoned.ponorogo, poisoned)
        for line in LINES
        if line.method == "GET" and not line.route.startswith("host:")
    ]
    shown = 0
    for path in [*paths, f"/cari/?q={quote(EVIL)}", f"/kim/?q={quote(EVIL)}", f"/wilayah/?q={quote(EVIL)}"]:
        answer = knock(poisoned, role, "GET", path)
        if "html" in answer.headers.get("Content-Type", ""):
            words = answer.words.decode()
            shown += "&lt;script&gt;alert(1)" in words
            assert not [bad for bad in RUNS if bad in words], f"{role} would run it at {path}"
    assert shown > 5, "the poison is nowhere to be seen"
