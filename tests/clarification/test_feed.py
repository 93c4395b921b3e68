"""A fact-checker outside, played by a server on this machine: suggestions once, nothing public, trouble never tells the key."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarification.factories import ANSWER, Country, country
from kim.clarification import actions, queries
from kim.clarification.models import Claim, Pulse, Suggestion
from kim.clarification.workflow import SUGGESTION_WORKFLOW, State
from kim.kernel import factcheck
from kim.kernel.results import NotAllowed, Refused

ROW = {
    "id": "101", "status": "2", "title": "[SALAH] Garam dapur menyembuhkan demam", "tanggal": "2025-11-03",
    "content": "<p>Minum <b>air garam</b> tiga gelas sehari menyembuhkan demam berdarah tanpa dokter.</p>",
    "fact": "Tidak ada penelitian yang mendukung.", "references": "https://contoh.org/a, https://contoh.org/b",
}  # fmt: skip


@contextmanager
def checker(body: bytes, kind: str = "application/json", status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """The address of a server that says this, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def switched_on(settings):
    def switch(door: str) -> None:
        settings.KIM_FACTCHECK_URL = f"http://{door}/Antihoax/{{key}}/terbaru"
        settings.KIM_FACTCHECK_KEY = "kunci-rahasia"
        settings.KIM_DOORS_INSIDE = [door]
        Pulse.objects.all().delete()

    return switch


@pytest.mark.django_db
def test_nothing_is_asked_until_it_is_switched_on(settings):
    assert settings.KIM_FACTCHECK_URL == ""
    assert actions.read_feed() == 0
    assert not Pulse.objects.exists()


@pytest.mark.django_db
def test_it_is_read_once_an_hour_and_each_entry_is_one_suggestion(switched_on):
    with checker(
        json.dumps([ROW, ROW | {"id": "102", "title": "[BENAR] Jalan dibuka lagi", "status": "1"}]).encode()
    ) as (door, asked):
        switched_on(door)
        assert (actions.read_feed(), actions.read_feed()) == (2, 0)
        assert asked == ["/Antihoax/kunci-rahasia/terbaru"]
        Pulse.objects.update(next_at="2020-01-01T00:00:00Z")
        assert actions.read_feed() == 0
    one = Suggestion.objects.get(guid="101")
    assert (one.verdict, one.url, str(one.published_on)) == ("false", "https://contoh.org/a", "2025-11-03")
    assert one.claim_text.startswith("Minum air garam")
    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{rusak", "application/json", 200),
        (b"<html>", "text/html", 200),
        (b"", "application/json", 503),
        (b"x" * 5_000_000, "application/json", 200),
    ],
    ids=["broken", "a page", "busy", "endless"],
)
def test_trouble_is_a_sentence_that_tells_neither_key_nor_address(switched_on, caplog, body, kind, status):
    with checker(body, kind, status) as (door, _):
        switched_on(door)
        assert actions.read_feed() == 0
    told = Pulse.objects.get().trouble
    assert told
    assert "kunci-rahasia" not in told + caplog.text
    assert not Suggestion.objects.exists()


@pytest.mark.django_db
def test_it_is_never_led_inside(switched_on, settings):
    with checker(json.dumps([ROW]).encode()) as (door, asked):
        switched_on(door)
        settings.KIM_DOORS_INSIDE = []
        assert actions.read_feed() == 0
        assert asked == []


@pytest.fixture
def land(db) -> Country:
    return country()


def test_taken_once_it_is_a_claim_of_that_office_and_known_by_the_words_that_go_round(land):
    actions.take_in([ROW])
    one = Suggestion.objects.get()
    claim = actions.take(one.id, actor=land.regency)
    assert claim.stage == "asked"
    assert queries.suggestion_of(claim) == Suggestion.objects.get()
    asked = land.asked("Minum air garam tiga gelas sehari menyembuhkan demam berdarah tanpa dokter, sebarkan!")
    assert asked.claim_id == claim.id
    actions.judge(claim.id, fields=ANSWER, actor=land.regency)
    with pytest.raises(NotAllowed):
        actions.take(one.id, actor=land.national)


@pytest.mark.parametrize("verb", list(SUGGESTION_WORKFLOW))
@pytest.mark.parametrize("state", list(State))
def test_only_offices_settle_a_suggestion_and_only_once(land, verb, state):
    one = Suggestion.objects.create(
        guid="1", checker="Pemeriksa", title=ROW["title"], claim_text=ROW["content"], state=state
    )
    for who in (land.boards[0], land.head):
        with pytest.raises(Refused):
            getattr(actions, verb)(one.id, actor=who)
    if SUGGESTION_WORKFLOW.allows(verb, state):
        getattr(actions, verb)(one.id, actor=land.province)
        assert Suggestion.objects.get().state == SUGGESTION_WORKFLOW[verb].to
    else:
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(one.id, actor=land.province)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from([*ROW, "data", "url"]), inner, max_size=6)
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_answer_at_all_is_read_without_trouble(said):
    for entry in factcheck.read(said):
        assert entry["guid"]
        assert entry["title"]
        assert entry["url"] == "" or entry["url"].startswith("https://")
