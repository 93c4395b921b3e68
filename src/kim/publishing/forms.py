"""What people fill in at the desk, with the words that help them."""

import re
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from kim.kernel import clock, markup
from kim.publishing.models import Article, Category, CheckPoint, Kind, Source, Withdrawal

_OUR_REL = re.compile(r' rel="[a-z ]+"(?=>)')
EARLIEST = date(1945, 8, 17)
AREA = forms.Textarea
KIND_HELP = {
    Kind.NEWS: "Yang terjadi di desa: panen, prestasi, kerja bakti.",
    Kind.ACTIVITY: "Acara dengan tempat dan tanggal: pelatihan, posyandu, rapat.",
    Kind.NOTICE: "Yang perlu diketahui warga: jadwal, syarat, peringatan.",
}
KIND_ICONS = {Kind.NEWS: "megaphone", Kind.ACTIVITY: "calendar", Kind.NOTICE: "board"}
VOICES = (
    (Source.KIM, "KIM sendiri"),
    (Source.GOVERNMENT, "Pemerintah, KIM meneruskan"),
    (Source.CITIZEN, "Warga, KIM memeriksa dan meneruskan"),
)
ONLY_ACTIVITY = ("place", "held_on", "benefit", "programme")


def _long(rows: int, **attrs: object) -> forms.Textarea:
    return AREA(attrs={"rows": rows, **attrs})


class WriteForm(forms.Form):
    """The text of one article. Autosave takes it full of holes; saving on purpose wants a title and a text."""

    title = forms.CharField(
        label="Apa yang terjadi?",
        max_length=160,
        widget=_long(2),
        help_text="Satu kalimat. Ini akan jadi judul.",
    )
    gist = forms.CharField(
        label="Intinya",
        max_length=600,
        required=False,
        widget=_long(3),
        help_text="Satu baris satu pokok, paling banyak 4 baris. Pembaca melihat ini lebih dulu.",
    )
    place = forms.CharField(label="Di mana?", max_length=160, required=False)
    held_on = forms.DateField(label="Tanggal kegiatan", required=False)
    body = forms.CharField(
        label="Isi kabar",
        max_length=60_000,
        required=False,
        widget=_long(10, **{"data-editor": ""}),
        help_text="Siapa, apa, kapan, di mana, mengapa, bagaimana. Pakai bahasa sehari-hari.",
    )
    benefit = forms.CharField(label="Apa gunanya bagi warga?", max_length=300, required=False, widget=_long(2))
    programme = forms.CharField(
        label="Bagian dari program apa?",
        max_length=160,
        required=False,
        help_text="Misalnya: Posyandu, Dana Desa.",
    )
    source_note = forms.CharField(
        label="Dari siapa Anda tahu?",
        max_length=300,
        required=False,
        help_text="Tulis sumbernya supaya bisa diperiksa teman KIM. Diisi paling lambat sebelum terbit.",
    )
    source = forms.ChoiceField(
        label="Suara siapa ini?", choices=VOICES, initial=Source.KIM, help_text="Tampil sebagai label pada kabar."
    )
    category = forms.ChoiceField(label="Topik", choices=Category.choices)
    is_urgent = forms.BooleanField(
        label="Mendesak: menyangkut keselamatan, boleh terbit dulu dan dibahas sesudahnya",
        required=False,
        help_text="Hanya untuk pengumuman atau kabar kebencanaan.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, kind: str, is_final: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, missing in (("title", "Tulis judulnya dulu."), ("body", "Tulis isinya, boleh singkat dulu.")):
            self.fields[name].required = is_final
            self.fields[name].error_messages["required"] = missing
        self.fields["source"].required = not self.is_bound or "source" in self.data
        for name in ONLY_ACTIVITY if kind != Kind.ACTIVITY else ():
            del self.fields[name]

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or Source.KIM.value

    def clean_held_on(self) -> date | None:
        day = self.cleaned_data["held_on"]
        if day and not EARLIEST <= day <= clock.today() + timedelta(days=730):
            raise forms.ValidationError(f"Tahun {day.year} sepertinya keliru. Periksa lagi tanggalnya.")
        return day

    @classmethod
    def words_of(cls, article: Article) -> dict[str, Any]:
        """The article as the form's first values."""
        words = {name: getattr(article, name) for name in cls.base_fields}
        return words | {"body": markup.typed(_OUR_REL.sub("", article.body))}  # the editor writes links without it


class PhotoForm(forms.Form):
    """One more photo, brought together with the text so that nothing typed is lost."""

    photo = forms.FileField(
        label="Ambil atau pilih foto",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-photo": ""}),
        help_text="Foto dikecilkan otomatis. Tempat pengambilannya dihapus dari foto.",
    )
    photo_alt = forms.CharField(
        label="Keterangan gambar",
        max_length=300,
        required=False,
        help_text="Apa yang terlihat, untuk yang tidak bisa melihat.",
    )
    photo_credit = forms.CharField(label="Siapa yang memotret?", max_length=120, required=False)
    photo_consent = forms.BooleanField(label="Orang yang tampak di foto sudah setuju", required=False)


class CheckForm(forms.Form):
    """The check before publishing; unticked boxes keep the text at home."""

    points = forms.MultipleChoiceField(
        label="Daftar periksa",
        choices=CheckPoint.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Centang {len(CheckPoint.values)} lagi sebelum menerbitkan."},
    )
    accepts_personal = forms.BooleanField(
        label="Data pribadi di atas boleh dimuat; orangnya sudah setuju", required=False
    )
    on = forms.DateField(label="Tanggal terbit", required=False)
    at = forms.TimeField(
        label="Jam terbit", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, zone: str = "Asia/Jakarta", needs_moment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["on"].required = self.fields["at"].required = needs_moment
        self.fields["at"].help_text = f"Jam setempat ({clock.zone_label(zone)})."

    def clean_points(self) -> list[str]:
        points = self.cleaned_data["points"]
        left = len(CheckPoint.values) - len(points)
        if left:
            raise forms.ValidationError(f"Centang {left} lagi sebelum menerbitkan.")
        return points

    @property
    def moment(self) -> datetime:
        """The chosen moment on the clock of the region."""
        day, hour = self.cleaned_data["on"], self.cleaned_data["at"]
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.zone))


