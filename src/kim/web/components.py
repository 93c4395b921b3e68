"""What the living component sheet (`web/components.html`) shows: examples only, no real data."""

import re
from datetime import date

from django import forms

from kim.web.stylesheets import STATIC


class ExampleForm(forms.Form):
    """One field of every kind."""

    explanations = {
        "kind": {"ya": "Situs KIM langsung aktif", "ulang": "KIM memperbaiki tanpa mengulang dari awal"},
    }

    name = forms.CharField(label="Nama KIM", help_text="Pendek dan mudah diingat.")
    phone = forms.CharField(label="Nomor HP", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    date = forms.DateField(label="Tanggal SK", help_text="Lihat di bagian bawah surat, dekat tanda tangan.")
    level = forms.ChoiceField(label="Diterbitkan oleh", choices=[("desa", "Kepala desa"), ("kec", "Camat")])
    agree = forms.BooleanField(label="Saya paham SK bukan janji anggaran")
    kind = forms.ChoiceField(
        label="Keputusan",
        choices=[("ya", "Setujui"), ("ulang", "Minta perbaikan")],
        widget=forms.RadioSelect,
        initial="ya",
    )
    channels = forms.MultipleChoiceField(
        label="Sebarkan lewat apa?",
        choices=[("wa", "WhatsApp"), ("papan", "Papan pengumuman")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    scan = forms.FileField(
        label="Foto SK",
        required=False,
        widget=forms.FileInput(attrs={"data-photo": "", "accept": "image/*,application/pdf"}),
    )
    text = forms.CharField(label="Isi kabar", widget=forms.Textarea(attrs={"data-editor": ""}), required=False)


NEWS = [
    {
        "url": "#kabar",
        "title": "Air pasang masuk dermaga, jadwal perahu sekolah dimajukan",
        "source": "KIM Muara Kakap, Kubu Raya",
    },
    {
        "url": "#kabar",
        "title": "Pelajar belajar foto produk pakai HP",
        "source": "KIM Air Itam, Pangkalpinang",
    },
]
MONTHS = ("Juni", "Juli", "Agustus", "September", "Oktober", "November")
PROVINCES = {
    "35": 612,
    "33": 418,
    "32": 372,
    "16": 168,
    "34": 143,
    "11": 96,
    "61": 103,
    "64": 79,
    "73": 79,
    "81": 3,
    "51": 61,
}


def icon_names() -> list[str]:
    """Every drawing of the sprite, by name."""
    return re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "img" / "icons.svg").read_text(encoding="utf-8"))


def specimens() -> dict[str, object]:
    """The context of the sheet."""
    form = ExampleForm({"name": "KIM Telaga Ngebel", "phone": "0812345678", "level": "desa", "kind": "ulang"})
    form.add_error("phone", "Nomor HP kurang 2 angka")
    picture = "/static/img/dawn-narrow.svg"
    day = date(2025, 11, 22)
    return {
        "crumbs": [("Jawa Timur", "#data"), ("Ponorogo", "#data"), ("Komponen", "")],
        "lead_news": {
            "url": "#kabar",
            "title": "Tiga dusun gotong royong bersihkan tepi Telaga Ngebel",
            "source": "KIM Telaga Ngebel, Ponorogo",
            "summary": "Sebanyak 115 warga mengangkat 46 karung sampah menjelang libur akhir tahun.",
            "photo": picture,
            "photo_alt": "Warga memukul kentongan di pos ronda saat fajar",
            "date": day,
        },
        "news": [{**NEWS[0], "photo": picture, "date": day}, {**NEWS[1], "date": day}],
        "dyes": [
            ("nila", "kawung"),
            ("pandan", "kawung"),
            ("bata", "tumpal"),
            ("soga", "ombak"),
            ("terung", "tumpal"),
        ],
        "form": form,
        "provinces": PROVINCES,
        "total": 3555,
        "coverage_rows": [
            ("Babadan", 3, 15),
            ("Ngebel", 8, 8, "#data"),
            ("Ngrayun", 0, 11),
            ("Kaltim", 40, 120),
        ],
        "bars": [("Ngebel", 8), ("Babadan", 3, "#data"), ("Siman", 1)],
        "series": list(zip(MONTHS, (4, 9, 7, 15, 12, 21), strict=True)),
        "icon_names": icon_names(),
    }
