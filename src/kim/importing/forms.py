"""The forms of a list: the file, what its columns mean, and one row put right."""

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kim.importing.models import Batch, Column, Row
from kim.kernel import spreadsheet

NOT_SAID, NONE_OF_THEM = "-", "-"
OBLIGATORY = (Column.KIM_NAME, Column.VILLAGE)
HINTS = {
    Column.VILLAGE: "Tulis nama desanya. Bila perlu tambahkan kecamatannya, misalnya: Desa Selur Kec. Ngrayun.",
    Column.DECREE_DATE: "Misalnya 12 Januari 2022.",
    Column.DECREE_UNTIL: "Misalnya 12 Januari 2027.",
    Column.FOUNDED: "Tahunnya saja boleh, misalnya 2019.",
    Column.PHONE: "Misalnya 0812 3456 7890.",
}


class UploadForm(forms.Form):
    """The file is read here, so that a bad one is answered beside the field. `sheets` and `sha256` come out."""

    file = forms.FileField(
        label="Berkas Excel (.xlsx) atau CSV",
        help_text="Paling besar 5 MB dan 5.000 baris. Rapi tidak perlu: judul, baris kosong, dan jumlah akan kami lewati.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": "Berkas ini kosong."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > spreadsheet.MAX_BYTES:
            raise forms.ValidationError(spreadsheet.TOO_BIG)
        data = file.read()
        try:
            self.cleaned_data["sheets"] = spreadsheet.read(data)
        except spreadsheet.BadSheet as error:
            raise forms.ValidationError(str(error)) from error
        self.cleaned_data["sha256"] = hashlib.sha256(data).hexdigest()
        return file


class MappingForm(forms.Form):
    """One choice per column of the sheet, with a few of its values beside it."""

    def __init__(self, batch: Batch, samples: list[list[str]], guessed: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        choices = [(NOT_SAID, "Tidak dipakai"), *Column.choices]
        for at, text in enumerate(batch.header):
            initial = (batch.mapping or guessed).get(str(at), NOT_SAID)
            self.fields[f"k{at}"] = forms.ChoiceField(
                label=text, choices=choices, initial=initial, help_text=_like(samples[at])
            )

    def clean(self) -> dict[str, Any]:
        chosen = list(self.mapping.values())
        for what in sorted({what for what in chosen if chosen.count(what) > 1}):
            self.add_error(None, f"“{Column(what).label}” dipilih untuk lebih dari satu kolom. Pilih satu saja.")
        if Column.KIM_NAME not in chosen:
            self.add_error(None, "Pilih kolom yang berisi Nama KIM.")
        if not {Column.VILLAGE, Column.CODE} & set(chosen):
            self.add_error(None, "Pilih kolom yang berisi Desa/kelurahan, atau kodenya.")
        return self.cleaned_data

    @property
    def mapping(self) -> dict[str, str]:
        return {name[1:]: what for name, what in self.cleaned_data.items() if what != NOT_SAID}


class CorrectionForm(forms.Form):
    """The faulty cells of one row. A village is chosen from those it may be, or typed."""

    def __init__(self, row: Row, columns: dict[str, int], data: Any = None) -> None:
        super().__init__(data, auto_id=f"b{row.number}_%s")
        for problem in row.problems:
            column = Column(problem["column"])
            offered = problem["choices"] if column == Column.VILLAGE else []
            if offered:
                choices = [*offered, (NONE_OF_THEM, "Bukan salah satu di atas")]
                self.fields[Column.CODE] = forms.ChoiceField(
                    label="Desa yang dimaksud", choices=choices, initial=NONE_OF_THEM, widget=forms.RadioSelect
                )
            self.fields[column] = forms.CharField(
                label="Atau tulis nama desanya" if offered else column.label,
                required=column in OBLIGATORY,
                max_length=spreadsheet.MAX_CELL,
                initial=row.said(columns, column),
                help_text=HINTS.get(column, ""),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def values(self) -> dict[str, str]:
        """What was typed. A choice that was not made says nothing."""
        return {name: text for name, text in self.cleaned_data.items() if (name, text) != (Column.CODE, NONE_OF_THEM)}


def _like(values: list[str]) -> str:
    short = [value if len(value) <= 40 else value[:40] + " …" for value in values]
    return "Contoh isi: " + " · ".join(short) if short else "Kolom ini kosong."
