"""One screen for a KIM member who takes in somebody else's voice, or sends an own one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kim.aspirations.forms.speaking import MOST_PHOTOS, WhereForm, WhoForm, WordsForm


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files at once; each is judged when it is stored."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if len(found) > MOST_PHOTOS:
            raise forms.ValidationError(f"Paling banyak {MOST_PHOTOS} foto.")
        return [super(FilesField, self).clean(one, initial) for one in found]


class EvidenceForm(forms.Form):
    """Pictures and a voice note."""

    foto = FilesField(
        label="Foto", required=False, widget=ManyFiles({"accept": "image/*", "multiple": True, "data-photo": ""}),
        help_text="Paling banyak 3. Hindari wajah anak. Lokasi dan data kamera dihapus.",
    )  # fmt: skip
    suara = forms.FileField(
        label="Rekaman suara", required=False, widget=forms.FileInput({"accept": "audio/*", "data-voice": ""}),
        help_text="Paling lama 3 menit, 2 MB.",
    )  # fmt: skip


class TakeInForm(WordsForm, WhereForm, WhoForm, EvidenceForm):
    """Everything on one screen."""

    explanations: dict[str, dict[Any, str]] = {**WordsForm.explanations, **WhoForm.explanations}
    for_other = forms.ChoiceField(
        label="Aspirasi siapa?", choices=[("lain", "Orang lain (atas nama)"), ("saya", "Saya sendiri")],
        widget=forms.RadioSelect, initial="lain",
    )  # fmt: skip
    field_order = [
        "for_other", "kind", "text", "foto", "suara", "tempat", "place", "category", "happened_on",
        "privacy", "reporter_name", "reporter_phone", "tell_me", "passes_village",
    ]  # fmt: skip
