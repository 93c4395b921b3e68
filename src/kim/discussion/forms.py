"""What people fill in inside a room, whatever it is about."""

from typing import Any

from django import forms

from kim.discussion.models import Side


class RemarkForm(forms.Form):
    text = forms.CharField(label="Tulis pesan", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    is_question = forms.BooleanField(label="Ini pertanyaan", required=False)


class SideForm(forms.Form):
    """Agree or object; an objection says why."""

    side = forms.ChoiceField(choices=Side.choices)
    reason = forms.CharField(
        label="Apa yang perlu diubah?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("side") == Side.OBJECT and not data.get("reason", "").strip():
            self.add_error("reason", "Tulis alasannya, supaya bisa dibahas.")
        return data
