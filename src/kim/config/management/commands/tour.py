"""`kim manage tour`: sets the line numbers of the links in docs/tour.md to where the names stand now."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

ROOT = Path(__file__).resolve().parents[5]
TOUR = ROOT / "docs" / "tour.md"
LINK = re.compile(r"\[`(?P<name>[^`]+)`\]\(\.\./(?P<path>[^)#]+)(?:#L\d+)?\)")


def line_of(path: Path, name: str) -> int:
    """The line that defines the last part of `name` in a file (1-based); LookupError when it is not there."""
    word = re.escape(name.rpartition(".")[2])
    defines = re.compile(
        rf"^\s*(?:async\s+)?(?:def|class)\s+{word}\b|^{word}\s*(?::[^=]+)?=|^\s*\"{word}\":|function {word}\b"
    )
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if defines.search(line):
            return number
    raise LookupError(f"{name} is not defined in {path}")


def renumbered(words: str) -> str:
    """The tour with every link at its line."""

    def link(match: re.Match) -> str:
        path = match["path"]
        anchor = "" if path.endswith((".html", ".css", ".sql")) else f"#L{line_of(ROOT / path, match['name'])}"
        return f"[`{match['name']}`](../{path}{anchor})"

    return LINK.sub(link, words)


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        if not TOUR.exists():
            raise CommandError("docs/tour.md tidak ada; perintah ini untuk pengembang.")
        TOUR.write_text(renumbered(TOUR.read_text()))
