"""How far a thing came, as a sheet of paper to take to a meeting: the page of reach in words, drawn by typst."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kim.kernel import clock
from kim.kernel.dates_id import spell, spell_length, spell_short
from kim.sharing.queries import drawable, sheet
from kim.spreading.queries.reach import Reach

SHEET = Path(__file__).resolve().parent.parent / "templates" / "spreading" / "reach.typ"
CHECKS = {"confirmed": "Sesuai", "differs": "Berbeda", "unreached": "Tidak tersambung", "drawn": "Belum ditelepon"}
METHOD = (
    "Jumlah warga yang mendengar adalah laporan KIM sendiri, dihitung atau diperkirakan sebagai kisaran. Dari tiap KIM hanya "
    "laporan terbesar yang dihitung, karena orang yang sama bisa mendengar dua kali; kisaran dari desa berbeda dijumlahkan.",
    "Kira-kira satu dari dua puluh laporan diundi untuk ditelepon, dan hasilnya tampil apa adanya.",
    "Pembaca dihitung tanpa kuki dan tanpa menyimpan alamat siapa pun. Dalam satu hari tiap pembaca dihitung sekali; yang datang "
    "pada dua hari dihitung dua kali. Perkiraan ini meleset kira-kira 1 persen.",
    "Hari memakai jam setempat di tiap desa. Desa tanpa KIM tidak dihitung sebagai terjangkau.",
)
STROKES = ("Garis utuh", "Garis putus", "Titik-titik")
Part = tuple[str, str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Words:
    """What a sheet says in the words of the thing it is about. `gap` is the heading over villages without a copy and the two
    sentences for some and for none, `readers` what they read, `method` how its copies are counted."""

    kind: str
    title: str
    source: str
    sent_at: datetime | None
    readers: str
    method: str
    gap: str
    no_gap: str
    more: Sequence[Part] = ()


def paper(found: Reach, words: Words, gaps: Sequence[str]) -> bytes:
    """The reach of a thing in one place as PDF (A4), with every village of a regency that no copy went to."""
    told = _whole(found, words) | _told(found, words) | {"gaps": [drawable(name) for name in gaps]}
    return sheet(SHEET.read_bytes(), told)


def _whole(found: Reach, words: Words) -> dict[str, Any]:
    """Which thing, where, and as of when."""
    zone = found.place.time_zone
    as_of = clock.local(found.tally.as_of, zone)
    moment = f"{spell(as_of)} pukul {as_of:%H.%M} {clock.zone_label(zone)}"
    sent = f", dikirim {spell(clock.local(words.sent_at, zone))}" if words.sent_at else ""
    way = "masih dibagikan" if found.is_on_its_way else "sudah dibagikan"
    return {
        "kind": words.kind, "title": drawable(words.title), "place": found.place.full_title,
        "source": f"Dari {drawable(words.source)}{sent}",
        "state": f"Keadaan pada {moment}; {way} ke {_number(found.tally.sent)} KIM.",
        "foot": f"{drawable(words.title)[:70]} · {found.place.title} · {moment}", "sent": _number(found.tally.sent),
        "method": (words.method, *METHOD),
    }  # fmt: skip


def _told(found: Reach, words: Words) -> dict[str, Any]:
    checks = [(word, found.checks[key]) for key, word in CHECKS.items() if found.checks[key]]
    parts = [("Lewat apa?", "Saluran, menurut jumlah KIM", found.channels), *words.more,
             ("Cek ulang laporan", "Hasil telepon", checks)]  # fmt: skip
    return {
        "rungs": [
            {"label": rung.label, "number": _number(rung.number), "share": _share(rung.number, rung.of),
             "loss": f"{_number(rung.lost)} {rung.why}" if rung.lost else ""}
            for rung in found.rungs
        ],
        "time": _time(found), "heard": _heard(found, words.readers), "gap": _gap(found, words), "labels": found.labels,
        "legend": ". ".join(f"{stroke}: {label.lower()}" for stroke, label in zip(STROKES, found.labels, strict=False)),
        "moments": [[_share(number, found.tally.sent) / 100 for number in one.numbers] for one in found.moments],
        "changes": [[spell_short(one.day), *map(_number, one.numbers)] for one in found.changes],
        "rows": [
            [row.name, *(_number(number) for _, number in row.numbers), f"{row.share} %", _number(row.gap)]
            for row in found.rows
        ],
        "parts": [{"title": title, "of": of, "rows": [[name, _number(one)] for name, one in rows]} for title, of, rows in parts if rows],
    }  # fmt: skip


def _heard(found: Reach, readers: str) -> list[str]:
    low, high, people = found.tally.heard_low, found.tally.heard_high, found.people
    heard = f"{_number(low)} sampai {_number(high)}" if low != high else _number(low)
    of = f" dari {_number(people.number)} jiwa ({people.source}, {people.year})" if people else ""
    lines = [f"Didengar kira-kira {heard} warga{of}, menurut laporan KIM."]
    return [*lines, f"Dibaca {found.readers} (kunjungan harian {readers})."] if found.readers else lines


def _time(found: Reach) -> str:
    if found.tally.hours_median is None or found.tally.hours_slow is None:
        return ""
    half, slow = spell_length(found.tally.hours_median), spell_length(found.tally.hours_slow)
    return f"Separuh KIM menyebarkannya dalam {half}; sepersepuluh yang paling lambat butuh lebih dari {slow}."


def _gap(found: Reach, words: Words) -> str:
    told = {"gap": _number(found.gap), "of": _number(found.tally.villages_all), "place": found.place.title}
    return (words.gap if found.gap else words.no_gap).format(**told)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
