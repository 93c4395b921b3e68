"""One whole measurement: start everything, measure in rounds, stop everything, reckon and tell."""

import json
import os
import time
from typing import TYPE_CHECKING, Any

import fanout
import storm
from suite import acts, bars, beside, cells, export, machine, table
from suite.cells import Cell, say
from suite.load import Target, demand_answers, fetch, wrk
from suite.servers import Running, Site

if TYPE_CHECKING:
    from suite.command import Options

KEPT = ("home", "province", "regency", "village", "kim", "article", "news", "deep")
GROWN = ("home", "province", "regency", "village", "kim", "article", "deep", "search", "search-common", "place")
FLOORED = ("article", "home", "kim", "province", "search", "search-common")
DESKS = ("desk", "office", "inbox", "packets", "reach")


class Session:
    """Everything that is started, by name; it ends with the `with` block."""

    def __init__(self, options: "Options") -> None:
        self.options = options
        self.running = Running(options.work)
        self.targets: dict[str, Target] = {}
        self.sites: list[Site] = []
        self.results: dict[str, Any] = {"machine": machine.facts(), "started": time.strftime("%F %T %z")}
        self.ports = iter(range(options.port, options.port + 40))

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.running.stack.close()

    @property
    def largest(self) -> Site:
        return self.sites[0]

    def run(self) -> int:
        """Memory first, while nothing else runs; then the rounds, the acts, the storm."""
        begun = time.monotonic()
        self.open_largest()
        self.open_rivals()
        self.open_smaller()
        self.results["bytes"] = {name: demand_answers(target) for name, target in self.targets.items()}
        say(f"everything answers after {time.monotonic() - begun:.0f} s")
        runs = self.measure()
        self.results["acts"] = self.act() if "acts" in self.options.parts else {}
        self.results["export"] = export.export(self.largest) if "acts" in self.options.parts else {}
        self.results["voices"] = self.voices() if "voices" in self.options.parts else {}
        self.results["fanout"] = self.fan_out() if "fanout" in self.options.parts else {}
        self.results["storm"] = self.storm() if "storm" in self.options.parts else {}
        self.results["lasted_seconds"] = round(time.monotonic() - begun)
        self.tell(runs)
        return 0

    def open_largest(self) -> None:
        site = self.open_site(self.options.sizes[0])
        self.results["memory"] = self.memory(site)
        self.add_site(site, "")

    def open_smaller(self) -> None:
        if {"growth", "voices"} & self.options.parts:
            for size in self.options.sizes[1:]:
                self.add_site(self.open_site(size), f"@{size}")
        self.results["sizes"] = [site.size for site in self.sites]
        self.results["nations"] = {site.size: site.prepared["amounts"] for site in self.sites}
        self.results["pin_hash_ms"] = self.largest.prepared["hash_ms"]

    def open_site(self, size: str) -> Site:
        """Database, tables, addresses and people of one size; then its web server and worker."""
        say(f"opening the nation of size {size}")
        site = Site(size, self.options.nation / size, next(self.ports))
        site.open(self.running)
        asked = ["--questions", self.asked] if self.sites else []
        site.prepare("--drafts", "400", *asked)
        site.serve(self.running)
        self.sites.append(site)
        return site

    @property
    def asked(self) -> str:
        return acts.as_json(self.largest.prepared["questions"])

    def add_site(self, site: Site, mark: str) -> None:
        """The kept and the unkept way of one nation as targets."""
        paths = dict(site.prepared["paths"])
        desks = site.prepared["desks"]
        headers = {kind: {"Cookie": cookie} for kind, (_, cookie) in desks.items()}
        cold = site.serve_cold(self.running, next(self.ports))
        with_desks = paths | {kind: [path] for kind, (path, _) in desks.items()}
        self.add(Target(f"kim{mark}", site.base, with_desks, lambda: site.roots("warm"), headers, site.size))
        self.add(Target(f"kim-cold{mark}", cold, paths, lambda: site.roots("cold"), {}, site.size))

    def add(self, target: Target) -> None:
        self.targets[target.name] = target

    def open_rivals(self) -> None:
        """Files, the least program, our own front server, bare Django, and whoever was named."""
        options, site, work = self.options, self.largest, self.options.work
        if "speed" in options.parts:
            paths = beside.render(site, self.targets["kim-cold"].base, work / "files")
            self.add(beside.static(self.running, next(self.ports), work / "files", paths))
            self.add(beside.trivial(self.running, next(self.ports), work / "files", paths))
        if {"speed", "storm"} & options.parts:
            self.add(beside.front(self.running, next(self.ports), site))
        if "cold" in options.parts:
            self.add(beside.floor(self.running, next(self.ports), work / f"floor-{site.size}", site))
        for target in beside.outside(options.beside, options.beside_only) if options.beside else []:
            self.add(target)

    def memory(self, site: Site) -> dict[str, Any]:
        """Two web processes and the worker by themselves: at rest, and after some seconds of everything."""
        for _ in range(20):
            fetch(site.base, "/")
        time.sleep(2)
        own = [site.pids["warm"], site.pids["worker"]]
        rest = machine.proportional_megabytes(own)
        asked = [path for kind in KEPT for path in site.prepared["paths"][kind]]
        wrk(site.base, asked, {}, 8, max(2, self.options.seconds))
        return {
            "rest_mb": rest,
            "after_load_mb": machine.proportional_megabytes(own),
            "postgres_mb": machine.proportional_megabytes([site.postmaster()]),
        }

    def measure(self) -> cells.Runs:
        planned = self.plan()
        say(f"{len(planned)} cells of {self.options.seconds:g} s, up to {self.options.rounds} rounds")
        until = self.options.budget - self.reserve()
        return cells.run_rounds(
            planned, self.targets, seconds=self.options.seconds, rounds=self.options.rounds, until=until,
            is_hurried=self.options.seconds <= 1, say=say,
        )  # fmt: skip

    def reserve(self) -> float:
        """Seconds kept back for what comes after the rounds."""
        some = self.options.seconds * 4
        acting = len(self.sites) * (3 * some + 15) if "acts" in self.options.parts else 0
        return acting + (4 * self.storm_seconds + 30 if "storm" in self.options.parts else 0)

    @property
    def storm_seconds(self) -> float:
        return max(5, 6 * self.options.seconds)

    def plan(self) -> list[Cell]:
        """The bars first: kept pages beside their limits, unkept beside the floor, sizes beside each other."""
        options, most = self.options, max(self.options.connections)
        found: list[Cell] = []
        if "speed" in options.parts:
            rivals = self.named("static", "trivial", "kim", "kim+nginx", outside=True)
            found += cells.plan(rivals, ("article", "home"), options.connections)
        if "cold" in options.parts:
            found += cells.plan(self.named("floor", "kim-cold"), FLOORED, options.connections[:1])
            found += cells.plan(self.named("floor", "kim-cold"), ("article", "search"), [most])
            found += cells.plan(self.named(outside=True), ("list", "search"), options.connections[:1])
        if "growth" in options.parts:
            found += cells.plan(self.ways("kim-cold"), GROWN, options.connections[:1])
            found += cells.plan(self.ways("kim"), (*KEPT, *DESKS), options.connections[:1])
            found += cells.plan(self.named("kim-cold"), GROWN, [most])
            found += cells.plan(self.named("kim"), (*KEPT, *DESKS), [most])
        found = [cell for cell in dict.fromkeys(found) if not options.only or cell.kind in options.only]
        return found

    def named(self, *names: str, outside: bool = False) -> list[Target]:
        own = {*beside.OURS, *(f"{way}@{site.size}" for way in ("kim", "kim-cold") for site in self.sites)}
        others = [target for name, target in self.targets.items() if name not in own]
        return [self.targets[name] for name in names if name in self.targets] + (others if outside else [])

    def ways(self, name: str) -> list[Target]:
        return [target for known, target in self.targets.items() if known == name or known.startswith(f"{name}@")]

    def act(self) -> dict[str, dict[str, Any]]:
        found = {}
        for site in self.sites:
            say(f"acts at size {site.size}")
            seconds = self.options.seconds * 2
            found[site.size] = {
                "sign in": acts.sign_in(site, hands=8, seconds=seconds),
                "publish": acts.publish(site, hands=8, seconds=seconds),
                "import of 200 rows": acts.import_list(site),
            }
        return found

    def voices(self) -> dict[str, Any]:
        """What the pages of voices, claims and reports cost the database, size by size, while nobody else asks."""
        found = {}
        for site in self.sites:
            say(f"voices at size {site.size}")
            before = os.getloadavg()[0]
            told = json.loads(site.run("-m", "inside", "voices"))
            found[site.size] = told | {"load": [round(before, 1), round(os.getloadavg()[0], 1)]}
        return found

    def fan_out(self) -> dict[str, Any]:
        """The largest nation, with the worker it has anyway."""
        cold = int(self.targets["kim-cold"].base.rpartition(":")[2])
        return fanout.blow(
            self.largest, port=self.largest.port, cold=cold, seconds=max(5, 10 * self.options.seconds), say=say
        )

    def storm(self) -> dict[str, Any]:
        """The largest nation with a second web server, which keeps its own pages as another machine would."""
        site, port = self.largest, next(self.ports)
        folder = self.options.work / "storm"
        environment = {**site.environment, "KIM_PAGES": "on", "KIM_PAGES_FOLDER": str(folder / "pages")}
        self.running.web("second", port, environment)
        readers = {"first server": site.port}
        watched = readers | {"second server": port, "nginx": int(self.targets["kim+nginx"].base.rpartition(":")[2])}
        return storm.blow(
            site, readers=readers, watched=watched, folder=folder, seconds=self.storm_seconds, pace=50, say=say
        )

    def tell(self, runs: cells.Runs) -> None:
        """The tables on stdout, everything in the file of results."""
        told = cells.medians(runs)
        found = bars.all_bars(told, self.results)
        self.results["cells"] = [{**cell._asdict(), **told[cell], "runs": runs[cell]} for cell in runs if cell in told]
        self.results["bars"] = bars.as_rows(found)
        name = f"{time.strftime('%Y-%m-%d-%H%M')}-{machine.label()}"
        file = machine.save(self.results, self.options.out, name)
        print(table.whole(told, found, self.results))
        say(f"kept in {file}")
