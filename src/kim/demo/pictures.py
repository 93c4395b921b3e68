"""Pictures of the demo: the project's own drawn scenes, printed as photos."""

import tempfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Literal

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from kim.accounts.actor import SYSTEM
from kim.media import actions as media
from kim.media.models import Purpose, Upload

ALT = {
    "ampera": "Gambar jembatan besar di atas sungai saat senja",
    "amplang": "Gambar camilan ikan dalam toples",
    "anyaman": "Gambar tas anyaman",
    "balai": "Gambar warga berkumpul di depan balai",
    "batik": "Gambar kain batik",
    "durian": "Gambar tumpukan durian",
    "hp": "Gambar tangan memegang HP",
    "hutan": "Gambar hutan dan bukit",
    "jalan": "Gambar warga memperbaiki jalan",
    "jenang": "Gambar jenang di atas daun",
    "kopi": "Gambar kopi bubuk dan cangkir",
    "lada": "Gambar lada di wadah",
    "madu": "Gambar botol madu",
    "pantai": "Gambar pantai dengan perahu",
    "pelatihan": "Gambar pelatihan dengan layar dan laptop",
    "pempek": "Gambar pempek di piring",
    "posyandu": "Gambar penimbangan balita di posyandu",
    "reog": "Gambar penari reog",
    "sawah": "Gambar petani di sawah",
    "songket": "Gambar kain songket",
    "sungai": "Gambar perahu di sungai",
    "telaga": "Gambar warga membersihkan tepi telaga",
}
STANDS_FOR = {"pasar": "balai"}
_PAGE = '#set page(width: 600pt, height: 400pt, margin: 0pt)\n#image("scene.svg", width: 100%, height: 100%, fit: "cover")\n'
_SHEET = """#set page(width: 210mm, height: 297mm, margin: 24mm)
#set text(size: 12pt)
#align(center)[*PEMERINTAH DESA {place} \\ KEPUTUSAN KEPALA DESA \\ NOMOR {number}*]
#v(6mm)
#align(center)[tentang \\ PEMBENTUKAN KOMUNITAS INFORMASI MASYARAKAT]
#v(10mm)
Menetapkan {name} sebagai Komunitas Informasi Masyarakat, berlaku sampai {until}.
#v(30mm)
#align(center)[#text(size: 40pt, fill: rgb("#c0462a"))[CONTOH] \\ bukan surat sungguhan]
"""

_LEAFLET = """#set page(width: 210mm, height: 297mm, margin: 24mm)
#set text(size: 18pt)
#text(size: 30pt)[*{title}*]
#v(10mm)
{lines}
#v(30mm)
#align(center)[#text(size: 40pt, fill: rgb("#c0462a"))[CONTOH] \\ bukan lembar sungguhan]
"""


def draw(scene: str) -> Upload:
    """One scene as a stored photo, open to the public."""
    name = STANDS_FOR.get(scene, scene)
    drawing = (resources.files("kim.demo") / "scenes" / f"{name}.svg").read_bytes()
    photo = SimpleUploadedFile(f"{name}.png", _print(_PAGE, {"scene.svg": drawing}, "png"))
    upload = media.store(
        photo, purpose=Purpose.PHOTO, actor=SYSTEM, alt=ALT[name], credit="Gambar contoh KIM.id", is_demo=True
    )
    upload.is_public = upload.has_consent = True
    upload.save()
    return upload


def scan(*, place: str, number: str, name: str, until: str, kim_id, region_code: str) -> Upload:
    """A decree as paper, with CONTOH across it."""
    page = _SHEET.format(place=_plain(place).upper(), number=_plain(number), name=_plain(name), until=until)
    file = SimpleUploadedFile("sk-contoh.pdf", _print(page, {}, "pdf"))
    return media.store(file, purpose=Purpose.DECREE, actor=SYSTEM, kim_id=kim_id, region_code=region_code, is_demo=True)


def leaflet(name: str, title: str, lines: Iterable[str]) -> SimpleUploadedFile:
    """A sheet that goes along with a packet, with CONTOH across it."""
    page = _LEAFLET.format(title=_plain(title), lines="\n".join(f"- {_plain(line)}" for line in lines))
    return SimpleUploadedFile(f"{name}.pdf", _print(page, {}, "pdf"))


def scene(name: str, called: str) -> SimpleUploadedFile:
    """One scene as a picture somebody brings."""
    drawing = (resources.files("kim.demo") / "scenes" / f"{name}.svg").read_bytes()
    return SimpleUploadedFile(f"{called}.png", _print(_PAGE, {"scene.svg": drawing}, "png"))


def _plain(words: str) -> str:
    return "".join(ch for ch in words if ch.isalnum() or ch in " /.-")


def _print(page: str, files: dict[str, bytes], kind: Literal["png", "pdf"]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        (Path(folder) / "page.typ").write_text(page)
        return typst.compile(str(Path(folder) / "page.typ"), format=kind, ppi=160)
