"""Knocking at every address as every role, in one world: what the walking tests share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from kim.aspirations.queries.phones import stop_word
from kim.clarification.models import SHORT
from kim.clarification.queries import secret_of
from kim.publishing.models import CheckPoint
from world import PONOROGO, ROLES, SECRET, TICKETS, Regency, World, build

TABLE = Path(__file__).with_name("access_table.txt")
COLUMNS = ("warga", *ROLES)


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
        "channel": "sms", "token": "tebakan",
        "kim_slug": here.kim.slug, "slug": here.kim.slug, "category": "kegiatan-desa", "form": "atom", "width": "480",
        "part": "kim", "number": "1", "code": here.village, "upload_id": here.cover.pk, "article_id": here.texts["draft"].pk,
        "batch_id": here.batch.pk, "kind": "csv", "delivery_id": here.delivery.pk, "provider_id": "sso", "pk": 1,
        "person_id": world.people["anggota"].pk, "mandate_id": world.hats["anggota"].pk, "kim_id": here.kim.pk,
        "decree_id": here.decree.pk, "member_id": here.member.pk, "seat_id": here.seat.pk, "position": "chair",
        "bulletin_id": here.packets["arrived"].pk, "copy_id": here.copies["arrived"].pk, "report_id": here.report.pk,
        "name": here.texts["published"].pk,
        "case_id": here.case.pk, "what": "article", "thing_id": here.texts["published"].pk, "step": "ambil",
        "claim_id": here.claims["checked"].pk, "suggestion_id": here.tip.pk,
        "question_id": here.questions["waiting"].pk, "theme_id": here.theme.pk, "secret": here.secret,
        "source_id": here.source.pk, "item_id": here.item.pk, "attachment_id": here.attachment.pk,
        "request_id": here.request.pk, "objection_id": here.objection.pk, "problem_id": here.problem.pk, "meeting_id": here.meeting.pk,
        "aspiration_id": here.voices["new"].pk, "word": "terima", "agency_id": here.agency.pk, "holiday_id": here.holiday.pk,
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
    if subject.startswith("packet-"):
        packet = here.packets[subject.removeprefix("packet-")]
        return {"bulletin_id": packet.pk, "code": packet.short_code or "tidakada"}
    if subject == "packet":
        return {"code": here.packets["public"].short_code}
    if subject.startswith("question-"):
        return {"question_id": here.questions[subject.removeprefix("question-")].pk}
    if subject.startswith("voice-"):
        name, _, word = subject.removeprefix("voice-").partition(":")
        return {"aspiration_id": here.voices[name].pk} | ({"word": word} if word else {})
    if subject.startswith("claim-"):
        claim = here.claims[subject.removeprefix("claim-")]
        return {"claim_id": claim.pk, "code": claim.code, "upload_id": here.shot.pk}
    if subject.startswith("short-"):
        return {"code": f"{SHORT}{here.claims[subject.removeprefix('short-')].code}"}
    if subject.startswith("copy-"):
        return {"copy_id": here.copies[subject.removeprefix("copy-")].pk}
    things = {
        "passed_on": {"report_id": here.passed_on.pk},
        "scan": {"upload_id": here.scan.pk},
        "waiting": {"kim_id": here.waiting.pk, "decree_id": here.waiting_decree.pk},
        "begun": {"kim_id": here.draft.pk},
        "renewal": {"decree_id": here.renewal.pk},
        "ticket": {"number": here.ticket.number, "secret": secret_of(here.ticket)},
        "row": {"number": 2},
        "from_above": {"item_id": world.from_above.pk, "source_id": world.from_above.source_id},
        "number": {"number": here.kim.registry_number},
        "spoken": {"number": here.voice.number},
        "spoken-told": {"number": here.voice.number, "word": stop_word(here.voice.pk)},
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


OWN = {"nomor": TICKETS["35.02"], "kode": SECRET}
# What a row of POST sends, where an empty form would not show who may: the answer is then the act's own.
DESK_WORDS: dict[str, object] = {"text": "Sudah.", "outcome": "done", "reason": "Bukan urusan kami.", "to": "35.02"}
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
    "registry:let_in": {"name": "Tuti Contoh", "phone": "0812 7777 8888"},
    "registry:desk_members": {"name": "Anggota Baru"},
    "registry:desk_leave": {"left_on": "2026-01-05"},
    "registry:desk_invite": {"role": "member"},
    "registry:desk_board": {"position": "secretary", "name": "Dewi Contoh", "since": "2026-01-05"},
    "registry:desk_replace": {"name": "Dewi Contoh", "on": "2026-01-05"},
    "dissemination:give_back": {"note": "Tambah jam."},
    "dissemination:withdraw": {"reason": "Keliru."},
    "dissemination:correct": {"change": "Jamnya.", "title": "Judul", "body": "Isi.", "points": "Gratis"},
    "dissemination:note": {"text": "Selasa."},
    "dissemination:decline": {"reason": "known"},
    "dissemination:remark": {"text": "Sudah dicek."},
    "dissemination:side": {"side": "agree"},
    "dissemination:decide": {"outcome": "accept"},
    "dissemination:check_back": {"result": "confirmed"},
    "dissemination:reply": {"text": "Boleh, bawa KTP."},
    "dissemination:close": {"reason": "spam"},
    "dissemination:group": {"question": "Bolehkah diwakilkan?"},
    "dissemination:theme": {"text": "Boleh, bawa KTP."},
    "aspirations:village_act": DESK_WORDS,
    "aspirations:office_act": DESK_WORDS | {"to": "35"},
    "aspirations:agencies": {"name": "Dinas Baru", "region": "35.02"},
    "aspirations:route": {"category": "road"},
    "aspirations:holidays": {"on": "2026-08-11", "name": "Hari jadi", "source": "SE 2/2026"},
    "aspirations:decide_request": {"decision": "granted"},
    "aspirations:reply_objection": {"reply": "Diberikan besok."},
    "aspirations:lapor": {"tracking_id": "5512345"},
    "aspirations:object": OWN | {"reason": "c", "id": "01a2226a-5771-7a24-ad6f-e323f2aadfea"},
    "deliberation:name": {"title": "Air mati.", "category": "water", "id": "01a2226a-5771-7a24-ad6f-e323f2aadfeb"},
    "deliberation:act": {"plan": "Gali sumur."},
    "deliberation:settle": {"result": "Air mengalir."},
    "deliberation:drop": {"reason": "Ada program lain."},
    "deliberation:remark": {"text": "Setuju."},
    "deliberation:hold": {
        "topic": "Air",
        "held_on": "2026-01-05",
        "present": "10",
        "id": "01a2226a-5771-7a24-ad6f-e323f2aadfec",
    },
    "deliberation:resolve": {"text": "Gali sumur.", "id": "01a2226a-5771-7a24-ad6f-e323f2aadfed"},
    "clarification:ask": {"id": str(uuid4()), "text": "Apakah pasar pindah ke lapangan baru mulai pekan depan?"},
    "clarification:spread": {"channel": "board", "held_on": "2026-03-02", "guess": "10-50", "id": str(uuid4())},
    "clarification:check_back": {"result": "confirmed"},
    "clarification:judge": {
        "verdict": "false",
        "title": "Kabar itu",
        "gist": "Tidak benar.",
        "explanation": "Sudah ditanyakan.",
        "evidence": "https://contoh.go.id/a Penjelasan",
        "agency": "Diskominfo",
    },
    "clarification:fold": {"into": str(uuid4()), "reason": "Sama."},
    "clarification:withdraw": {"reason": "Keliru."},
    "clarification:set_aside": {"reason": "Ini pendapat."},
    "moderation:report": {"reason": "hoax", "words": "Tanggalnya lain."},
    "moderation:office_step": {"note": "Sudah dicek."},
    "moderation:kim_step": {"note": "Sudah kami ralat."},
    "accounts:end_mandate": {"reason": "Pindah rumah."},
    "aspirations:write": {"langkah": "1", "kind": "wish", "text": "Mohon lampu jalan di gang."},
    "aspirations:open": OWN,
    "aspirations:supply": OWN | {"text": "Di RT 3."},
    "aspirations:close": OWN | {"nilai": "3"},
    "aspirations:rate": OWN | {"nilai": "3"},
    "aspirations:reopen": OWN | {"text": "Masih bocor."},
    "aspirations:stay": OWN,
    "aspirations:erase": OWN | {"yakin": "ya"},
    "aspirations:support": OWN,
    "aspirations:slip_pdf": OWN,
    "aspirations:slip_png": OWN,
    "aspirations:renew": {"rahasia": "abcdefgh23"},
    "aspirations:own_act": {"nilai": "3", "text": "Masih gelap."},
    "aspirations:take_in": {
        "kind": "wish",
        "text": "Mohon lampu jalan di gang.",
        "kode": PONOROGO,
        "category": "light",
        "for_other": "lain",
        "privacy": "open",
    },
}


@pytest.fixture(scope="module")
def media_root(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@contextmanager
def for_the_file(blocker, media_root) -> Iterator[None]:
    """What is built inside stays for every test of the file, each of which takes back its own, and is gone at its end."""
    with blocker.unblock():
        before, django_settings.MEDIA_ROOT = django_settings.MEDIA_ROOT, media_root
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        django_settings.MEDIA_ROOT = before


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, media_root):
    """One world for the whole file."""
    with for_the_file(django_db_blocker, media_root):
        yield build()


@pytest.fixture(autouse=True)
def same_files(files_go_nowhere, settings, media_root):
    settings.MEDIA_ROOT = media_root


def look(world: World, role: str, path: str, host: str = "testserver"):
    """The page a role gets, asked for once: looking changes nothing."""
    seen = world.seen
    if (role, path, host) not in seen:
        seen[role, path, host] = knock(world, role, "GET", path, host=host)
    return seen[role, path, host]


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