class DecisionForm(forms.Form):
    """The four ends of a discussion, with short minutes."""

    OUTCOMES = (
        ("spread", "Sebarkan"),
        ("spread_with_note", "Sebarkan dengan catatan"),
        ("postpone", "Tunda"),
        ("reject", "Tolak"),
    )
    outcome = forms.ChoiceField(label="Keputusan", choices=OUTCOMES, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Catatan yang ikut disebarkan",
        max_length=600,
        required=False,
        widget=_long(2),
        help_text="Hanya untuk “sebarkan dengan catatan”. Dibaca semua orang di bawah kabar.",
    )
    minutes = forms.CharField(
        label="Notulen singkat",
        max_length=2000,
        required=False,
        widget=_long(3),
        help_text="Apa yang dibicarakan, dan mengapa begitu.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_afterwards: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "spread": "Tulisan ini boleh terbit.",
            "spread_with_note": "Boleh terbit, dengan catatan KIM di bawahnya.",
            "postpone": "Kembali jadi konsep, diperbaiki dulu.",
            "reject": "Ditarik dari umum." if is_afterwards else "Tidak disebarkan.",
        }
        self.explanations = {"outcome": said}
        if is_afterwards:
            outcome = cast(forms.ChoiceField, self.fields["outcome"])
            outcome.choices = [row for row in self.OUTCOMES if row[0] != "postpone"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "spread_with_note" and not data.get("note", "").strip():
            self.add_error("note", "Tulis catatannya.")
        return data


class CorrectForm(forms.Form):
    """A published text is corrected together with the sentence that says so."""

    ralat = forms.CharField(
        label="Ralat",
        max_length=1000,
        widget=_long(2),
        help_text="Apa yang keliru, dan yang benar bagaimana. Dibaca semua orang.",
    )
    title = forms.CharField(label="Judul", max_length=160, widget=_long(2))
    gist = forms.CharField(label="Intinya", max_length=600, required=False, widget=_long(3))
    body = forms.CharField(label="Isi kabar", max_length=60_000, widget=_long(10, **{"data-editor": ""}))
    hides_earlier = forms.BooleanField(label="Versi lama memuat data pribadi, jangan ditampilkan lagi", required=False)
    accepts_personal = forms.BooleanField(
        label="Data pribadi di tulisan ini boleh dimuat; orangnya sudah setuju", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    name = forms.CharField(label="Nama pemberi hak jawab", max_length=120)
    text = forms.CharField(
        label="Hak jawab",
        max_length=3000,
        widget=_long(5),
        help_text="Persis seperti yang disampaikan orangnya.",
    )


class WithdrawForm(forms.Form):
    category = forms.ChoiceField(label="Sebab", choices=Withdrawal.choices, help_text="Ini yang dibaca umum.")
    reason = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=_long(3),
        help_text="Dibaca penulisnya. Jelaskan bagian mana dan apa yang perlu diperbaiki.",
    )


class OfficeWithdrawForm(WithdrawForm):
    """An office has no part in what a KIM decides in its own room."""

    category = forms.ChoiceField(
        label="Sebab",
        choices=[choice for choice in Withdrawal.choices if choice[0] != Withdrawal.DECISION],
        help_text="Ini yang dibaca umum.",
    )


class ReturnForm(forms.Form):
    note = forms.CharField(label="Apa yang perlu diperbaiki?", max_length=2000, widget=_long(3))
