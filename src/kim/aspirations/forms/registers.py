"""The register of information requests, and what is carried over to SP4N-LAPOR!."""

from django import forms

from kim.aspirations.models import Decision, ObjectionReason


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RegisterForm(forms.Form):
    purpose = forms.CharField(label="Untuk apa informasinya?", max_length=300, required=False, widget=_long(2))
    wants_copy = forms.BooleanField(label="Pemohon minta salinan", required=False, initial=True)


class DecideForm(forms.Form):
    decision = forms.ChoiceField(label="Keputusan", choices=Decision.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label="Alasan", max_length=500, required=False, widget=_long(2),
        help_text="Wajib bila ditolak atau diberikan sebagian, dengan pasalnya.",
    )  # fmt: skip

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("decision") in (Decision.REFUSED, Decision.PARTLY) and not data.get("ground", "").strip():
            self.add_error("ground", "Tulis alasannya, dengan pasal yang menjadi dasar.")
        return data


class ObjectionForm(forms.Form):
    reason = forms.ChoiceField(label="Mengapa keberatan?", choices=ObjectionReason.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="Penjelasan", max_length=1000, required=False, widget=_long(3))
    id = forms.UUIDField(widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    reply = forms.CharField(label="Tanggapan atasan PPID", max_length=2000, widget=_long(4))


class TrackingForm(forms.Form):
    tracking_id = forms.CharField(
        label="Nomor pelacakan dari LAPOR!", max_length=40, help_text="Tertulis sesudah laporan dikirim di sana."
    )
