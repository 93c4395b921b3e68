"""What a desk types: one small form for each thing that can be done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from kim.aspirations.models import OUTCOMES, Aspiration, Outcome
from kim.aspirations.queries import Destination
from kim.aspirations.workflow import Kind
from kim.kernel.personal import TAKEN_AWAY, masked

FOR_ALL = "Aspirasi lain digabung ke sini, jadi jawabannya dibaca umum. Tanpa nama orang, nomor HP, atau NIK."


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DeskForm(forms.Form):
    """A form about one aspiration. `asked` is what the action takes."""

    def __init__(self, *args: Any, aspiration: Aspiration, offered: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aspiration, self.offered = aspiration, list(offered)
        self.settle()

    def settle(self) -> None:
        """Fit the fields to this aspiration."""

    @property
    def asked(self) -> dict[str, Any]:
        return self.cleaned_data


class AcceptForm(DeskForm):
    is_supervision = forms.BooleanField(
        label="Perlu pemeriksaan atau pengawasan khusus", required=False,
        help_text="Tenggatnya lebih panjang. Pakai hanya untuk dugaan pelanggaran yang harus diperiksa.",
    )  # fmt: skip

    def settle(self) -> None:
        if self.aspiration.kind != Kind.COMPLAINT or len(self.aspiration.holder_code) > 5:
            del self.fields["is_supervision"]


class FollowUpForm(DeskForm):
    text = forms.CharField(
        label="Sampai mana?", max_length=2000, widget=_long(3), help_text="Misalnya: sudah disurvei, dikerjakan Senin."
    )


class ExtendForm(DeskForm):
    reason = forms.CharField(
        label="Mengapa perlu waktu lebih?", max_length=1000, widget=_long(2), help_text="Dibaca oleh yang meminta."
    )


class AskBackForm(DeskForm):
    text = forms.CharField(label="Apa yang ingin ditanyakan?", max_length=1000, widget=_long(3))


class DismissForm(DeskForm):
    reason = forms.CharField(
        label="Mengapa tidak diproses?", max_length=1000, widget=_long(3),
        help_text="Dibaca pelapor. Perkara hukum, tindak pidana, dan korupsi diurus penegak hukum; tunjukkan ke mana.",
    )  # fmt: skip


class PassOnForm(DeskForm):
    to = forms.ChoiceField(label="Teruskan ke", error_messages={"required": "Pilih tujuannya."})
    reason = forms.CharField(
        label="Alasannya", max_length=500, widget=_long(2), help_text="Dibaca meja tujuan dan pelapor."
    )

    def settle(self) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.name) for one in self.offered]

    @property
    def asked(self) -> dict[str, Any]:
        chosen: Destination = next(one for one in self.offered if one.key == self.cleaned_data["to"])
        return {"to": chosen.desk, "reason": self.cleaned_data["reason"]}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once."""

    widget = ManyFiles(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in files]


class AnswerForm(DeskForm):
    outcome = forms.ChoiceField(
        label="Hasilnya", choices=[(one.value, one.label) for one in OUTCOMES], widget=forms.RadioSelect,
        error_messages={"required": "Pilih hasilnya."},
    )  # fmt: skip
    explanations = {"outcome": {Outcome.UNMET.value: "Jujur juga jawaban. Tulis sebabnya."}}
    text = forms.CharField(label="Jawaban", max_length=4000, widget=_long(5))
    photos = PhotosField(
        label="Foto hasilnya", required=False, help_text="Paling banyak 4. Tempat pengambilan dihapus."
    )
    is_public = forms.BooleanField(
        label="Jawaban ini boleh dibaca umum", required=False, help_text="Tanpa nama orang, nomor HP, atau NIK."
    )

    def settle(self) -> None:
        if self.aspiration.is_confidential:
            del self.fields["is_public"]
        elif self.aspiration.merged.exists():
            public = self.fields["is_public"]
            public.initial, public.help_text = True, FOR_ALL


class MergeForm(DeskForm):
    into = forms.ChoiceField(label="Gabungkan ke", error_messages={"required": "Pilih salah satu."})

    def settle(self) -> None:
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), f"{one.shown_number}: {one.text[:80]}") for one in self.offered]

    @property
    def asked(self) -> dict[str, Any]:
        return {"into": UUID(self.cleaned_data["into"])}


class PublishForm(DeskForm):
    public_text = forms.CharField(
        label="Versi untuk umum", max_length=4000, widget=_long(6),
        help_text=f"Kata-kata pelapor tidak diubah. Ganti nama orang dan nomor dengan {TAKEN_AWAY}.",
    )  # fmt: skip

    def settle(self) -> None:
        self.initial.setdefault("public_text", self.aspiration.public_text or masked(self.aspiration.text))


class HideForm(DeskForm):
    pass
