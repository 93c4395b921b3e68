"""Files that say what codes alone cannot: which region was split, merged or given another code, and when.

A CSV with the head `kind,from_code,to_code,effective_on,source`; `kind` is split, merged or recoded.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kim.kernel import codes
from kim.kernel.results import Refused

HISTORY = Path(__file__).with_name("history.csv")
KINDS = ("split", "merged", "recoded")


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what was `from_code` is, or is also, `to_code` from that day on."""

    kind: str
    from_code: str
    to_code: str
    effective_on: date
    source: str


def read(path: Path = HISTORY) -> list[Change]:
    """The changes of a file, in its order; a Refused sentence that names the first wrong line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [_change(row, line) for line, row in enumerate(csv.DictReader(lines), 2)]
    except OSError as error:
        raise Refused(f"Berkas perubahan {path} tidak bisa dibaca.") from error


def _change(row: dict[str, str], line: int) -> Change:
    try:
        change = Change(
            row["kind"].strip(), row["from_code"].strip(), row["to_code"].strip(),
            date.fromisoformat(row["effective_on"].strip()), row["source"].strip(),
        )  # fmt: skip
    except (KeyError, AttributeError, ValueError) as error:
        raise Refused(f"Baris {line} berkas perubahan belum lengkap atau tanggalnya salah.") from error
    wrong = [code for code in (change.from_code, change.to_code) if not codes.is_code(code) or code == codes.NATION]
    if change.kind not in KINDS or wrong or change.from_code == change.to_code:
        raise Refused(f"Baris {line} berkas perubahan salah: {change.kind} {change.from_code} → {change.to_code}.")
    return change


def spread(changes: list[Change], old: set[str], new: set[str]) -> list[Change]:
    """The changes with every recoded region's own regions: 91.01 → 93.01 also takes 91.01.05 to 93.01.05."""
    named = {change.from_code for change in changes}
    spread_out = list(changes)
    for change in (change for change in changes if change.kind == "recoded"):
        for code in sorted(code for code in old - named if code.startswith(change.from_code + ".")):
            to_code = change.to_code + code[len(change.from_code) :]
            if to_code in new:
                spread_out.append(Change("recoded", code, to_code, change.effective_on, change.source))
                named.add(code)
    return spread_out
