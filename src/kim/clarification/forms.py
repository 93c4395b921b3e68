"""What whoever asks, a KIM and an office fill in."""

from typing import Any

from django import forms

from kim.accounts.queries import place
from kim.clarification.models import CheckPoint, Found, Verdict
from kim.kernel import codes, fingerprint, personal
from kim.kernel.text import squeeze
from kim.regions import queries as regions
from kim.regions.queries import Finding

MOST_EVIDENCE, LONGEST_ADDRESS = 10, 500


def _long(rows: int, **attrs: object) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class AskForm(forms.Form):
    """One of four is enough. The place is found by name, with scripts and without."""

    text = forms.CharField(
        label="Isi pesannya", max_length=4000, required=False, widget=_long(6),
        help_text="Tempel seluruhnya, seperti Anda menerimanya di WhatsApp.",
    )  # fmt: skip
    link = forms.CharField(
        label="Tautan", max_length=500, required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip
    photo = forms.FileField(
        label="Foto atau tangkapan layar", required=False, help_text="Paling besar 12 MB. Tempat pengambilannya dihapus dari foto.",
        widget=forms.FileInput(attrs={"accept": "image/*", "data-photo": ""}),
    )  # fmt: skip
    voice = forms.FileField(
        label="Rekaman suara", required=False, help_text="Paling besar 4 MB, kira-kira setengah jam rekaman WhatsApp.",
        widget=forms.FileInput(attrs={"accept": "audio/*,.opus,.ogg,.m4a,.mp3,.amr,.webm"}),
    )  # fmt: skip
    tempat = forms.CharField(
        label="Desa atau kota Anda", max_length=120, required=False,
        help_text="Supaya KIM setempat bisa membantu mengecek. Contoh: Ngebel Ponorogo.",
        widget=forms.TextInput(attrs={"data-place": "", "autocomplete": "off"}),
    )  # fmt: skip
    kode = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-place-code": ""}))
    pilihan = forms.CharField(required=False)
    id = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("text", "link", "photo", "voice")) and not self.errors:
            self.add_error("text", "Tempel pesannya, atau kirim tautan, foto, atau rekamannya. Salah satu saja cukup.")
        if data.get("link") and not fingerprint.links(str(data["link"])):
            self.add_error("link", "Ini belum seperti alamat web. Salin seluruhnya, dimulai dengan https://.")
        return data

    def where(self) -> "tuple[str, Finding | None]":
        """The code that is meant; else what was found by the words, to choose from. Without words: the whole country."""
        data = self.cleaned_data
        for code in (data["pilihan"], data["kode"]):
            if codes.is_code(code) and place(code):
                return code, None
        if not data["tempat"].strip():
            return codes.NATION, None
        found = regions.find(data["tempat"], limit=8)
        is_sure = len(found.regions) == 1 and not found.is_guess
        return (found.regions[0].code, None) if is_sure else ("", found)

    @property
    def written(self) -> dict[str, Any]:
        """As the action takes it."""
        return {name: self.cleaned_data[name] for name in ("text", "link", "photo", "voice")}


