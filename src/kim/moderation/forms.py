"""What people fill in: a report, a reason, a word of the KIM, an appeal."""

from django import forms

from kim.moderation import queries

HELP = {
    "gambling": "Iklan judi, tawaran palsu, minta uang atau kode OTP",
    "porn": "Gambar atau tulisan cabul, juga pelecehan anak",
    "violence": "Ancaman, ajakan memukul, adegan kekerasan",
    "hatred": "Menghina suku, agama, ras, atau kelompok",
    "personal": "NIK, nomor HP, alamat rumah, wajah anak tanpa izin",
    "hoax": "Kabar bohong atau menyesatkan",
    "rights": "Foto atau tulisan orang lain dipakai tanpa izin",
    "wrong": "Keliru, sudah tidak berlaku, salah tempat",
    "other": "Tulis di bawah apa yang tidak beres",
}


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """Two questions, nothing about the person."""

    explanations = {"reason": HELP}

    reason = forms.ChoiceField(label="Apa yang tidak beres?", choices=queries.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Ceritakan sedikit",
        max_length=1000,
        required=False,
        widget=_long(3),
        help_text="Hanya dibaca petugas. Jangan tulis nama, nomor HP, atau NIK Anda.",
    )


class NoteForm(forms.Form):
    """Words that the other side reads."""

    note = forms.CharField(label="Alasan", max_length=2000, widget=_long(3), help_text="Dibaca penulis dan KIM-nya.")


class FreeNoteForm(forms.Form):
    note = forms.CharField(label="Catatan", max_length=2000, required=False, widget=_long(2))


class MendForm(forms.Form):
    note = forms.CharField(
        label="Apa yang sudah Anda perbaiki?",
        max_length=600,
        widget=_long(2),
        help_text="Dibaca petugas yang memeriksa.",
    )


class AppealForm(forms.Form):
    note = forms.CharField(
        label="Mengapa Anda keberatan?",
        max_length=2000,
        widget=_long(4),
        help_text="Dibaca kantor di tingkat atas. Bukan orang yang memutus yang menilainya.",
    )
