"""The board of shared difficulties and the minutes of meetings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from kim.aspirations.models import Aspiration, Category
from kim.deliberation.models import Problem
from kim.deliberation.queries import words_of
from kim.kernel import clock
from kim.kernel.text import clip
from kim.publishing.models import Article


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _none(label: str) -> tuple[str, str]:
    return ("", label)


class ProblemForm(forms.Form):
    """A difficulty of many, in one sentence, with the voices that tell of it."""

    title = forms.CharField(
        label="Kesulitan apa yang dirasakan bersama?", max_length=160, widget=_long(2),
        help_text="Satu kalimat, misalnya: Air bersih mati tiap musim kemarau.",
    )  # fmt: skip
    text = forms.CharField(label="Ceritakan", max_length=2000, required=False, widget=_long(4))
    category = forms.ChoiceField(label="Tentang", choices=Category.choices, initial=Category.OTHER)
    voices = forms.MultipleChoiceField(
        label="Aspirasi yang menceritakannya", required=False, widget=forms.CheckboxSelectMultiple
    )
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, voices: Iterable[Aspiration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"].choices = [(str(one.id), clip(words_of(one), 90)) for one in voices]  # type: ignore[attr-defined]

    @property
    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "text", "category")}


class ActForm(forms.Form):
    plan = forms.CharField(label="Siapa mengerjakan apa?", max_length=300, required=False, widget=_long(2))
    activity = forms.ChoiceField(label="Kegiatan yang menunjukkannya", required=False)

    def __init__(self, *args: Any, activities: Iterable[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.id), one.title) for one in activities]
        self.fields["activity"].choices = [_none("Belum ada kabarnya"), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("plan") or data.get("activity")):
            self.add_error("plan", "Tulis siapa mengerjakan apa, atau pilih kegiatannya.")
        return data


class ResultForm(forms.Form):
    result = forms.CharField(label="Apa hasilnya?", max_length=1000, widget=_long(3))


class DropForm(forms.Form):
    reason = forms.CharField(label="Mengapa tidak dilanjutkan?", max_length=1000, widget=_long(2))


class MeetingForm(forms.Form):
    """Minutes: numbers always, names only where the village wants them here."""

    topic = forms.CharField(label="Musyawarah tentang apa?", max_length=160)
    held_on = forms.DateField(label="Tanggal")
    place = forms.CharField(label="Tempat", max_length=160, required=False, help_text="Misalnya: Balai desa.")
    present = forms.IntegerField(
        label="Berapa orang yang hadir?", min_value=1, max_value=5000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    women = forms.IntegerField(
        label="Di antaranya perempuan", min_value=0, max_value=5000, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    minutes = forms.CharField(
        label="Apa yang dibicarakan?", max_length=6000, required=False, widget=_long(6),
        help_text="Pokoknya saja. Keputusan dicatat satu per satu sesudah ini disimpan.",
    )  # fmt: skip
    names = forms.CharField(
        label="Nama yang hadir (boleh kosong)", max_length=4000, required=False, widget=_long(4),
        help_text="Satu baris satu nama. Hanya dibaca KIM dan kepala desa; jangan menulis NIK.",
    )  # fmt: skip
    id = forms.UUIDField(widget=forms.HiddenInput)

    def clean_held_on(self) -> date:
        day = self.cleaned_data["held_on"]
        if not date(2000, 1, 1) <= day <= clock.today():
            raise forms.ValidationError("Musyawarah dicatat sesudah diadakan. Periksa lagi tanggalnya.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("women") or 0) > (data.get("present") or 0):
            self.add_error("women", "Tidak bisa lebih banyak daripada yang hadir.")
        return data

    @property
    def written(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "id"}


class ResolutionForm(forms.Form):
    text = forms.CharField(label="Apa yang diputuskan?", max_length=400, widget=_long(2))
    who = forms.CharField(label="Siapa mengerjakan?", max_length=160, required=False)
    due_on = forms.DateField(label="Paling lambat", required=False)
    problem = forms.ChoiceField(label="Menjawab kesulitan", required=False)
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, problems: Iterable[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.id), one.title) for one in problems]
        self.fields["problem"].choices = [_none("Tidak ada di papan"), *offered]  # type: ignore[attr-defined]
