"""An office takes its list with it: what is in the file, who may, and that its length costs no memory."""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from accounts.factories import actor
from kim.accounts.backends import STRONG
from kim.accounts.models import Person, Role
from kim.kernel import clock
from kim.kernel.spreadsheet import read
from kim.ledger.models import Entry
from regions.factories import plant
from registry.factories import decree, kim
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL, BABADAN, KAKAP = "35.02.19.2007", "35.02.16.2004", "61.12.09.2001"
MANY = 100_000
MEGABYTE = 1024 * 1024


def officer(role: Role = Role.REGENCY, code: str = "35.02") -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor(role, code).person_id), backend=STRONG)
    return client


def taken(client: Client, path: str = "/kantor/kim/unduh.csv", **sent: str) -> list[dict[str, str]]:
    answer = client.post(path, sent)
    assert answer.status_code == 200
    words = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(words), delimiter=";"))


@pytest.fixture
def three():
    decree(kim(NGEBEL, name="KIM Telaga", public_phone="+6281234567890"), valid_until=clock.today() + timedelta(days=9))
    kim(BABADAN, name="=HYPERLINK(1)")
    kim(KAKAP, name="KIM Jauh")


def test_the_file_holds_the_list_of_the_office_and_nothing_beyond(three):
    rows = taken(officer())
    assert [row["Nama KIM"] for row in rows] == ["'=HYPERLINK(1)", "KIM Telaga"]
    assert rows[1]["Kode wilayah"] == NGEBEL
    assert rows[1]["SK"] == "SK habis dalam 9 hari"
    assert rows[1]["WhatsApp untuk umum"] == "0812-3456-7890"
    assert [row["Nama KIM"] for row in taken(officer(Role.PROVINCE, "61"))] == ["KIM Jauh"]
    assert len(taken(officer(Role.NATIONAL, "ID"))) == 3


def test_it_is_narrowed_as_the_page_is(three):
    assert [row["Nama KIM"] for row in taken(officer(), sk="segera")] == ["KIM Telaga"]
    assert [row["Nama KIM"] for row in taken(officer(), wilayah="35.02.16")] == ["'=HYPERLINK(1)"]
    page = officer().get("/kantor/kim/?sk=segera").content.decode()
    assert 'name="sk" value="segera"' in page and "Unduh Excel" in page


def test_a_workbook_holds_the_same_and_no_formula(three):
    answer = officer().post("/kantor/kim/unduh.xlsx")
    rows = read(b"".join(answer.streaming_content))[0].rows
    assert [row[0] for row in rows] == ["Nama KIM", "'=HYPERLINK(1)", "KIM Telaga"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="daftar-kim.xlsx"'
    assert officer().post("/kantor/kim/unduh.doc").status_code == 404


def test_the_ledger_knows_who_took_what(three):
    taken(officer(), sk="segera")
    entry = Entry.objects.get(verb="export.taken")
    assert entry.data == {"what": "kim", "kind": "csv", "filters": {"legal": "segera"}}
    assert (entry.region_code, entry.hat != "") == ("35.02", True)


def test_a_shelf_of_texts_in_its_order_with_their_addresses():
    group = kim(NGEBEL)
    for days in (3, 1, 2):
        article(group, days=days, title=f"Kabar {days}", edited_at=clock.now() - timedelta(days=10 - days))
    article(group, stage="unpublished", title="Ditarik", source="citizen")
    article(kim(KAKAP), title="Jauh")
    client = officer()
    rows = taken(client, "/kantor/kabar/unduh.csv", rak="terbit")
    assert [row["Judul"] for row in rows] == ["Kabar 1", "Kabar 2", "Kabar 3"]
    assert rows[0]["Alamat"].startswith("http") and rows[0]["Suara"] == "Dari KIM"
    gone = taken(client, "/kantor/kabar/unduh.csv", rak="ditarik")
    assert [(row["Judul"], row["Alamat"], row["Suara"]) for row in gone] == [("Ditarik", "", "Dari warga")]
    assert taken(client, "/kantor/kabar/unduh.csv") == []


def fill(rows: int) -> None:
    plant(NGEBEL)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO registry_kim (id, region_id, name, slug, focus, about, secretariat, public_phone, ict_level, accent,
              reported_members, understands_no_budget, decision_rule, quorum, stage, registrant_name, registrant_phone,
              resume_hash, created_at, registered_at, published_count, is_demo)
            SELECT gen_random_uuid(), %s, 'KIM Ke-' || n, 'ke-' || n, 'public', repeat('Kabar desa. ', 20), '', '', 'ict',
              'nila', 0, true, 'head', 3, 'registered', '', '', '', now(), now(), 0, false
            FROM generate_series(1, %s) n""",
            [NGEBEL, rows],
        )


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_a_hundred_thousand_rows_take_no_more_memory_than_a_page():
    fill(MANY)
    client = officer()
    stream = client.post("/kantor/kim/unduh.csv").streaming_content
    next(stream)
    before = peak = resident()
    lines = 0
    for piece in stream:
        lines += piece.count(b"\n")
        peak = max(peak, resident())
    assert lines > MANY - 1000
    assert peak - before < 24 * MEGABYTE


def test_a_workbook_of_many_rows_is_written_as_it_goes():
    fill(5000)
    client = officer()
    assert client.post("/kantor/kim/unduh.csv").status_code == 200  # everything that is loaded once is loaded
    before = resident()
    answer = client.post("/kantor/kim/unduh.xlsx")
    size = sum(len(piece) for piece in answer.streaming_content)
    assert size > 100_000
    assert resident() - before < 16 * MEGABYTE
