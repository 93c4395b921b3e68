"""Prints as JSON what the pages of voices, claims and reports cost the database: the busiest desks of the nation, one by one."""

import json
import random
import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.test import Client

from inside import asking, people
from inside.asking import Ask, page
from kim.accounts.models import Mandate, Role
from kim.aspirations import queries
from kim.aspirations.models import Aspiration, Handling, InformationRequest
from kim.aspirations.workflow import OPEN_STAGES
from kim.clarification.models import Claim, Report
from kim.clarification.queries.near import nearest
from kim.kernel import fingerprint
from kim.moderation.models import Case

DESKS, ONES = 6, 12  # of each kind of desk, the fullest; voices looked at on each
PILES = ("baru", "ditangani", "lewat", "selesai")
MESSAGES = 300
NEXT = re.compile(r'href="(\?[^"]*sesudah=[^"]+)"')
COLUMNS = {"province": "province_code", "regency": "regency_code", "district": "district_code", "village": "region_id"}
SHELVES = ("giliran", "bawah", "selesai")


def fullest() -> dict[str, list[Mandate]]:
    """Kind of desk → somebody who sits there, the desks with most open voices first."""
    rows = Aspiration.objects.filter(stage__in=OPEN_STAGES).values("holder_code", "holder_agency_id")
    found: dict[str, list[Mandate]] = {
        name: [] for name in ("village", "kecamatan", "regency", "OPD", "province", "ministry")
    }
    for row in rows.annotate(number=Count("id")).order_by("-number", "holder_code"):
        name = kind_of(row["holder_code"], is_agency=row["holder_agency_id"] is not None)
        if len(found[name]) < DESKS and (hat := _hat(row["holder_code"], row["holder_agency_id"])):
            found[name].append(hat)
    return {name: hats for name, hats in found.items() if hats}


def kind_of(code: str, *, is_agency: bool) -> str:
    if is_agency:
        return "kecamatan" if len(code) == 8 else "OPD"
    return {13: "village", 5: "regency"}.get(len(code), "ministry" if code == "ID" else "province")


def _hat(code: str, agency: Any) -> Mandate | None:
    rows = Mandate.objects.filter(region_id=code, agency_id=agency, until=None).exclude(role=Role.MEMBER)
    return rows.select_related("person").order_by("id").first()


def kinds() -> Iterator[tuple[str, list[Ask]]]:
    """Everything that is asked, by name."""
    desks = {name: [(hat, people.cookie(hat)) for hat in hats] for name, hats in fullest().items()}
    for name, sitting in desks.items():
        yield from _desk(name, sitting)
    yield from _offices(desks)
    yield from _public()
    yield from _claims(desks)
    yield from _reports(desks)


def _desk(name: str, sitting: list[tuple[Mandate, str]]) -> Iterator[tuple[str, list[Ask]]]:
    side = "kerja" if name == "village" else "kantor"
    for pile in PILES:
        yield f"{name}: {pile}", [page(f"/{side}/aspirasi/?tumpukan={pile}", cookie) for _, cookie in sitting]
    ended = f"/{side}/aspirasi/?tumpukan=selesai"
    yield f"{name}: further on", [page(path, cookie) for _, cookie in sitting for path in _further(ended, cookie)]
    rare = [f"/{side}/aspirasi/?tumpukan={pile}&tentang=signal" for pile in ("baru", "selesai")]
    yield f"{name}: one category", [page(path, cookie) for path in rare for _, cookie in sitting]
    yield f"{name}: passed on", [page(f"/{side}/aspirasi/diteruskan/", cookie) for _, cookie in sitting]
    rows = [(row, cookie) for hat, cookie in sitting for row in _lying(hat)]
    yield f"{name}: one voice", [page(f"/{side}/aspirasi/{row}/", cookie) for row, cookie in rows]


def _further(path: str, cookie: str = "", most: int = 3) -> list[str]:
    """The pages behind one, by the marks that the site itself writes."""
    found, client = [], Client(SERVER_NAME="localhost", **({"HTTP_COOKIE": cookie} if cookie else {}))
    base, here = path.partition("?")[0], path
    while len(found) < most and (mark := NEXT.search(client.get(here).content.decode())):
        here = base + mark[1].replace("&amp;", "&")
        found.append(here)
    return found or [path]


def _lying(hat: Mandate) -> list[Any]:
    desk = str(hat.agency_id) if hat.agency_id else hat.region_id
    rows = Aspiration.objects.filter(desk=desk, stage__in=OPEN_STAGES).order_by("due_at", "id")
    return list(rows.values_list("id", flat=True)[:ONES])


