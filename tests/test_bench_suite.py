"""The benchmark suite reckons rightly: wrk's words, processor seconds, ratios, staleness. Nothing is loaded here."""

import os

import pytest

import fanout
from suite import bars, beside, cells, staleness, table
from suite.bars import Bar
from suite.cells import Cell
from suite.load import Target, Wrong, plain, reckon, told
from suite.machine import family, label, processor_seconds
from suite.servers import serving
from suite.visitor import hidden_fields

SAID = """Running 1s test @ http://127.0.0.1:1
  2 threads and 8 connections

TOLD requests=2000 seconds=2.000000 bytes=8000000 p50=1.500 p99=9.250 max=20.000 refused=1 broken=2
"""


def run(rate: float, **figures: float) -> dict[str, float]:
    return {"rate": rate, "p50": 1, "p99": 4, "cpu": 0.02, "bytes": 4000, "errors": 0, "other": 0, **figures}


def target(name: str, *kinds: str) -> Target:
    return Target(name, "http://127.0.0.1:1", {kind: ["/"] for kind in kinds}, list)


def test_the_words_of_wrk_become_figures():
    figures = told(SAID)
    assert (figures["requests"], figures["p99"], figures["broken"]) == (2000, 9.25, 2)
    with pytest.raises(Wrong, match="unable to connect"):
        told("unable to connect to 127.0.0.1:1")


def test_processor_seconds_are_shared_out_among_server_client_and_others():
    figures = reckon(told(SAID), server=0.5, client=1.0, machine_busy=1.9, cores=2)
    assert figures["rate"] == 1000
    assert figures["cpu"] == pytest.approx(0.25)  # half a second for two thousand requests
    assert figures["bytes"] == 4000
    assert figures["errors"] == 3
    assert figures["other"] == pytest.approx(0.1)


def test_what_a_family_of_processes_spends_only_grows():
    before = processor_seconds(family([os.getpid()]))
    sum(number * number for number in range(200_000))
    assert processor_seconds(family([os.getpid()])) >= before > 0
    assert family([2**30]) == []
    assert label().startswith(f"{os.cpu_count()}x-")


def test_rivals_stand_beside_each_other_and_take_turns_at_being_first():
    found = cells.plan([target("a", "home", "kim"), target("b", "home")], ("home", "kim"), (8, 64))
    assert found[:2] == [Cell("a", "home", 8), Cell("b", "home", 8)]
    assert Cell("b", "kim", 8) not in found
    assert cells.turned(found, 1)[:2] == [Cell("b", "home", 8), Cell("a", "home", 8)]
    assert sorted(cells.turned(found, 1)) == sorted(found)


def test_the_middle_of_the_rounds_counts_and_every_error_does():
    figures = cells.median([run(100, errors=1), run(300, p99=9), run(200, errors=1)])
    assert (figures["rate"], figures["low"], figures["high"], figures["errors"]) == (200, 100, 300, 2)
    assert figures["p99"] == 4


def test_bars_are_ratios_of_one_run_and_what_is_missing_says_so():
    measured = {
        Cell("static", "article", 8): cells.median([run(50_000)]),
        Cell("kim", "article", 8): cells.median([run(35_000, cpu=0.05)]),
        Cell("kim-cold", "home", 8): cells.median([run(500, p99=20)]),
        Cell("kim-cold@p1", "home", 8): cells.median([run(500, p99=10)]),
    }
    results = {"sizes": ["full", "p1"], "memory": {"rest_mb": 200.0}, "storm": {"errors": 0}}
    found = {bar.name: bar for bar in bars.all_bars(measured, results)}
    assert found["article warm c=8: requests/s against static"].value == pytest.approx(0.7)
    assert found["article warm c=8: requests/s against static"].verdict == "OK"
    assert found["article warm c=8: CPU seconds per 1,000"].verdict == "NO"
    assert found["home cold c=8: p99 full/p1"].verdict == "NO"
    assert found["home cold c=8: p50 full/p1"].verdict == "OK"
    assert found["storm: errors"].is_met
    assert found["storm: readers' p99 against quiet"].verdict == "not measured"
    assert "1 missed" in bars.counted([Bar("x", 2, 1, False), Bar("y", None, 1, True)])