class TrackForm(forms.Form):
    number = forms.CharField(
        label="Nomor tiket",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="Kode rahasia", max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class CheckForm(forms.Form):
    """The guided list: for each point what it came to and what was seen."""

    note = forms.CharField(
        label="Catatan untuk Diskominfo", max_length=1500, required=False, widget=_long(3),
        help_text="Apa yang Anda tahu dari desa sendiri? Tulis tanpa nama dan nomor orang.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point, label in CheckPoint.choices:
            self.fields[f"found_{point}"] = forms.ChoiceField(
                label=label, choices=Found.choices, required=False, widget=forms.Select()
            )
            self.fields[f"note_{point}"] = forms.CharField(label="Yang Anda lihat", max_length=300, required=False)
        self.order_fields(
            [*(name for point in CheckPoint.values for name in (f"found_{point}", f"note_{point}")), "note"]
        )

    def pairs(self) -> list[tuple[Any, Any]]:
        """The two fields of each point, as the page shows them."""
        return [(self[f"found_{point}"], self[f"note_{point}"]) for point in CheckPoint.values]

    @property
    def written(self) -> dict[str, Any]:
        data = self.cleaned_data
        points = {point: (data[f"found_{point}"], data[f"note_{point}"]) for point in CheckPoint.values}
        return {"points": points, "note": data["note"]}

    @staticmethod
    def first_values(points: dict[str, list[str]], note: str) -> dict[str, str]:
        found = {f"found_{point}": said[0] for point, said in points.items()}
        return {**found, **{f"note_{point}": said[1] for point, said in points.items()}, "note": note}


class AnswerForm(forms.Form):
    """The verdict. The words are the officer's own: nobody's message is repeated as it came."""

    verdict = forms.ChoiceField(label="Putusan", choices=Verdict.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label="Klaimnya, dalam kalimat Anda", max_length=160, widget=_long(2),
        help_text="Tanpa nama orang. Contoh: Warga tanpa kartu sehat didenda mulai bulan depan.",
    )  # fmt: skip
    gist = forms.CharField(
        label="Yang benar, dalam satu kalimat",
        max_length=280,
        widget=_long(2),
        help_text="Dipakai di kartu dan di WhatsApp.",
    )
    explanation = forms.CharField(
        label="Penjelasan", max_length=4000, widget=_long(7), help_text="Apa yang diperiksa dan bagaimana hasilnya."
    )
    evidence = forms.CharField(
        label="Tautan bukti", required=False, max_length=4000, widget=_long(4),
        help_text="Satu baris satu tautan https://. Setelah tautan boleh ditulis keterangannya.",
    )  # fmt: skip
    agency = forms.CharField(label="Kantor yang menjawab", max_length=160)
    explanations = {
        "verdict": {
            Verdict.TRUE: "Isinya sesuai kenyataan.",
            Verdict.FALSE: "Isinya tidak sesuai kenyataan.",
            Verdict.MISLEADING: "Ada benarnya, tetapi dipakai untuk kesimpulan yang keliru.",
            Verdict.SATIRE: "Dibuat sebagai lelucon.",
            Verdict.UNPROVEN: "Belum ada bukti untuk atau melawannya.",
        }
    }

    def clean_evidence(self) -> list[list[str]]:
        rows = [line.strip().split(maxsplit=1) for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        pairs = [[row[0], squeeze(row[1])[:120] if len(row) > 1 else ""] for row in rows]
        if any(not fingerprint.links(address) or not address.startswith("https://") for address, _ in pairs):
            raise forms.ValidationError("Setiap baris dimulai dengan alamat https:// yang lengkap.")
        if len(pairs) > MOST_EVIDENCE or any(len(address) > LONGEST_ADDRESS for address, _ in pairs):
            raise forms.ValidationError(f"Paling banyak {MOST_EVIDENCE} tautan, masing-masing {LONGEST_ADDRESS} huruf.")
        return pairs

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("title", "gist", "explanation"):
            found = personal.traces(str(data.get(name, "")))
            if found:
                self.add_error(name, f"Tulis tanpa data pribadi. Ditemukan: {found[0].name}.")
        if data.get("verdict") in (Verdict.TRUE, Verdict.FALSE, Verdict.MISLEADING) and not data.get("evidence", True):
            self.add_error("evidence", "Sebutkan paling sedikit satu tautan bukti.")
        return data


class ReviseForm(AnswerForm):
    """New words together with the sentence that says what changed."""

    change = forms.CharField(
        label="Apa yang berubah?",
        max_length=300,
        widget=_long(2),
        help_text="Dibaca semua KIM yang sudah menyebarkan jawaban lama.",
    )
    field_order = ["change"]


class FoldForm(forms.Form):
    """Which claim it is, and why they are the same."""

    into = forms.UUIDField(
        label="Klaim yang sama", error_messages={"required": "Pilih klaim yang sama dengan klaim ini."}
    )
    reason = forms.CharField(
        label="Mengapa keduanya sama?", max_length=500, widget=_long(2),
        help_text="Dibaca petugas dan KIM lain. Contoh: pesan yang sama, hanya nama desanya diganti.",
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Alasannya", max_length=500, widget=_long(2), help_text="Dibaca oleh orang yang bertanya."
    )
