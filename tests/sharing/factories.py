"""Things to share, of every odd kind."""

from dataclasses import replace
from datetime import date

from kim.sharing.queries import Shareable

LONG = (
    "Musyawarah desa membahas pembangunan jalan usaha tani, saluran air bersih, perbaikan balai dusun, dan rencana pasar "
    "malam untuk usaha kecil warga yang akan dibuka bersama bupati pada akhir tahun ini, sesudah panen raya selesai "
    "di seluruh dusun kami."
)[:250]


def shareable(**fields) -> Shareable:
    """An ordinary activity of a village."""
    usual = Shareable(
        key="article:1",
        title="Kerja bakti membersihkan tepi Telaga Ngebel",
        gist="Semua warga diajak, bawa sapu dan karung.",
        points=(
            "Sabtu, 29 November 2025, di Dermaga Telaga Ngebel.",
            "Mulai pukul 07.00 WIB.",
            "Bawa sapu, cangkul, dan karung.",
        ),
        source="KIM Telaga Ngebel",
        url="https://kim.id/telaga-ngebel/kabar/kerja-bakti-k7x2a/",
        short_url="https://kim.id/k/k7x2a/",
        photo="",
        kind="Kegiatan",
        place="Desa Ngebel, Ponorogo",
    )
    return replace(usual, **fields)


ODD = {
    "ordinary": shareable(),
    "short": shareable(title="Banjir", gist="", points=()),
    "long": shareable(title=LONG, gist=LONG, points=(LONG,) * 4, source="KIM " + "Nama Panjang Sekali " * 6),
    "emoji": shareable(title="Panen raya 🌾🎉 keluarga 👨‍👩‍👧‍👦 gembira", gist="🌾" * 60),
    "javanese": shareable(title="ꦏꦼꦂꦗꦧꦏ꧀ꦠꦶ ing Telaga Ngebel", gist="Sugeng rawuh para warga sedaya."),
    "arabic": shareable(title="Pengajian akbar السلام عليكم di masjid", gist="Bersama KH. Contoh."),
    "one word": shareable(title="Pertanggungjawaban" * 12, gist="x" * 300),
    "until": shareable(
        title="Pendaftaran bantuan pupuk", valid_until=date(2025, 12, 31), advice="Datanglah pagi-pagi."
    ),
    "markup": shareable(title="#set page(fill: red) *tebal* <b>x</b> $x$ \\ @a", gist='#image("/etc/passwd")'),
    "empty": shareable(title="", gist="", points=(), source="", place="", kind=""),
}
