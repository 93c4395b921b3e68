"""What offices and KIM fill in about a packet, with the words that help them."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kim.dissemination.models import (
    MOST_ATTACHED,
    REMIND_AFTER,
    VILLAGE_KINDS,
    Attachment,
    Bulletin,
    Decline,
    InfoClass,
    RegulationKind,
    Urgency,
    Version,
)
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.regions.models import Region
from kim.registry.models import Focus

MOST_POINTS, LONGEST_POINT = 8, 200
AS_USUAL = f"Seperti biasa: {REMIND_AFTER[Urgency.USUAL]} hari, darurat {REMIND_AFTER[Urgency.EMERGENCY]} hari"
REMINDERS = (
    ("", AS_USUAL),
    *((days, f"Sesudah {days} hari") for days in (1, 2, 3, 5, 7, 14)),
    (0, "Jangan diingatkan"),
)
AIMS = ("is_everywhere", "places", "more_places", "village_kinds", "focus", "is_programme_only")
ASIDE = ("is_everywhere", "places", "more_places", "regulation", "new_files", "drop")  # not words and facts


def _long(rows: int, **attrs: object) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _text(label: str, longest: int, rows: int, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=_long(rows), help_text=hint, required=required)


class WordsForm(forms.Form):
    """The words of a packet. What may be empty while it is a draft is demanded when it is sent."""

    title = _text("Judul", 160, 2, "Satu kalimat, seperti Anda mengatakannya kepada tetangga.", required=True)
    body = _text("Isi untuk warga", 6000, 8, "Siapa, apa, kapan, di mana, bagaimana. Kalimat pendek.")
    points = _text(
        "Yang tidak boleh berubah", 1600, 4, "Satu baris satu hal: tanggal, syarat, biaya. Paling banyak 8 baris."
    )
    meaning = _text("Apa artinya bagi desa kita?", 1500, 3, "Yang perlu disiapkan atau dilakukan warga desa.")
    answers = _text(
        "Tanya jawab", 4000, 5, "Baris pertama pertanyaan, baris berikutnya jawaban. Pisahkan dengan baris kosong."
    )
    whatsapp_short = _text("Teks pendek untuk WhatsApp", 400, 3, "Paling banyak 400 huruf.")
    whatsapp_long = _text("Teks panjang untuk WhatsApp", 1500, 5)
    loudspeaker = _text("Naskah pengeras suara", 1500, 5, "Ditulis seperti diucapkan. Hal penting disebut dua kali.")
    caption = _text("Keterangan untuk media sosial", 600, 3)

    def clean_points(self) -> list[str]:
        lines = [line.strip(" •-\t") for line in self.cleaned_data["points"].splitlines() if line.strip(" •-\t")]
        if len(lines) > MOST_POINTS or any(len(line) > LONGEST_POINT for line in lines):
            raise forms.ValidationError(f"Paling banyak {MOST_POINTS} baris, masing-masing {LONGEST_POINT} huruf.")
        return lines

    def clean_answers(self) -> list[list[str]]:
        blocks = [
            block.strip().partition("\n")
            for block in re.split(r"\n\s*\n", self.cleaned_data["answers"].replace("\r", ""))
        ]
        pairs = [[question.strip(), answer.strip()] for question, _, answer in blocks if question.strip()]
        if any(not answer for _, answer in pairs):
            raise forms.ValidationError("Setiap pertanyaan perlu jawaban di baris berikutnya.")
        return pairs

    @staticmethod
    def words_of(words: Version) -> dict[str, Any]:
        """The newest words as the form's first values."""
        names = ("title", "body", "meaning", "whatsapp_short", "whatsapp_long", "loudspeaker", "caption")
        listed = {
            "points": "\n".join(words.points),
            "answers": "\n\n".join(f"{question}\n{answer}" for question, answer in words.answers),
        }
        return {name: getattr(words, name) for name in names} | listed


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; each is judged when it is kept."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(one, initial) for one in data or () if one]


