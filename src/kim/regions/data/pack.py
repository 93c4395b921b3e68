"""The packed tree: `tree.csv.xz`, one line per region, sorted, with its source in the head.

The file is a compact copy of the database `idn-area-data` (ODbL 1.0; see NOTICE.md beside it). Plain text in
xz, the same bytes for the same tree, so that a diff of two trees stays readable (`xz -dc`).
"""

import csv
import hashlib
import io
import lzma
import tarfile
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from kim.kernel import codes
from kim.kernel.results import Refused
from kim.regions.data.names import repaired

PACK = Path(__file__).with_name("tree.csv.xz")
FILES = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")


@dataclass(frozen=True)
class Tree:
    """Official names by code, and where they come from."""

    names: dict[str, str]
    source: str
    effective_on: date

    @cached_property
    def text(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("#", self.effective_on.isoformat(), self.source))
        writer.writerows(sorted(self.names.items()))
        return out.getvalue()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        """How many regions there are at each level."""
        found = {str(level): 0 for level in codes.Level if level is not codes.Level.NATION}
        for code in self.names:
            found[codes.level(code)] += 1
        return found


@cache
def read(path: Path = PACK) -> Tree:
    """The tree of a packed file; a Refused sentence when the file is none."""
    try:
        rows = csv.reader(io.StringIO(lzma.decompress(path.read_bytes()).decode()))
        _, effective_on, source = next(rows)
        names = {code: name for code, name in rows}
    except (OSError, lzma.LZMAError, ValueError, StopIteration) as error:
        raise Refused(f"Berkas {path.name} bukan data wilayah yang utuh: {error}") from error
    return checked(Tree(names, source, date.fromisoformat(effective_on)))


def write(tree: Tree, path: Path = PACK) -> None:
    path.write_bytes(lzma.compress(tree.text.encode(), preset=9 | lzma.PRESET_EXTREME))


def from_package(path: Path, *, source: str, effective_on: date) -> Tree:
    """The tree in an npm archive (.tgz), an unpacked package, or a folder with the four CSV files."""
    names: dict[str, str] = {}
    for name in FILES:
        for row in csv.DictReader(io.StringIO(_text_of(path, name))):
            names[row["code"].strip()] = repaired(row["name"])
    return checked(Tree(names, source, effective_on))


def differences(former: Tree, tree: Tree) -> list[str]:
    """What a person should know before loading: one line per region that came, went or has another name."""
    came = [f"+ {code} {tree.names[code]}" for code in sorted(tree.names.keys() - former.names.keys())]
    went = [f"- {code} {former.names[code]}" for code in sorted(former.names.keys() - tree.names.keys())]
    renamed = [
        f"~ {code} {former.names[code]} → {tree.names[code]}"
        for code in sorted(former.names.keys() & tree.names.keys())
        if former.names[code] != tree.names[code]
    ]
    head = f"Baru {len(came)}, hilang {len(went)}, berganti nama {len(renamed)}."
    return [head, *came, *went, *renamed]


def checked(tree: Tree) -> Tree:
    """The same tree, once every code is one and every region has the region above it."""
    for code, name in tree.names.items():
        above = codes.parent(code) if codes.is_code(code) else None
        if above is None or not name:
            raise Refused(f"Baris {code!r} ({name!r}) bukan wilayah yang sah.")
        if above != codes.NATION and above not in tree.names:
            raise Refused(f"Wilayah {code} ({name}) tidak punya wilayah di atasnya ({above}).")
    return tree


def _text_of(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            folder = path / "data" if (path / "data").is_dir() else path
            return (folder / name).read_text("utf-8-sig")
        with tarfile.open(path) as archive:
            member = archive.extractfile(f"package/data/{name}")
            return member.read().decode("utf-8-sig") if member else ""
    except (OSError, KeyError, tarfile.TarError) as error:
        raise Refused(f"{name} tidak ditemukan di {path}.") from error
