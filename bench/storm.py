"""A publish storm: texts go out at a steady pace while readers ask at full speed, and others watch what they are shown.

Used by run.py; by itself: `python bench/storm.py --nation DIR --size full [--seconds 20] [--pace 50]`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from suite import staleness
from suite.load import Wrong, begin_wrk, end_wrk, fetch
from suite.servers import BENCH, LOOPBACK, Site

PUBLISHERS = 8  # each does little, so that the scheduler lets it have what it needs beside the readers
CORRECTIONS = 2.0  # per second, beside what is published
READERS = 8  # connections that ask as fast as they can, on each server that readers use
PATIENCE = 120  # seconds for the publishers to come up
WATCHED = ("home", "province", "regency", "kim")
AFTER = 3.0  # seconds of watching after the last act
FIRST_CORRECTION = 50_000


def blow(
    site: Site,
    *,
    readers: dict[str, int],
    watched: dict[str, int],
    folder: Path,
    seconds: float,
    pace: float,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Quiet first, then the storm, both with the same readers and watchers. Names and ports say who asks where."""
    folder.mkdir(parents=True, exist_ok=True)
    storm = f"{int(time.time()):x}"
    drafts = str(int(seconds * pace) + PUBLISHERS)
    cast = json.loads(site.run("-m", "inside", "cast", "--drafts", drafts, "--storm", storm))
    pages = [cast["lists"][name] for name in WATCHED] + [one["url"] for one in cast["corrected"][:2]]
    asked = _mixed(cast, site)
    for port in watched.values():
        for page in {*asked, *pages}:
            fetch(f"http://{LOOPBACK}:{port}", page)
    say(f"quiet for {seconds:.0f} s")
    quiet, _, _ = _weather(site, {}, asked, pages, readers, watched, folder, storm, seconds)
    say(f"storm for {seconds:.0f} s at {pace:.0f} publishes a second")
    work = _work(cast, storm, seconds)
    told, looks, acts = _weather(site, work, asked, pages, readers, watched, folder, storm, seconds, pace)
    return _result(cast, quiet, told, looks, acts, seconds)


def _mixed(cast: dict[str, Any], site: Site) -> list[str]:
    """What the readers ask for: the front page, places, articles; also those that are being corrected."""
    lists = [cast["lists"][name] for name in ("home", "province", "regency", "home")]
    articles = [one["url"] for one in cast["corrected"]] * 5 + site.prepared["paths"]["article"]
    return [path for number, article in enumerate(articles) for path in (lists[number % len(lists)], article)]


def _work(cast: dict[str, Any], storm: str, seconds: float) -> dict[str, list[dict[str, Any]]]:
    work = {f"publisher-{number}": cast["drafts"][number::PUBLISHERS] for number in range(PUBLISHERS)}
    texts = cast["corrected"]
    if texts:
        work["corrector"] = [
            {**texts[number % len(texts)], "number": FIRST_CORRECTION + number,
             "title": f"Badai {storm}-{FIRST_CORRECTION + number} membetulkan kabar"}
            for number in range(int(seconds * CORRECTIONS))
        ]  # fmt: skip
    return work


def _weather(
    site: Site,
    work: dict[str, list[dict[str, Any]]],
    asked: list[str],
    pages: list[str],
    readers: dict[str, int],
    watched: dict[str, int],
    folder: Path,
    storm: str,
    seconds: float,
    pace: float = 0,
) -> tuple[dict[str, dict[str, float]], list[staleness.Look], list[dict[str, Any]]]:
    """Everybody at once for some seconds: what the readers' wrk said, what the watchers saw, what was done."""
    begin = folder / "begin.json"
    begin.unlink(missing_ok=True)
    actors = [_begin_publisher(site, name, some, folder, pace) for name, some in work.items()]
    _await(actors, [folder / f"{name}.ready" for name in work])
    start = time.monotonic() + 1
    until = start + seconds
    begin.with_suffix(".part").write_text(json.dumps([start, until]))
    begin.with_suffix(".part").rename(begin)
    watchers = [
        _begin(["-m", "suite.watch", str(port), json.dumps(pages), str(folder / f"seen-{name}.json"),
                "--storm", storm, "--until", str(until + (AFTER if work else 0))], site)
        for name, port in watched.items()
    ]  # fmt: skip
    time.sleep(max(0.0, start - time.monotonic()))
    loads = {
        name: begin_wrk(f"http://{LOOPBACK}:{port}", asked, {}, READERS, seconds) for name, port in readers.items()
    }
    told = {name: end_wrk(*load) for name, load in loads.items()}
    for process in (*actors, *watchers):
        if process.wait(timeout=120):
            raise Wrong(f"A part of the storm failed: {' '.join(process.args[:5])}")  # type: ignore[index]
    acts = [act for name in work for act in json.loads((folder / f"{name}.told").read_text())]
    looks = [
        staleness.Look(f"{name}/{connection}", page, begun, answered, status, tuple(numbers))
        for name in watched
        for page, connection, begun, answered, status, numbers in json.loads((folder / f"seen-{name}.json").read_text())
    ]
    return told, looks, acts