def test_the_tables_hold_every_cell_and_every_bar():
    measured = {
        Cell("static", "home", 8): cells.median([run(64_000)]),
        Cell("kim", "home", 8): cells.median([run(48_000)]),
    }
    assert "| home | 8 | kim | 48,000 | 0.750 |" in table.of_cells(measured)
    assert "| x | – | ≥ 5× | not measured |" in table.of_bars([Bar("x", None, 5, True)])


def look(answered: float, *numbers: int, place: str = "a") -> staleness.Look:
    return staleness.Look(place, "/", answered - 0.01, answered, 200, numbers)


def test_a_page_is_stale_from_the_earliest_commit_it_does_not_show():
    acts = staleness.Acts({1: 10.0, 2: 11.0, 3: 12.0})
    assert acts.stale(look(9.0)) == 0
    assert acts.stale(look(10.5)) == pytest.approx(0.5)
    assert acts.stale(look(12.5, 1)) == pytest.approx(1.5)
    assert acts.stale(look(11.5, 1, 2)) == 0
    assert acts.stale(look(12.5, 3)) == 0, "a later one stands for those it has pushed off the page"


def test_new_means_new_in_every_process():
    acts = staleness.Acts({1: 10.0})
    looks = [look(10.2, 1), look(10.4, place="b"), look(10.9, 1, place="b")]
    assert staleness.everywhere(acts, looks, {"a", "b"}) == [pytest.approx(0.9)]
    reckoned = staleness.reckon(looks, {"/": acts})
    assert reckoned["max_stale_seconds"] == pytest.approx(0.4)
    assert reckoned["pages"]["/"]["never_everywhere"] == 0
    assert staleness.everywhere(acts, looks[:2], {"a", "b"}) == []


def test_a_visitor_sends_the_hidden_fields_of_a_form():
    page = '<input type="hidden" name="kunci" value="k1"><input name="x"><input type="hidden" name="kunci" value="k2">'
    assert hidden_fields(page) == [("kunci", "k1")]
    assert plain(b"words") == b"words"


def test_rivals_are_served_as_we_are_and_the_front_server_is_the_shipped_one(tmp_path):
    assert serving(8601)[-1] == "kim.config.wsgi:application"
    assert serving(8601, "trivial:application")[:-1] == serving(8601)[:-1]
    texts = beside.shipped(tmp_path, tmp_path / "front", 8601, has_brotli=False)
    assert "server 127.0.0.1:8601" in texts["http.conf"] and "ssl_certificate" not in texts["http.conf"]
    assert f"root {tmp_path}/pages/open;" in texts["site.conf"] and "brotli_static" not in texts["site.conf"]


def test_a_fan_out_is_held_against_both_quiet_spells_and_counts_what_was_not_answered():
    one = fanout._compared([10.0] * 50, [20.0] * 50, [*([25.0] * 98), float("inf"), 40.0])
    assert one["quiet_p50"] == 20 and one["p50_ratio"] == 1.25 and one["errors"] == 1
    found = bars.all_bars({}, {"fanout": {"seconds": 20.0, "pages": {"home": one}}})
    told = {bar.name: bar.verdict for bar in found if bar.name.startswith("fan-out")}
    assert told == {
        "fan-out to every KIM": "OK", "fan-out: home p50 against quiet": "OK", "fan-out: home p99 against quiet": "NO",
    }  # fmt: skip
    assert "fan-out to every KIM" in {bar.name for bar in bars.all_bars({}, {}) if bar.is_met is None}


def test_voices_are_held_against_their_bar_page_by_page():
    one = {
        "p50": 4.0,
        "p95": 9.0,
        "max": 12.0,
        "worked_p50": 2.0,
        "worked_p95": 5.0,
        "questions": 7,
        "rows": 20,
        "answers": 90,
    }
    voices = {
        "full": {
            "amounts": {"voices": 9},
            "load": [0.1, 1.0],
            "asked": {"village: baru": one, "near ones": one | {"p95": 90.0}},
        },
        "p1": {"amounts": {"voices": 1}, "load": [0.1, 1.0], "asked": {"village: baru": one | {"questions": 6}}},
    }
    found = {bar.name: bar for bar in bars.all_bars({}, {"voices": voices})}
    assert found["voices: near ones, database time of 95 in 100"].verdict == "OK"
    assert found["voices: village: baru, database time of 95 in 100"].value == 9.0
    assert found["voices: most questions of one page"].verdict == "OK"
    assert "| full | village: baru | 4.00 | 9.00 |" in table.of_voices(voices)
