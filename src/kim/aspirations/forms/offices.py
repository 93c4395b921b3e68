"""What an office types about its agencies, their routes, and the free days of the place."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from kim.accounts.models import Agency
from kim.aspirations.models import Category
from kim.regions.models import Region


class AgencyForm(forms.Form):
    """An agency of the office's own place, or of a kecamatan of the regency."""

    name = forms.CharField(
        label="Nama kantor", max_length=160, help_text="Misalnya: Dinas Pekerjaan Umum, Kecamatan Babadan."
    )
    region = forms.ChoiceField(label="Wilayahnya")

    def __init__(self, *args: Any, places: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place.code, place.title) for place in places]


class RouteForm(forms.Form):
    """Which agency answers for a category here."""

    category = forms.ChoiceField(label="Tentang", choices=Category.choices)
    agency = forms.ChoiceField(label="Ditangani oleh", required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Belum ditentukan"), *((str(one.pk), one.name) for one in agencies)]

    @property
    def agency_id(self) -> UUID | None:
        return UUID(self.cleaned_data["agency"]) if self.cleaned_data["agency"] else None


class HolidayForm(forms.Form):
    on = forms.DateField(label="Tanggal")
    name = forms.CharField(label="Nama hari libur", max_length=120)
    source = forms.CharField(label="Dasarnya", max_length=200, help_text="Misalnya: SE Bupati 800/12/2026.")
