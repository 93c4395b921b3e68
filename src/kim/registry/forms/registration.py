"""The step form of a registration."""

from typing import Any

from django import forms

from kim.registry.forms.base import DayField, LineField, PhoneField, PlainForm, RowKind, RowsForm
from kim.registry.models import ChannelKind, Focus, IctLevel, IssuerLevel, Position

EMPTY = ("", "Pilih …")
SCAN_TYPES = "application/pdf,image/jpeg,image/png"


class BeginForm(PlainForm):
    """Who registers: the only thing asked before the first step, so that the draft can be found again."""

    name = LineField(label="Nama Anda", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    phone = PhoneField(
        label="Nomor HP Anda",
        help_text="Dipakai untuk melanjutkan pendaftaran dan untuk masuk nanti. Tidak ditampilkan kepada umum.",
    )


class ResumeForm(PlainForm):
    phone = PhoneField(label="Nomor HP Anda")
    code = LineField(
        label="Kode lanjutan",
        max_length=20,
        help_text="8 huruf dan angka yang Anda simpan saat mulai mendaftar.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(letter for letter in self.cleaned_data["code"].upper() if letter.isalnum())


class PlaceForm(PlainForm):
    """The village: found by name, chosen from cards (or straight from the list with JavaScript)."""

    tempat = LineField(
        label="Nama desa atau kelurahan",
        max_length=120,
        help_text="Tulis namanya, boleh ditambah kecamatannya. Contoh: Ngebel Ponorogo.",
        widget=forms.TextInput({"data-place": "", "data-place-level": "village", "autocomplete": "off"}),
    )


class ProfileForm(RowsForm):
    """What the KIM is."""

    name = LineField(
        label="Nama KIM", max_length=120, help_text="Pendek dan mudah diingat. Contoh: KIM Teluk Singkama."
    )
    focus = forms.ChoiceField(label="Perhatian utama", choices=Focus.choices)
    founded_on = DayField(label="Tanggal berdiri", required=False, help_text="Boleh tanggal musyawarah pembentukan.")
    secretariat = LineField(label="Alamat sekretariat", max_length=300, required=False)
    about = forms.CharField(
        label="Tentang KIM",
        max_length=2000,
        required=False,
        help_text="Dua atau tiga kalimat: apa yang biasa dikerjakan KIM ini.",
        widget=forms.Textarea({"rows": 4}),
    )
    ict_level = forms.ChoiceField(
        label="Cara kerja sampai sekarang",
        choices=IctLevel.choices,
        widget=forms.RadioSelect,
        initial=IctLevel.ICT,
    )
    row_kinds = {
        "channel": RowKind(
            {
                "kind": lambda n: forms.ChoiceField(label=f"Saluran {n}", choices=[EMPTY, *ChannelKind.choices]),
                "address": lambda n: LineField(label=f"Alamat atau nama akun {n}", max_length=200),
            },
            keys=("address", "kind"),
            at_first=2,
            more=2,
        )
    }

    @property
    def channel_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("channel")


def _position(number: int) -> forms.Field:
    """The first three rows stand ready for the three every board has."""
    first = (Position.CHAIR, Position.SECRETARY, Position.TREASURER)[number - 1 : number]
    return forms.ChoiceField(
        label=f"Jabatan {number}", choices=[EMPTY, *Position.choices], initial=first[0] if first else ""
    )


SEATS = RowKind(
    {
        "position": _position,
        "name": lambda n: LineField(label=f"Nama pengurus {n}", max_length=120),
        "since": lambda n: DayField(label=f"Menjabat sejak {n}", required=False, ahead=366),
    },
    keys=("name",),
    at_first=4,
)


class PeopleForm(RowsForm):
    """The board and the members."""

    row_kinds = {
        "seat": SEATS,
        "member": RowKind(
            {
                "name": lambda n: LineField(label=f"Nama anggota {n}", max_length=120),
                "phone": lambda n: PhoneField(label=f"Nomor HP anggota {n}", required=False),
            },
            keys=("name", "phone"),
            at_first=4,
        ),
    }

    @property
    def seat_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("seat")

    @property
    def member_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("member")

    def clean(self) -> dict[str, Any]:
        """One phone number belongs to one member."""
        seen: set[str] = set()
        for number in range(self.counts["member"]):
            phone = self.cleaned_data.get(f"member_{number}_phone")
            if phone and phone in seen:
                self.add_error(f"member_{number}_phone", "Nomor HP ini sudah dipakai anggota lain di atas.")
            seen.add(phone or "")
        return self.cleaned_data


class DecreeFields(forms.Form):
    """The papers of an SK; the number is free text, as villages write it."""

    number = LineField(
        label="Nomor SK", max_length=120, help_text="Persis seperti di surat. Contoh: 489/07/401.403.6/2014."
    )
    issued_on = DayField(label="Tanggal SK", first=1990, help_text="Lihat di bagian bawah surat, dekat tanda tangan.")
    about = LineField(label="Tentang", max_length=300, required=False, help_text="Judul surat sesudah kata “tentang”.")
    issuer_level = forms.ChoiceField(
        label="Ditetapkan oleh",
        choices=IssuerLevel.choices,
        widget=forms.RadioSelect,
        initial=IssuerLevel.VILLAGE,
    )
    issuer_office = LineField(label="Nama kantor", max_length=160, help_text="Contoh: Kantor Desa Ngebel.")
    valid_from = DayField(
        label="Berlaku sejak",
        first=1990,
        ahead=366,
        required=False,
        help_text="Kosongkan bila sama dengan tanggal SK.",
    )
    valid_until = DayField(
        label="Berlaku sampai",
        first=1990,
        ahead=366 * 20,
        required=False,
        help_text="Kosongkan bila surat tidak menyebut batas waktu.",
    )
    scan = forms.FileField(
        label="Foto atau PDF SK",
        help_text="PDF, JPG, atau PNG, paling besar 5 MB. Letakkan SK di tempat terang, keempat sudutnya kelihatan.",
        widget=forms.FileInput({"accept": SCAN_TYPES}),
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain."},
    )

    def clean(self) -> dict[str, Any]:
        begins = self.cleaned_data.get("valid_from") or self.cleaned_data.get("issued_on")
        ends = self.cleaned_data.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", "Tanggal akhir lebih awal daripada tanggal mulai.")
        return self.cleaned_data


class DecreeForm(PlainForm, DecreeFields):
    """The SK of a registration. A scan kept earlier need not be sent again."""

    def __init__(self, *args: Any, has_scan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_scan:
            self.fields["scan"].required = False
            self.fields["scan"].label = "Ganti foto atau PDF SK"


class SubmitForm(PlainForm):
    """The last step."""

    name = LineField(label="Nama Anda", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    phone = PhoneField(label="Nomor HP Anda", help_text="Kalau disetujui, nomor ini menjadi akun pengurus KIM.")
    understands = forms.BooleanField(
        label="Saya mengerti: SK mengesahkan KIM, tetapi bukan janji anggaran.",
        error_messages={"required": "Centang dulu bahwa SK bukan janji anggaran."},
    )
    is_true = forms.BooleanField(
        label="Data ini benar, dan semua yang nomornya ditulis di sini setuju nomornya dipakai untuk urusan KIM.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["understands"].error_messages["required"] = "Centang dulu bahwa SK bukan janji anggaran."
        self.fields["is_true"].error_messages["required"] = "Centang dulu bahwa data ini benar."
