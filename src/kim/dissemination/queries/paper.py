"""How far a packet came, as a sheet of paper to take to a meeting: the page of reach in words, drawn by typst."""

from pathlib import Path
from typing import Any

from kim.dissemination.models import Bulletin
from kim.dissemination.queries.reach import Reach, gaps, reach
from kim.kernel import clock
from kim.kernel.dates_id import spell, spell_length, spell_short
from kim.sharing.queries import drawable, sheet

SHEET = Path(__file__).resolve().parent.parent / "templates" / "dissemination" / "reach.typ"
CHECKS = {"confirmed": "Sesuai", "differs": "Berbeda", "unreached": "Tidak tersambung", "drawn": "Belum ditelepon"}
METHOD = (
    "Sampai, dibuka, diputuskan, dan disebarkan dihitung per KIM dari salinan tiap KIM. Memilih tidak menyebarkan bukan nilai buruk.",
    "Jumlah warga yang mendengar adalah laporan KIM sendiri, dihitung atau diperkirakan sebagai kisaran. Dari tiap KIM hanya "
    "laporan terbesar yang dihitung, karena orang yang sama bisa mendengar dua kali; kisaran dari desa berbeda dijumlahkan.",
    "Kira-kira satu dari dua puluh laporan diundi untuk ditelepon, dan hasilnya tampil apa adanya.",
    "Pembaca dihitung tanpa kuki dan tanpa menyimpan alamat siapa pun. Dalam satu hari tiap pembaca dihitung sekali; yang datang "
    "pada dua hari dihitung dua kali. Perkiraan ini meleset kira-kira 1 persen.",
    "Hari memakai jam setempat di tiap desa. Desa tanpa KIM tidak dihitung sebagai terjangkau.",
)


def reach_paper(bulletin: Bulletin, code: str) -> bytes:
    """The reach of a packet in one place as PDF (A4), with every village of a regency that no copy went to."""
    found = reach(bulletin, code)
    words = _whole(bulletin, found) | _told(found) | {"gaps": [drawable(place.title) for place in gaps(bulletin, code)]}
    return sheet(SHEET.read_bytes(), words)


def _whole(bulletin: Bulletin, found: Reach) -> dict[str, Any]:
    """Which packet, where, and as of when."""
    zone = found.place.time_zone
    as_of = clock.local(found.tally.as_of, zone)
    moment = f"{spell(as_of)} pukul {as_of:%H.%M} {clock.zone_label(zone)}"
    sent = f", dikirim {spell(clock.local(bulletin.issued_at, zone))}" if bulletin.issued_at else ""
    way = "masih dibagikan" if found.is_on_its_way else "sudah dibagikan"
    return {
        "title": drawable(bulletin.title), "place": found.place.full_title, "source": f"Dari {drawable(bulletin.agency)}{sent}",
        "state": f"Keadaan pada {moment}; {way} ke {_number(found.tally.sent)} KIM.",
        "foot": f"{drawable(bulletin.title)[:70]} · {found.place.title} · {moment}", "sent": _number(found.tally.sent),
        "method": METHOD,
    }  # fmt: skip


def _told(found: Reach) -> dict[str, Any]:
    tally = found.tally
    checks = [(word, found.checks[key]) for key, word in CHECKS.items() if found.checks[key]]
    parts = (("Lewat apa?", "Saluran, menurut jumlah KIM", found.channels), ("Mengapa ada yang melewatinya?", "Alasan", found.reasons),
             ("Cek ulang laporan", "Hasil telepon", checks))  # fmt: skip
    return {
        "rungs": [
            {"label": rung.label, "number": _number(rung.number), "share": _share(rung.number, rung.of),
             "loss": f"{_number(rung.lost)} {rung.why}" if rung.lost else ""}
            for rung in found.rungs
        ],
        "time": _time(found), "heard": _heard(found), "gap": _gap(found),
        "moments": [
            {act: _share(getattr(one, act), tally.sent) / 100 for act in ("opened", "decided", "spread")}
            for one in found.moments
        ],
        "changes": [[spell_short(one.day), *map(_number, (one.opened, one.decided, one.spread))] for one in found.changes],
        "rows": [
            [row.name, *map(_number, (row.tally.sent, row.tally.opened, row.tally.decided, row.tally.spread)),
             f"{row.share} %", _number(row.gap)]
            for row in found.rows
        ],
        "parts": [{"title": title, "of": of, "rows": [[name, _number(one)] for name, one in rows]} for title, of, rows in parts if rows],
    }  # fmt: skip


def _heard(found: Reach) -> list[str]:
    low, high, people = found.tally.heard_low, found.tally.heard_high, found.people
    heard = f"{_number(low)} sampai {_number(high)}" if low != high else _number(low)
    of = f" dari {_number(people.number)} jiwa ({people.source}, {people.year})" if people else ""
    lines = [f"Didengar kira-kira {heard} warga{of}, menurut laporan KIM."]
    return (
        [*lines, f"Dibaca {found.readers} (kunjungan harian kabar KIM dan halaman info ini)."]
        if found.readers
        else lines
    )


def _time(found: Reach) -> str:
    if found.tally.hours_median is None or found.tally.hours_slow is None:
        return ""
    half, slow = spell_length(found.tally.hours_median), spell_length(found.tally.hours_slow)
    return f"Separuh KIM menyebarkannya dalam {half}; sepersepuluh yang paling lambat butuh lebih dari {slow}."


def _gap(found: Reach) -> str:
    tally, place = found.tally, found.place
    if not found.gap:
        return f"Setiap desa dan kelurahan di {place.title} menerima salinan."
    of = f"{_number(found.gap)} dari {_number(tally.villages_all)} desa dan kelurahan"
    return f"{of} di {place.title} tidak menerima salinan, biasanya karena belum punya KIM."


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