def _offices(desks: dict[str, list[tuple[Mandate, str]]]) -> Iterator[tuple[str, list[Ask]]]:
    """Registers and themes."""
    for name, sitting in desks.items():
        yield f"{name}: register", [page("/kantor/permohonan/", cookie) for _, cookie in sitting]
        if name in ("regency", "province", "ministry"):
            yield f"{name}: themes", [page("/kantor/aspirasi/tema/", cookie) for _, cookie in sitting]


def _public() -> Iterator[tuple[str, list[Ask]]]:
    for name, codes in busiest().items():
        yield f"public list of a {name}", [page(f"/aspirasi/wilayah/{code}/") for code in codes]
        yield f"answered ones of a {name}", [page(f"/aspirasi/wilayah/{code}/?tahap=dijawab") for code in codes]
        yield f"figures of a {name}", [page(f"/aspirasi/angka/{code}/") for code in codes]
    further = _further("/aspirasi/wilayah/ID/", most=12)
    yield "public list of the nation, further on", [page(path) for path in further]
    rows = list(Aspiration.objects.filter(is_public=True).order_by("-received_at", "-id")[:60])
    yield "one voice, public", [page(f"/lacak/{row.number}/") for row in rows]
    yield "similar ones", [lambda row=row: queries.alike(row.region_id, row.text) and None for row in rows]


def busiest() -> dict[str, list[str]]:
    """The places with most voices, by level."""
    found = {"nation": ["ID"]}
    for name, column in COLUMNS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM aspirations_aspiration GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 6")
            found[name] = [code for (code,) in cursor.fetchall()]
    return found


def _claims(desks: dict[str, list[tuple[Mandate, str]]]) -> Iterator[tuple[str, list[Ask]]]:
    lists = ("/hoaks/", "/hoaks/?putusan=satire", *_further("/hoaks/", most=12))
    yield "library of claims", [page(path) for path in lists]
    words = ("pupuk subsidi", "banjir", "bantuan tunai", "flu", "tautan daftar", "kartu keluarga")
    yield "search in the library", [page("/hoaks/?" + urlencode({"q": one})) for one in words]
    codes = Claim.objects.filter(stage="answered").order_by("-published_at", "-id").values_list("code", flat=True)
    yield "one claim, public", [page(f"/hoaks/{code}/") for code in codes[:40]]
    yield "near ones", [lambda prints=prints: nearest(prints) and None for prints in _messages()]
    yield "claims of a KIM", [page("/kerja/hoaks/", cookie) for _, cookie in desks.get("village", [])]
    for name in ("regency", "province", "ministry"):
        paths = [f"/kantor/hoaks/?rak={shelf}" for shelf in ("", "baru", "dijawab")]
        yield f"claims of a {name}", [page(path, cookie) for _, cookie in desks.get(name, []) for path in paths]


def _messages() -> list[list[tuple[str, int]]]:
    """Half are messages that were sent, with one word changed; half are new."""
    chance = random.Random(11)
    texts = list(Report.objects.order_by("id").values_list("text", flat=True)[: MESSAGES * 20 : 20])
    found = []
    for number, text in enumerate(texts):
        words = text.split()
        words[chance.randrange(len(words))] = "lain"
        said = words if number % 2 else [*chance.sample(words, len(words) // 2), "baru", "sama", "sekali"]
        code = fingerprint.of_text(" ".join(said))
        found += [[("text", code)]] if code is not None else []
    return found


def _reports(desks: dict[str, list[tuple[Mandate, str]]]) -> Iterator[tuple[str, list[Ask]]]:
    for name in ("regency", "province", "ministry"):
        paths = [f"/kantor/laporan/?rak={shelf}" for shelf in SHELVES]
        yield f"reports of a {name}", [page(path, cookie) for _, cookie in desks.get(name, []) for path in paths]
    yield "log of moderation", [page(path) for path in ("/moderasi/", *_further("/moderasi/", most=12))]


def amounts() -> dict[str, int]:
    models = {"voices": Aspiration, "stays": Handling, "requests": InformationRequest, "claims": Claim, "cases": Case}
    counted = {name: model.objects.count() for name, model in models.items()}
    return counted | {"open": Aspiration.objects.filter(stage__in=OPEN_STAGES).count()}


def main() -> None:
    found = {}
    for name, asks in kinds():
        if asks:
            found[name] = asking.costs(asks)
            one = found[name]
            told = f"p95 {one['p95']:8.2f} ms, worked {one['worked_p95']:7.2f} ms, {one['questions']} questions"
            print(f"{name:<40} {told}", file=sys.stderr)
    json.dump({"amounts": amounts(), "asked": found}, sys.stdout)


if __name__ == "__main__":
    main()
