"""Fields and forms that answer in plain Indonesian sentences, and rows that repeat without JavaScript."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from kim.kernel import clock, phone, text

MOST_ROWS = 60
NOT_A_DATE = "Tanggal belum dikenali. Tulis seperti 31-12-2025."


class LineField(forms.CharField):
    """One line of text without odd spaces."""

    def to_python(self, value: Any) -> str:
        return text.squeeze(super().to_python(value))


class PhoneField(LineField):
    """A mobile number as people type it, kept as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "tel", "type": "tel"}
        super().__init__(max_length=24, widget=forms.TextInput(attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return phone.national(value) if isinstance(value, str) and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        if not words:
            return ""
        try:
            return phone.normalise(words)
        except phone.BadPhone as error:
            raise forms.ValidationError(str(error)) from error


class DayField(forms.DateField):
    """A day that can be true: not before `first`, not more than `ahead` days from now."""

    widget = forms.DateInput

    def __init__(self, *, first: int = 1945, ahead: int = 0, **kwargs: Any) -> None:
        self.first, self.ahead = first, ahead
        super().__init__(error_messages={"invalid": NOT_A_DATE}, **kwargs)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is None:
            return None
        if day.year < self.first:
            raise forms.ValidationError(f"Tahun {day.year} terlalu lama. Periksa lagi tahunnya.")
        if day > clock.today() + timedelta(days=self.ahead):
            words = "Tanggal ini belum terjadi." if not self.ahead else f"Tahun {day.year} terlalu jauh."
            raise forms.ValidationError(f"{words} Periksa lagi tahunnya.")
        return day


class PlainForm(forms.Form):
    """A form whose messages name the field. A `partial` one keeps what is there and demands nothing."""

    use_required_attribute = False

    def __init__(self, *args: Any, partial: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            self.speak(field)
            field.required = field.required and not partial

    @staticmethod
    def speak(field: forms.Field) -> None:
        field.error_messages["required"] = f"{field.label} belum diisi."

    def known(self, *names: str) -> dict[str, Any]:
        """The cleaned values of these fields, those with errors left out."""
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def set_choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """What a choice field offers, where that is known only when the form is made."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


@dataclass(frozen=True)
class RowKind:
    """How one kind of row looks: its fields by name, those that make it count, and how many stand there at first."""

    fields: Mapping[str, Callable[[int], forms.Field]]
    keys: tuple[str, ...]
    at_first: int = 3
    more: int = 3


class RowsForm(PlainForm):
    """A form with repeated rows. A row whose key fields are empty does not count; a button asks for more rows."""

    row_kinds: Mapping[str, RowKind] = {}

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        rows: Mapping[str, list] | None = None,
        more: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.counts: dict[str, int] = {}
        for kind in self.row_kinds:
            self._add_rows(kind, (rows or {}).get(kind, []), more)

    def _add_rows(self, prefix: str, known: list[Mapping[str, Any]], more: str) -> None:
        kind = self.row_kinds[prefix]
        at_first = len(known) if more else max(len(known) + 1, kind.at_first)
        count = _count(self.data, prefix) if self.is_bound else at_first
        count = min(count + (kind.more if more == prefix else 0), MOST_ROWS)
        self.counts[prefix] = count
        for number in range(count):
            for name, make in kind.fields.items():
                field = make(number + 1)
                self.speak(field)
                field.initial = known[number].get(name) if number < len(known) else field.initial
                self.fields[f"{prefix}_{number}_{name}"] = field

    def full_clean(self) -> None:
        """Rows that do not count demand nothing, though their fields are drawn like those of the others."""
        demanding = [field for field in map(self.fields.get, self._names_of_blank_rows()) if field.required]
        for field in demanding:
            field.required = False
        super().full_clean()
        for field in demanding:
            field.required = True

    def _names_of_blank_rows(self) -> list[str]:
        blank = [(kind, n) for kind, count in self.counts.items() for n in range(count) if self._is_blank(kind, n)]
        return [f"{kind}_{number}_{name}" for kind, number in blank for name in self.row_kinds[kind].fields]

    def _is_blank(self, prefix: str, number: int) -> bool:
        return not any(self.data.get(f"{prefix}_{number}_{key}", "").strip() for key in self.row_kinds[prefix].keys)

    def rows(self, prefix: str) -> list[list[forms.BoundField]]:
        """The rows as they are drawn."""
        names = self.row_kinds[prefix].fields
        return [[self[f"{prefix}_{number}_{name}"] for name in names] for number in range(self.counts[prefix])]

    def filled(self, prefix: str) -> list[dict[str, Any]]:
        """The rows that count and are right, as cleaned values."""
        names, found = self.row_kinds[prefix].fields, []
        for number in range(self.counts[prefix]):
            values = {name: self.cleaned_data.get(f"{prefix}_{number}_{name}") for name in names}
            wrong = any(f"{prefix}_{number}_{name}" in self.errors for name in names)
            if not self._is_blank(prefix, number) and not wrong:
                found.append(values)
        return found

    @classmethod
    def with_more_rows(cls, data: Mapping[str, Any], more: str) -> "RowsForm":
        """The same form with what was typed and more rows of one kind, without complaints."""
        rows = {
            prefix: [
                {name: data.get(f"{prefix}_{number}_{name}", "") for name in kind.fields}
                for number in range(_count(data, prefix))
            ]
            for prefix, kind in cls.row_kinds.items()
        }
        return cls(rows=rows, more=more, initial={name: data.get(name) for name in cls.base_fields})


def _count(data: Mapping[str, Any], prefix: str) -> int:
    words = str(data.get(f"{prefix}_count", ""))
    return min(int(words), MOST_ROWS) if words.isascii() and words.isdigit() else 0
