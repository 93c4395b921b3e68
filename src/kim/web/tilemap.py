"""Where each province stands on the tile map: official code → letters, name, column, row."""

from typing import NamedTuple


class Tile(NamedTuple):
    letters: str
    name: str
    column: int
    row: int


TILES = {
    "11": Tile("AC", "Aceh", 0, 0),
    "12": Tile("SU", "Sumatera Utara", 1, 1),
    "13": Tile("SB", "Sumatera Barat", 1, 2),
    "14": Tile("RI", "Riau", 2, 1),
    "15": Tile("JA", "Jambi", 2, 2),
    "16": Tile("SS", "Sumatera Selatan", 3, 3),
    "17": Tile("BE", "Bengkulu", 2, 3),
    "18": Tile("LA", "Lampung", 3, 4),
    "19": Tile("BB", "Kepulauan Bangka Belitung", 4, 3),
    "21": Tile("KR", "Kepulauan Riau", 3, 1),
    "31": Tile("JK", "DKI Jakarta", 5, 4),
    "32": Tile("JB", "Jawa Barat", 5, 5),
    "33": Tile("JT", "Jawa Tengah", 6, 5),
    "34": Tile("YO", "DI Yogyakarta", 6, 6),
    "35": Tile("JI", "Jawa Timur", 7, 5),
    "36": Tile("BT", "Banten", 4, 5),
    "51": Tile("BA", "Bali", 8, 5),
    "52": Tile("NB", "Nusa Tenggara Barat", 9, 5),
    "53": Tile("NT", "Nusa Tenggara Timur", 10, 5),
    "61": Tile("KB", "Kalimantan Barat", 5, 1),
    "62": Tile("KT", "Kalimantan Tengah", 6, 1),
    "63": Tile("KS", "Kalimantan Selatan", 7, 2),
    "64": Tile("KI", "Kalimantan Timur", 7, 1),
    "65": Tile("KU", "Kalimantan Utara", 7, 0),
    "71": Tile("SA", "Sulawesi Utara", 10, 0),
    "72": Tile("ST", "Sulawesi Tengah", 9, 1),
    "73": Tile("SN", "Sulawesi Selatan", 9, 3),
    "74": Tile("SG", "Sulawesi Tenggara", 10, 3),
    "75": Tile("GO", "Gorontalo", 9, 0),
    "76": Tile("SR", "Sulawesi Barat", 9, 2),
    "81": Tile("MA", "Maluku", 11, 3),
    "82": Tile("MU", "Maluku Utara", 11, 1),
    "91": Tile("PA", "Papua", 13, 2),
    "92": Tile("PB", "Papua Barat", 12, 2),
    "93": Tile("PS", "Papua Selatan", 13, 4),
    "94": Tile("PT", "Papua Tengah", 12, 3),
    "95": Tile("PE", "Papua Pegunungan", 13, 3),
    "96": Tile("PD", "Papua Barat Daya", 12, 1),
}

PITCH, MARGIN = 46, 4
COLUMNS, ROWS = 14, 7


def thresholds(highest: int) -> tuple[int, int, int]:
    """Where the second, third and fourth fill begin, as round numbers that suit the highest value."""
    if highest > 200:
        return 50, 100, 200
    if highest > 20:
        return 5, 10, 20
    return 2, 4, 8


def fill_level(value: int, steps: tuple[int, int, int]) -> int:
    """0 dashed, 1 a quarter, 2 half, 3 three quarters, 4 full."""
    return 0 if not value else 1 + sum(value >= step for step in steps)
