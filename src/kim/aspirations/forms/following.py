"""What a reporter adds, and how a number and a code are typed."""

from typing import Any

from django import forms

from kim.kernel import ticket
from kim.registry.forms.base import LineField, PlainForm

NEITHER = "Nomor atau kode belum cocok. Periksa lagi keduanya."
OR_THE_SLIP = "Punya lembarnya? Arahkan kamera HP ke kode kotak-kotak di lembar. Tidak perlu mengetik."


class NumberForm(PlainForm):
    """The number alone: what everybody may know of it."""

    nomor = LineField(
        label="Nomor aspirasi", max_length=20, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Sepuluh angka, misalnya 4417-902-518.",
    )  # fmt: skip

    def clean_nomor(self) -> str:
        number = ticket.read(self.cleaned_data["nomor"])
        if number is None:
            raise forms.ValidationError("Nomor ini belum tepat. Periksa lagi angkanya satu per satu.")
        return number


class OpenForm(PlainForm):
    """Number and code. Small letters and without strokes, however they are typed; a slip is told as any other wrong one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="buka_%s", **kwargs)  # it stands beside the other form

    nomor = LineField(
        label="Nomor aspirasi", max_length=20, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    )
    kode = LineField(
        label="Kode rahasia", max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Sepuluh huruf dan angka di lembar atau gambar Anda.",
    )  # fmt: skip
    izin = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_kode(self) -> str:
        return "".join(sign for sign in self.cleaned_data["kode"].lower() if sign.isalnum())


class ReplyForm(PlainForm):
    """What the reporter says to a question back, or why it is not settled."""

    text = forms.CharField(label="Tulis di sini", max_length=2000, widget=forms.Textarea({"rows": 4}))


class RatingForm(forms.Form):
    """How content: 1 to 3; nothing when it was left open."""

    nilai = forms.CharField(required=False)

    def clean_nilai(self) -> int | None:
        said = self.cleaned_data["nilai"]
        return int(said) if said in ("1", "2", "3") else None


class ErasureForm(forms.Form):
    """The box that is ticked before everything goes."""

    yakin = forms.CharField(error_messages={"required": "Centang dulu kotaknya. Belum ada yang dihapus."})