class BulletinForm(WordsForm):
    """The words together with the facts and the places."""

    agency = forms.CharField(label="Instansi pengirim", max_length=160, help_text="Misalnya: Dinas Kesehatan Ponorogo.")
    urgency = forms.ChoiceField(label="Seberapa mendesak?", choices=Urgency.choices, widget=forms.RadioSelect)
    info_class = forms.ChoiceField(
        label="Golongan informasi", choices=InfoClass.choices, help_text="Menurut UU 14/2008."
    )
    regulation = forms.ChoiceField(label="Dasar hukum", required=False)
    programme = forms.CharField(label="Bagian dari program apa?", max_length=80, required=False)
    is_programme_only = forms.BooleanField(
        label="Hanya KIM yang pernah menerbitkan kegiatan program ini", required=False,
        help_text="Nama program ditulis sama seperti di kabar KIM; huruf besar atau kecil tidak berpengaruh.",
    )  # fmt: skip
    act_by = forms.DateField(label="Sebarkan paling lambat", required=False)
    valid_from = forms.DateField(label="Berlaku sejak", required=False)
    valid_until = forms.DateField(label="Berlaku sampai", required=False)
    is_everywhere = forms.BooleanField(label="Semua", required=False)
    places = forms.MultipleChoiceField(
        label="Hanya ke sini", required=False, widget=forms.CheckboxSelectMultiple, help_text="Boleh lebih dari satu."
    )
    more_places = forms.CharField(
        label="Kecamatan atau desa tertentu", max_length=600, required=False,
        help_text="Tulis kode wilayahnya, dipisah koma, misalnya 35.02.19, 35.02.17.1008.",
    )  # fmt: skip
    new_files = FilesField(
        label="Tambah lampiran", required=False,
        widget=ManyFiles(attrs={"accept": "application/pdf,image/*"}),
        help_text=f"PDF atau gambar, paling banyak {MOST_ATTACHED}. Terbuka untuk umum setelah info dikirim.",
    )  # fmt: skip
    drop = forms.MultipleChoiceField(
        label="Buang lampiran", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Centang yang tidak jadi disertakan, lalu simpan.",
    )  # fmt: skip
    focus = forms.MultipleChoiceField(
        label="Hanya KIM dengan fokus tertentu", required=False, choices=Focus.choices,
        widget=forms.CheckboxSelectMultiple, help_text="Kosongkan untuk semua KIM.",
    )  # fmt: skip
    village_kinds = forms.MultipleChoiceField(
        label="Hanya desa atau kelurahan", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in VILLAGE_KINDS], help_text="Kosongkan untuk semua.",
    )  # fmt: skip
    remind_after = forms.TypedChoiceField(
        label="Ingatkan KIM yang belum membuka", required=False, coerce=int, empty_value=None, choices=REMINDERS,
        help_text="Sekali saja, otomatis, selama info masih berlaku.",
    )  # fmt: skip
    URGENCY_HELP = {
        Urgency.USUAL: "Masuk ke kotak info KIM.",
        Urgency.IMPORTANT: "Tampil paling atas di kotak info KIM.",
        Urgency.EMERGENCY: "Menyangkut keselamatan. Dilihat orang kedua sebelum dikirim.",
    }
    explanations = {"urgency": URGENCY_HELP}

    def __init__(
        self, *args: Any, own: Region, below: Iterable[Region], regulations: Iterable[Any],
        attached: Sequence[Attachment] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.own = own.code
        everybody = "Semua KIM di Indonesia" if own.code == codes.NATION else f"Semua KIM di {own.title}"
        self.fields["is_everywhere"].label = everybody
        self.offer(attached)
        places, rests_on = (cast(forms.ChoiceField, self.fields[name]) for name in ("places", "regulation"))
        places.choices = [(one.code, one.title) for one in below]
        rests_on.choices = [
            ("", "Belum ada"),
            *((str(one.id), f"{one}: {one.title}") for one in regulations),
        ]
        if own.level == Level.VILLAGE:  # every KIM of the village, and there is nothing to choose
            for name in AIMS:
                del self.fields[name]

    def offer(self, attached: Sequence[Attachment]) -> None:
        """The files it has now: they can be let go of, and leave so much less room."""
        self.attached = len(attached)
        cast(forms.ChoiceField, self.fields["drop"]).choices = [(str(one.id), one.upload.name) for one in attached]

    def clean_more_places(self) -> list[str]:
        named = [
            code.strip() for code in self.cleaned_data["more_places"].replace("\n", ",").split(",") if code.strip()
        ]
        wrong = [code for code in named if not codes.is_code(code) or not codes.within(code, self.own)]
        if wrong:
            raise forms.ValidationError(f"Bukan kode wilayah Anda: {', '.join(wrong[:3])}.")
        return named

    def clean_regulation(self) -> str | None:
        return self.cleaned_data["regulation"] or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", "Tanggal akhir lebih awal daripada tanggal mulai.")
        if data.get("is_everywhere") and (data.get("places") or data.get("more_places")):
            self.add_error("is_everywhere", "Pilih salah satu: semua KIM, atau wilayah tertentu saja.")
        if data.get("is_programme_only") and not data.get("programme"):
            self.add_error("programme", "Tulis nama programnya, atau kirim ke semua KIM.")
        if self.attached - len(data.get("drop", ())) + len(data.get("new_files", ())) > MOST_ATTACHED:
            data.pop("new_files", None)
            self.add_error("new_files", f"Paling banyak {MOST_ATTACHED} lampiran. Kurangi, lalu pilih lagi berkasnya.")
        return data

    @property
    def targets(self) -> list[str]:
        """Every place that was named, or the whole area."""
        named = [*self.cleaned_data.get("places", ()), *self.cleaned_data.get("more_places", ())]
        return [self.own] if self.cleaned_data.get("is_everywhere", True) else named

    @property
    def written(self) -> dict[str, Any]:
        """Words and facts, as the action takes them."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ASIDE}
        return data | {"regulation_id": self.cleaned_data["regulation"]}

    @classmethod
    def first_values(cls, bulletin: Bulletin, words: Version, targets: list[str], offered: set[str]) -> dict[str, Any]:
        facts = (
            "agency", "urgency", "info_class", "programme", "is_programme_only", "act_by", "valid_from", "valid_until", "focus",
            "village_kinds", "remind_after",
        )  # fmt: skip
        return {
            **cls.words_of(words),
            **{name: getattr(bulletin, name) for name in facts},
            "regulation": str(bulletin.regulation_id or ""),
            "is_everywhere": bulletin.region_id in targets,
            "places": [code for code in targets if code in offered],
            "more_places": ", ".join(code for code in targets if code not in {*offered, bulletin.region_id}),
        }


class SieveForm(forms.Form):
    """What a list of packets is narrowed to; it stands in the address, so the names are the readers'."""

    is_sieve = True
    mendesak = forms.ChoiceField(label="Seberapa mendesak", required=False, choices=[("", "Semua"), *Urgency.choices])
    program = forms.CharField(label="Program", max_length=80, required=False)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; nothing of what cannot be read."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class CorrectForm(WordsForm):
    """New words together with the sentence that says what changed."""

    change = forms.CharField(
        label="Apa yang berubah?", max_length=300, widget=_long(2),
        help_text="Semua KIM yang sudah menerima akan membaca kalimat ini.",
    )  # fmt: skip
    field_order = ["change"]


class MomentForm(forms.Form):
    """When a packet goes out by itself, on the clock of the office."""

    on = forms.DateField(label="Tanggal kirim")
    at = forms.TimeField(label="Jam kirim", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, zone: str = "Asia/Jakarta", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].help_text = f"Jam setempat ({clock.zone_label(zone)})."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"on", "at"} <= data.keys():
            data["moment"] = datetime.combine(data["on"], data["at"], tzinfo=ZoneInfo(self.zone))
        return data


