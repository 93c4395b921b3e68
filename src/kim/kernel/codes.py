"""The official region code, and what can be read from it alone.

A code says where it stands: ``35`` ⊃ ``35.02`` ⊃ ``35.02.17`` ⊃ ``35.02.17.1008``. Its parts have fixed
widths, so "lies within" is a prefix test. The nation has the code ``ID`` and holds every other code.
"""

import re
from enum import StrEnum

NATION = "ID"

_PATTERN = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?")


class Level(StrEnum):
    """The five storeys of the country, from the top."""

    NATION = "nation"
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def depth(self) -> int:
        """0 for the nation, 4 for a village."""
        return list(Level).index(self)


_LABELS = {
    Level.NATION: "Nasional",
    Level.PROVINCE: "Provinsi",
    Level.REGENCY: "Kabupaten/kota",
    Level.DISTRICT: "Kecamatan",
    Level.VILLAGE: "Desa/kelurahan",
}

_LEVEL_OF_LENGTH = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}


def is_code(text: str) -> bool:
    """Whether the text has the exact form of an official code; says nothing about its existence."""
    return text == NATION or _PATTERN.fullmatch(text) is not None


def level(code: str) -> Level:
    """The level of a code; ValueError for a text that is none."""
    if not is_code(code):
        raise ValueError(f"not a region code: {code!r}")
    return Level.NATION if code == NATION else _LEVEL_OF_LENGTH[len(code)]


def parent(code: str) -> str | None:
    """The code one level up; None above the nation."""
    match level(code):
        case Level.NATION:
            return None
        case Level.PROVINCE:
            return NATION
        case _:
            return code.rpartition(".")[0]


def ancestors(code: str) -> list[str]:
    """Every code above this one, from the nation down, itself left out."""
    found: list[str] = []
    above = parent(code)
    while above is not None:
        found.append(above)
        above = parent(above)
    return found[::-1]


def chain(code: str) -> list[str]:
    """The code with everything above it, from the nation down."""
    return [*ancestors(code), code]


def regency(code: str) -> str:
    """The regency or city that holds a place; the code itself above that level."""
    return code[:5]


def within(code: str, prefix: str) -> bool:
    """Whether `code` is `prefix` itself or lies anywhere under it; a cut inside a part never counts."""
    if not (is_code(code) and is_code(prefix)):
        return False
    return prefix == NATION or code == prefix or code.startswith(prefix + ".")
