"""A correction shows what it changed: to the KIM since it last read, to the office version by version; and what sending takes."""

from collections.abc import Iterator

import pytest
from django.test import Client

from dissemination.factories import FACTS, Country, country
from kim.accounts.actor import Actor
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import Person
from kim.dissemination import actions, queries
from kim.dissemination.forms import SieveForm
from kim.dissemination.models import Bulletin, Urgency
from kim.inbox.actions import open_way
from kim.kernel.changes import GONE, NEW

pytestmark = pytest.mark.django_db
WORDS = {name: FACTS[name] for name in ("title", "body", "points")}


@pytest.fixture
def land() -> Country:
    return country()


def signed_in(who: Actor) -> Client:
    client, person = Client(), Person.objects.get(pk=who.person_id)
    client.force_login(person, backend=STRONG if who.is_official else PHONE)
    return client


def corrected(land: Country, bulletin: Bulletin, change: str, **words) -> Bulletin:
    return actions.correct(bulletin.id, fields=WORDS | words, change=change, actor=land.national)


def pieces(changes: list[queries.Change]) -> dict[str, set[tuple[str, str]]]:
    return {
        one.label: {(piece.kind, piece.text.strip()) for row in one.rows for piece in row if piece.kind != "same"}
        for one in changes
    }


def test_a_version_is_compared_with_the_one_before_and_only_what_changed_is_shown(land):
    bulletin = corrected(land, land.issued(), "Tanggal.", title="Imunisasi anak gratis sampai 20 Desember")
    assert pieces(queries.differences(bulletin, 2)) == {"Judul": {(GONE, "13"), (NEW, "20")}}
    bulletin = corrected(land, bulletin, "Syarat.", title=bulletin.title, points=[*FACTS["points"], "Bawa buku KIA"])
    assert pieces(queries.differences(bulletin, 3)) == {"Yang tidak boleh berubah": {(NEW, "Bawa buku KIA")}}
    assert set(pieces(queries.differences(bulletin, 3, since=1))) == {"Judul", "Yang tidak boleh berubah"}


def test_a_KIM_reads_what_changed_since_its_own_last_reading_however_often_it_looks(land):
    bulletin = land.issued()
    copy = actions.open_(land.copy(bulletin).id, actor=land.boards[0])
    assert queries.changed_since(copy) == {"changes": [], "said": []}
    corrected(land, bulletin, "Tanggal.", title="Sampai 20 Desember")
    corrected(land, bulletin, "Tempat.", title="Sampai 20 Desember", body="Di balai desa.")
    for _ in range(2):
        actions.open_(copy.id, actor=land.members[0])
        found = queries.changed_since(land.copy(bulletin))
        assert [version.change for version in found["said"]] == ["Tanggal.", "Tempat."]
        assert [change.label for change in found["changes"]] == ["Judul", "Isi untuk warga"]


def test_whoever_reads_it_first_when_it_is_corrected_has_nothing_to_compare(land):
    bulletin = corrected(land, land.issued(), "Tanggal.")
    copy = actions.open_(land.copy(bulletin).id, actor=land.boards[0])
    assert queries.changed_since(copy)["said"] == []


def test_the_pages_show_it(land):
    bulletin = land.issued()
    client, page = signed_in(land.boards[0]), f"/kerja/info/{land.copy(bulletin).id}/"
    assert "sejak KIM ini membacanya" not in client.get(page).content.decode()
    corrected(land, bulletin, "Tanggalnya 20.", title="Imunisasi anak gratis sampai 20 Desember")
    for _ in range(2):
        words = client.get(page).content.decode()
        assert "sejak KIM ini membacanya" in words and "<ins>20</ins>" in words and "Tanggalnya 20." in words
    office: Client = signed_in(land.national)
    assert "versi/2/" in office.get(f"/kantor/info/{bulletin.id}/").content.decode()
    assert "<del>13</del>" in office.get(f"/kantor/info/{bulletin.id}/versi/2/").content.decode()
    assert office.get(f"/kantor/info/{bulletin.id}/versi/9/").status_code == 404


# What sending takes


@pytest.fixture
def gateways(settings) -> Iterator[None]:
    settings.KIM_SMS_URL, settings.KIM_EMAIL_URL = "https://sms.example/{to}", "smtp://mail.example"
    settings.KIM_CHANNEL_ORDER, settings.KIM_PRICES = ["sms", "email"], {"sms": 350}
    settings.KIM_PER_MINUTE = settings.KIM_PER_MINUTE | {"sms": 1, "email": 60}
    return


def told(land: Country, urgency: str) -> dict[str, tuple[int, int, int]]:
    draft = land.draft("35.02", urgency=urgency)
    found = queries.prospect(draft, queries.targets_of(draft))
    assert found["people"] == 2
    return {channel: (one.messages, one.minutes, one.rupiah) for channel, one in found["forecasts"]}


def test_what_sending_takes_is_told_for_each_open_channel(land, gateways):
    for board in land.boards:
        open_way(board.person_id, "sms", zone="Asia/Jakarta")
    open_way(land.boards[0].person_id, "email", zone="Asia/Jakarta")
    assert told(land, Urgency.USUAL) == {"sms": (2, 2, 700), "email": (0, 0, 0)}
    assert told(land, Urgency.EMERGENCY) == {"sms": (2, 2, 700), "email": (1, 1, 0)}


def test_without_channels_it_says_so(land):
    draft = land.draft("35.02")
    words = signed_in(land.national).get(f"/kantor/info/{draft.id}/").content.decode()
    assert "2 pengurus dan redaktur" in words and "Hanya di dalam aplikasi" in words


# Narrowing the lists


def test_the_lists_are_narrowed_by_urgency_and_programme(land):
    one = land.issued("ID", urgency=Urgency.IMPORTANT, programme="Desa tangguh bencana")
    other = land.issued("ID")
    for narrowed, kept in (
        ({"urgency": "important"}, one),
        ({"programme": "desa TANGGUH bencana"}, one),
        ({"urgency": "usual"}, other),
    ):
        assert [row.id for row in queries.office_list(land.national, **narrowed)] == [kept.id]
        assert [row.bulletin_id for row in queries.inbox(land.boards[0], queries.TABS[0], **narrowed)] == [kept.id]
    assert len(queries.office_list(land.national)) == 2


def test_what_cannot_be_read_narrows_nothing():
    assert SieveForm({"mendesak": "besok", "program": "x"}).chosen == {}
