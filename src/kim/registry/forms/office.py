"""What an officer answers, and how the list of KIM is narrowed."""

from typing import Any

from django import forms

from kim.registry.forms.base import LineField, PhoneField, PlainForm, set_choices
from kim.registry.queries import ACTIVITY_STATES, LEGAL_STATES
from kim.registry.workflow import Outcome

CARDS = {
    Outcome.APPROVED: ("Setujui", "KIM terdaftar, mendapat nomor dan alamat situs"),
    Outcome.RETURNED: ("Minta perbaikan", "KIM memperbaiki tanpa mengulang dari awal"),
    Outcome.REFUSED: ("Tolak", "Wajib menulis alasan"),
}
RENEWAL_CARDS = {
    Outcome.APPROVED: ("Terima SK baru", "SK ini berlaku menggantikan yang lama"),
    Outcome.RETURNED: ("Minta perbaikan", "SK yang lama tetap dihitung"),
}


class DecisionForm(PlainForm):
    """The decision and the words that go with it."""

    outcome = forms.ChoiceField(label="Keputusan", widget=forms.RadioSelect)
    note = forms.CharField(
        label="Pesan untuk KIM",
        max_length=2000,
        required=False,
        help_text="Wajib bila minta perbaikan atau menolak. Tulis apa yang kurang, bagian mana.",
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, is_renewal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cards = RENEWAL_CARDS if is_renewal else CARDS
        set_choices(self.fields["outcome"], [(str(key), words) for key, (words, _) in cards.items()])
        self.explanations = {"outcome": {str(key): why for key, (_, why) in cards.items()}}
        self.fields["outcome"].error_messages["required"] = "Pilih dulu keputusannya."

    def clean(self) -> dict[str, Any]:
        outcome = self.cleaned_data.get("outcome")
        if outcome and outcome != Outcome.APPROVED and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", "Tulis catatan untuk KIM, supaya mereka tahu apa yang kurang.")
        return self.cleaned_data


class ReasonForm(PlainForm):
    reason = forms.CharField(label="Alasan", max_length=1000, widget=forms.Textarea({"rows": 3}))


class LetInForm(PlainForm):
    """Whom the office lets into a KIM."""

    name = LineField(label="Nama pengurus", max_length=120)
    phone = PhoneField(label="Nomor HP", help_text="Dipakai untuk masuk. Hanya terlihat oleh KIM ini dan Diskominfo.")


class FilterForm(PlainForm):
    """Filters live in the address, so that a view can be shared."""

    sk = forms.ChoiceField(label="Keadaan SK", choices=[("", "Semua"), *LEGAL_STATES.items()])
    kabar = forms.ChoiceField(label="Keaktifan", choices=[("", "Semua"), *ACTIVITY_STATES.items()])
    wilayah = forms.ChoiceField(label="Wilayah")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["wilayah"], [("", "Semua"), *places])

    def full_clean(self) -> None:
        """A filter that is not set filters nothing; it is drawn without the word for optional fields."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for field in self.fields.values():
            field.required = True