class GiveBackForm(forms.Form):
    note = forms.CharField(label="Apa yang perlu diubah?", max_length=300, widget=_long(2))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Mengapa ditarik?", max_length=500, widget=_long(2), help_text="Dibaca semua KIM yang sudah menerimanya."
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Catatan untuk KIM di wilayah Anda", max_length=1000, required=False, widget=_long(3),
        help_text="Misalnya tempat dan jam setempat. Kosongkan untuk menghapus catatan.",
    )  # fmt: skip


class PassOnForm(forms.Form):
    places = forms.CharField(
        label="Teruskan juga ke", max_length=600,
        help_text="Kode kecamatan atau desa di wilayah Anda, dipisah koma.",
    )  # fmt: skip

    def clean_places(self) -> list[str]:
        named = [code.strip() for code in self.cleaned_data["places"].replace("\n", ",").split(",") if code.strip()]
        wrong = [code for code in named if not codes.is_code(code)]
        if wrong or not named:
            raise forms.ValidationError(f"Bukan kode wilayah: {', '.join(wrong[:3]) or 'kosong'}.")
        return named


class RegulationForm(forms.Form):
    kind = forms.ChoiceField(label="Jenis", choices=RegulationKind.choices)
    number = forms.CharField(label="Nomor", max_length=80, help_text="Seperti tertulis, misalnya 14/3241/405.19/2022.")
    title = forms.CharField(label="Tentang", max_length=300, widget=_long(2))
    url = forms.URLField(label="Alamat naskahnya", max_length=300, required=False, assume_scheme="https")


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label="Mengapa belum cocok?", choices=Decline.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Catatan untuk pengirim", max_length=500, required=False, widget=_long(2),
        help_text="Tidak mengurangi penilaian KIM Anda.",
    )  # fmt: skip


class AcceptForm(forms.Form):
    note = forms.CharField(
        label="Catatan KIM (terlihat oleh pengirim)", max_length=500, required=False, widget=_long(2)
    )


class CopyDecisionForm(forms.Form):
    """What the room decided about a packet."""

    OUTCOMES = (("accept", "Sebarkan"), ("postpone", "Tunda"), ("decline", "Belum cocok"))
    outcome = forms.ChoiceField(label="Keputusan", choices=OUTCOMES, widget=forms.RadioSelect)
    note = forms.CharField(label="Catatan KIM", max_length=500, required=False, widget=_long(2))
    minutes = forms.CharField(label="Notulen singkat", max_length=2000, required=False, widget=_long(3))
