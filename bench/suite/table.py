"""The figures as Markdown: one table of all cells, small ones for acts, memory and storm, and the bars."""

from collections.abc import Iterable, Sequence
from typing import Any

from suite.bars import Bar, Medians, counted

HEAD = ("page", "c", "target", "requests/s", "× first", "p50 ms", "p99 ms", "CPU s/1,000", "bytes", "errors", "rounds")


def number(value: float | None) -> str:
    """Three figures that count, whatever the size."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def of_cells(told: Medians) -> str:
    """All cells; within one page and number of connections each is set against the first one measured."""
    groups: dict[tuple[str, int], list[tuple[str, dict[str, Any]]]] = {}
    for cell, figures in told.items():
        groups.setdefault((cell.kind, cell.connections), []).append((cell.target, figures))
    rows = []
    for (kind, connections), some in groups.items():
        first = some[0][1]["rate"] or 1
        for target, one in some:
            figures = [one["rate"], one["rate"] / first, one["p50"], one["p99"], one["cpu"], one["bytes"]]
            rows.append((kind, str(connections), target, *map(number, figures), str(one["errors"]), str(one["rounds"])))
    return markdown(HEAD, rows)


def of_acts(acts: dict[str, dict[str, dict[str, Any]]]) -> str:
    """Writing acts: size of the nation, act, figures."""
    head = ("size", "act", "per second", "p50 ms", "p99 ms", "CPU s/1,000", "errors")
    rows = [
        (size, name, *(number(one.get(figure)) for figure in ("rate", "p50", "p99", "cpu")), str(one["errors"]))
        for size, some in acts.items()
        for name, one in some.items()
    ]
    return markdown(head, rows)


FIGURES = ("p50", "p95", "max", "worked_p50", "worked_p95")


def of_voices(voices: dict[str, dict[str, Any]]) -> str:
    """What pages about voices cost the database: milliseconds, questions, rows of the largest answer."""
    head = (
        "size",
        "what",
        "p50 ms",
        "p95 ms",
        "max ms",
        "worked p50 ms",
        "worked p95 ms",
        "questions",
        "rows",
        "answers",
    )
    rows = [
        (size, name, *(number(one[figure]) for figure in FIGURES), *(str(one[what]) for what in head[-3:]))
        for size, told in voices.items()
        for name, one in told["asked"].items()
    ]
    return markdown(head, rows)


def of_pairs(told: dict[str, Any]) -> str:
    """Plain facts, one per line."""
    return markdown(("what", "value"), [(name, _plain(value)) for name, value in told.items()])


def of_bars(bars: Iterable[Bar]) -> str:
    head = ("bar", "measured", "target", "")
    rows = [
        (bar.name, f"{number(bar.value)}{bar.unit if bar.value is not None else ''}", _aim(bar), bar.verdict)
        for bar in bars
    ]
    return markdown(head, rows)


def _aim(bar: Bar) -> str:
    return f"{'≥' if bar.is_least else '≤'} {bar.target:g}{bar.unit}"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def whole(told: Medians, bars: list[Bar], results: dict[str, Any]) -> str:
    """Everything a reader wants, in the order in which they ask."""
    parts = [("Machine", of_pairs(results["machine"])), ("Nations", of_pairs(results["nations"]))]
    parts += [("Pages", of_cells(told)), ("Memory, PSS in MB", of_pairs(results["memory"]))]
    if results.get("acts"):
        parts += [(f"Acts (checking one PIN costs {results['pin_hash_ms']} ms)", of_acts(results["acts"]))]
    if results.get("export"):
        parts += [("Export", of_pairs(results["export"]))]
    for size, told in results.get("voices", {}).items():
        parts += [(f"Voices in the nation of size {size}", of_pairs(told["amounts"] | {"load": str(told["load"])}))]
    if results.get("voices"):
        parts += [("Voices, page by page", of_voices(results["voices"]))]
    if results.get("fanout"):
        plain = {name: value for name, value in results["fanout"].items() if name != "pages"}
        parts += [("Fan-out", of_pairs(plain)), ("Fan-out, page by page", of_pairs(results["fanout"]["pages"]))]
    if results.get("storm"):
        plain = {name: value for name, value in results["storm"].items() if name != "pages"}
        parts += [("Storm", of_pairs(plain)), ("Storm, page by page", of_pairs(results["storm"]["pages"]))]
    parts += [("Bars", of_bars(bars))]
    return "\n\n".join(f"## {title}\n\n{body}" for title, body in parts) + "\n\n" + counted(bars)
