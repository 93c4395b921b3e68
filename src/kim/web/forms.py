"""What is picked for the board of the week."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kim.sharing.queries import MOST_ON_BOARD, PAPERS
from kim.web.queries.shareables import Shared
from kim.web.templatetags.formats import tanggal_pendek


class BoardForm(forms.Form):
    """At most eight of the things on offer, and the size of the paper."""

    picked = forms.MultipleChoiceField(
        label=f"Pilih kabar dan info, paling banyak {MOST_ON_BOARD}",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih dulu paling sedikit satu kabar."},
    )
    paper = forms.ChoiceField(choices=[(paper, paper.upper()) for paper in PAPERS], widget=forms.HiddenInput)

    def __init__(self, offered: Sequence[Shared], data: Any = None, *, ticked: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"picked": list(ticked)})
        self.explanations = {"picked": {one.code: _told(one) for one in offered}}
        field: Any = self.fields["picked"]
        field.choices = [(one.code, one.of.title) for one in offered]

    def clean_picked(self) -> list[str]:
        picked = self.cleaned_data["picked"]
        if len(picked) > MOST_ON_BOARD:
            raise forms.ValidationError(f"Satu lembar memuat paling banyak {MOST_ON_BOARD} kabar. Kurangi dulu.")
        return picked


def _told(thing: Shared) -> str:
    return f"{tanggal_pendek(thing.day)}, {thing.of.source}"
