"""What a reader fills in to ask, and what a KIM and an office fill in to answer."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from kim.dissemination.models import Closing
from kim.kernel import personal
from kim.kernel.ids import as_id, new_id
from kim.regions.models import Region
from kim.regions.queries import Finding
from kim.registry import queries as registry
from kim.registry.forms.base import LineField, PlainForm

SOONEST = 3  # seconds in which nobody has read the page and written a question
MOST_AT_ONCE = 100
CLOSINGS = [("", "Pilih …"), *Closing.choices]
_SIGNER = TimestampSigner(salt="kim.dissemination.ask")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
PERSONAL = "Ini akan dibaca umum. Hapus dulu: {}."


def clean_of_traces(words: str) -> str:
    """The words, unless they hold personal data."""
    found = personal.traces(words)
    if found:
        raise forms.ValidationError(PERSONAL.format(", ".join(f"{one.name} ({one.shown})" for one in found)))
    return words


class AskForm(PlainForm):
    """One question with the village it comes from. The id and the moment the page was shown come with the page."""

    text = LineField(
        label="Pertanyaan Anda", max_length=500, widget=forms.Textarea({"rows": 4}),
        help_text="Satu pertanyaan, dengan kata-kata Anda sendiri. Tanpa nomor HP, NIK, atau alamat.",
    )  # fmt: skip
    tempat = LineField(
        label="Desa atau kelurahan Anda", max_length=120,
        help_text="Supaya KIM di sana bisa membantu. Contoh: Ngebel Ponorogo.",
        widget=forms.TextInput({"data-place": "", "data-place-level": "village", "data-place-mine": "", "autocomplete": "off"}),
    )  # fmt: skip
    name = LineField(
        label="Nama Anda", max_length=60, required=False, widget=forms.TextInput({"autocomplete": "name"}),
        help_text="Hanya dibaca KIM dan kantor pengirim.",
    )  # fmt: skip
    hide_traces = forms.BooleanField(label="Sembunyikan data itu, lalu kirim", required=False)
    kode = forms.CharField(required=False)
    kata = forms.CharField(required=False)
    pilihan = forms.CharField(required=False)
    seen = forms.CharField(required=False)
    situs = forms.CharField(required=False)

    def __init__(self, *args: Any, village: str = "", **kwargs: Any) -> None:
        self.place = registry.village(village)
        super().__init__(*args, initial={"tempat": self.place.display_name} if self.place else {}, **kwargs)
        self.found: Finding | None = None
        self.traces: list[personal.Trace] = []

    @property
    def question_id(self) -> UUID:
        """Made with the page, and kept while the form comes back."""
        return as_id(self.data.get("id", "")) or new_id()

    @property
    def stamp(self) -> str:
        """When the page was first shown, signed; a broken one is made anew."""
        sent = self.data.get("seen", "")
        try:
            _SIGNER.unsign(sent)
        except BadSignature:
            return _SIGNER.sign("tanya")
        return sent

    @property
    def is_searching(self) -> bool:
        return "cari" in self.data

    def clean_text(self) -> str:
        words = self.cleaned_data["text"]
        if len(_WORD.findall(_LINK.sub(" ", words))) < 2:
            raise forms.ValidationError("Tulis pertanyaannya dengan kata-kata, bukan tautan saja.")
        return words

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.place = place = self._place(data)
        data["region_code"] = place.code if place else ""
        if self.is_searching:
            self.errors.clear()
            return data
        self._doubt(data)
        if place is None and "tempat" not in self.errors:
            none = "Tidak ada desa atau kelurahan dengan nama itu. Coba ejaan lain."
            self.add_error("tempat", "Pilih desa Anda dari daftar di bawahnya." if self._has_found else none)
        self._look_for_traces(data)
        return data

    def _doubt(self, data: dict[str, Any]) -> None:
        """Machines fill in what nobody sees, and write faster than anybody reads."""
        if data.get("situs"):
            self.add_error(None, "Muat ulang halaman ini, lalu tulis pertanyaan Anda lagi.")
        try:
            _SIGNER.unsign(data.get("seen", ""), max_age=SOONEST)
        except SignatureExpired:
            return
        except BadSignature:
            pass
        self.add_error(None, "Baca lagi pertanyaan Anda sebentar, lalu tekan “Kirim pertanyaan” sekali lagi.")

    @property
    def _has_found(self) -> bool:
        return bool(self.found and self.found.regions)

    def _place(self, data: dict[str, Any]) -> Region | None:
        """The village chosen, as long as the words are those it was chosen by; else what they mean, if it is but one."""
        words = data.get("tempat", "")
        chosen = None if self.is_searching else registry.village(data.get("pilihan") or data.get("kode", ""))
        meant = (data.get("kata", ""), chosen.display_name, chosen.short_name, chosen.title) if chosen else ()
        if data.get("pilihan") or words in meant:
            return chosen
        self.found = registry.villages(words) if words else None
        if not self.is_searching and self.found and len(self.found.regions) == 1 and not self.found.is_guess:
            return self.found.regions[0]
        return None

    def _look_for_traces(self, data: dict[str, Any]) -> None:
        """The words are kept, and whoever wrote them takes the personal data out, or lets it be hidden."""
        for name in ("text", "name"):
            if data.get("hide_traces") and name in data:
                data[name] = personal.masked(data[name])
            self.traces += personal.traces(data.get(name, ""))
        if self.traces:
            shown = ", ".join(f"{one.name} ({one.shown})" for one in self.traces)
            self.add_error("text", f"Demi keamanan Anda, hapus dulu: {shown}.")


class ReplyForm(forms.Form):
    text = forms.CharField(
        label="Jawaban Anda", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="Dari isi info ini. Yang tidak tertulis di sana, teruskan saja.",
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why there is no answer."""

    reason = forms.ChoiceField(label="Mengapa ditutup?", choices=CLOSINGS)
    note = forms.CharField(
        label="Pesan untuk penanya", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )


class PickForm(forms.Form):
    """Questions ticked in a list."""

    ids = forms.TypedMultipleChoiceField(coerce=UUID, error_messages={"required": "Centang dulu pertanyaannya."})

    def __init__(self, *args: Any, is_required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("ids")[:MOST_AT_ONCE] if hasattr(self.data, "getlist") else []
        field = self.fields["ids"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices, field.required = [(one, one) for one in sent if as_id(one)], is_required


class CloseManyForm(PickForm, CloseForm):
    """Several closed for one reason."""


class GroupForm(PickForm):
    """A theme: one question in the office's words for all that ask the same."""

    question = forms.CharField(
        label="Pertanyaannya, dengan kata kantor Anda", max_length=160, help_text="Dibaca umum setelah dijawab."
    )

    def clean_question(self) -> str:
        return clean_of_traces(self.cleaned_data["question"])


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Jawaban untuk semua", max_length=2000, widget=forms.Textarea({"rows": 6}),
        help_text="Dibaca semua penanya, KIM mereka, dan siapa pun di halaman info ini.",
    )  # fmt: skip
