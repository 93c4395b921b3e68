"""What a KIM fills in about how it passed a thing on, and what an office notes of a call back."""

from datetime import date
from typing import Any

from django import forms

from kim.kernel import clock
from kim.spreading.models import CallBack, Channel

RANGES = (
    ("1-10", "Kurang dari 10"), ("10-50", "10 sampai 50"), ("50-100", "50 sampai 100"),
    ("100-250", "100 sampai 250"), ("250-500", "250 sampai 500"), ("500-1000", "Lebih dari 500"),
)  # fmt: skip


class ReportForm(forms.Form):
    """One way of spreading. A guess is a range; whoever counted types the number."""

    channel = forms.ChoiceField(label="Lewat apa?", choices=Channel.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(label="Kapan?")
    place = forms.CharField(label="Di mana?", max_length=120, required=False, help_text="Misalnya: Dusun Krajan.")
    guess = forms.ChoiceField(
        label="Kira-kira berapa warga yang mendengar?", choices=RANGES, required=False, widget=forms.RadioSelect,
        help_text="Perkiraan saja. Tidak ada jawaban salah.",
    )  # fmt: skip
    counted = forms.IntegerField(
        label="Atau, kalau dihitung: berapa orang?", required=False, min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}), help_text="Misalnya dari daftar hadir.",
    )  # fmt: skip
    questions = forms.CharField(
        label="Apa yang ditanyakan warga?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dibaca kantor yang mengirimnya.",
    )  # fmt: skip
    photo = forms.FileField(
        label="Foto sebagai bukti", required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-photo": ""}),
        help_text="Foto dikecilkan otomatis. Tempat pengambilannya dihapus dari foto.",
    )  # fmt: skip
    id = forms.UUIDField(widget=forms.HiddenInput)

    def clean_held_on(self) -> date:
        day = self.cleaned_data["held_on"]
        if not date(2020, 1, 1) <= day <= clock.today():
            raise forms.ValidationError("Tanggalnya belum terjadi, atau terlalu lama. Periksa lagi.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("counted") and not data.get("guess"):
            self.add_error("guess", "Pilih perkiraan, atau isi jumlah yang dihitung.")
        return data

    @property
    def written(self) -> dict[str, Any]:
        """The report as the action takes it."""
        data, counted = self.cleaned_data, self.cleaned_data["counted"]
        low, high = (counted, counted) if counted else map(int, data["guess"].split("-"))
        kept = {name: data[name] for name in ("channel", "held_on", "place", "questions")}
        return kept | {"heard_low": low, "heard_high": high, "is_counted": bool(counted)}


class CheckBackForm(forms.Form):
    RESULTS = ((CallBack.CONFIRMED, "Sesuai"), (CallBack.DIFFERS, "Berbeda"), (CallBack.UNREACHED, "Tidak tersambung"))
    result = forms.ChoiceField(label="Hasil telepon", choices=RESULTS, widget=forms.RadioSelect)
    note = forms.CharField(label="Catatan", max_length=300, required=False)