def _begin_publisher(
    site: Site, name: str, work: list[dict[str, Any]], folder: Path, pace: float
) -> subprocess.Popen[bytes]:
    (folder / f"{name}.json").write_text(json.dumps(work))
    (folder / f"{name}.ready").unlink(missing_ok=True)
    is_correcting = name == "corrector"
    own = CORRECTIONS if is_correcting else pace / PUBLISHERS
    shift = 0.0 if is_correcting else int(name.rpartition("-")[2]) / pace
    command = ["-m", "inside", "publisher", str(folder / f"{name}.json"), str(folder / f"{name}.told")]
    command += ["--begin", str(folder / "begin.json"), "--pace", str(own), "--shift", str(shift)]
    return _begin([*command, *(["--correct"] if is_correcting else [])], site)


def _await(actors: list[subprocess.Popen[bytes]], ready: list[Path]) -> None:
    """Wait until every publisher has set itself up."""
    end = time.monotonic() + PATIENCE
    while not all(file.exists() for file in ready):
        if time.monotonic() > end or any(actor.poll() for actor in actors):
            raise Wrong("A publisher of the storm does not come up; its words are above.")
        time.sleep(0.05)


def _begin(arguments: list[str], site: Site) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *arguments], env={**os.environ, **site.environment}, cwd=BENCH)


def _result(
    cast: dict[str, Any],
    quiet: dict[str, dict[str, float]],
    told: dict[str, dict[str, float]],
    looks: list[staleness.Look],
    acts: list[dict[str, Any]],
    seconds: float,
) -> dict[str, Any]:
    done = {act["number"]: act["at"] for act in acts if "at" in act}
    published = [number for number in done if number < FIRST_CORRECTION]
    failures = [act["error"] for act in acts if "error" in act]
    unseen = sum(look.status != 200 for look in looks)
    broken = sum(int(one["refused"] + one["broken"]) for one in told.values())
    p99 = {name: (quiet[name]["p99"], told[name]["p99"]) for name in told}
    return {
        "seconds": seconds,
        "published": len(published),
        "publishes_per_second": len(published) / seconds,
        "corrected": len(done) - len(published),
        "publish_ms_p50": staleness.share([1000 * act["took"] for act in acts if "took" in act], 0.5),
        "publish_ms_p99": staleness.share([1000 * act["took"] for act in acts if "took" in act], 0.99),
        "readers": {name: {"quiet_rate": quiet[name]["requests"] / quiet[name]["seconds"],
                           "storm_rate": one["requests"] / one["seconds"],
                           "quiet_p99": quiet[name]["p99"], "storm_p99": one["p99"]} for name, one in told.items()},
        "p99_ratio": max((after / before for before, after in p99.values() if before), default=None),
        "errors": len(failures) + unseen + broken,
        "failures": sorted(set(failures))[:5],
        "watched_processes": len({look.place for look in looks}),
        **staleness.reckon(looks, _shown_on(cast, acts, done)),
    }  # fmt: skip


def _shown_on(cast: dict[str, Any], acts: list[dict[str, Any]], done: dict[int, float]) -> dict[str, staleness.Acts]:
    """Which acts each watched page has to show."""
    lists, drafts = cast["lists"], cast["drafts"]
    shown = {lists["home"]: {one["number"] for one in drafts}}
    for level in ("province", "regency"):
        code = lists[level].split("/")[2]
        shown[lists[level]] = {one["number"] for one in drafts if one["region"].startswith(code)}
    shown[lists["kim"]] = {one["number"] for one in drafts if f"/{one['slug']}/" == lists["kim"]}
    for text in cast["corrected"][:2]:
        shown[text["url"]] = {act["number"] for act in acts if act.get("url") == text["url"]}
    return {
        page: staleness.Acts({number: done[number] for number in numbers if number in done})
        for page, numbers in shown.items()
    }
