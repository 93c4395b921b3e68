"""The forms of a KIM's own desk."""

from typing import Any

from django import forms

from kim.accounts.models import Role
from kim.discussion.models import DecisionRule
from kim.kernel import clock
from kim.registry.forms.base import DayField, LineField, PhoneField, PlainForm, RowKind, RowsForm
from kim.registry.forms.registration import EMPTY, SEATS, DecreeFields, ProfileForm
from kim.registry.models import Accent, Focus, IctLevel, Position


class DeskProfileForm(RowsForm):
    """What a registered KIM may change by itself."""

    about = ProfileForm.base_fields["about"]
    secretariat = ProfileForm.base_fields["secretariat"]
    public_phone = PhoneField(
        label="Nomor WhatsApp untuk umum",
        required=False,
        help_text="Nomor ini tampil di situs KIM. Kosongkan bila tidak ingin ditampilkan.",
    )
    focus = forms.ChoiceField(label="Perhatian utama", choices=Focus.choices)
    ict_level = forms.ChoiceField(label="Cara kerja", choices=IctLevel.choices, widget=forms.RadioSelect)
    accent = forms.ChoiceField(label="Warna situs", choices=Accent.choices)
    decision_rule = forms.ChoiceField(
        label="Cara memutuskan tulisan", choices=DecisionRule.choices, widget=forms.RadioSelect
    )
    quorum = forms.IntegerField(
        label="Paling sedikit berapa anggota setuju",
        min_value=1,
        max_value=99,
        help_text="Dipakai bila keputusan diambil bersama anggota.",
    )
    row_kinds = {"channel": ProfileForm.row_kinds["channel"]}

    @property
    def channel_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("channel")


class MemberForm(PlainForm):
    name = LineField(label="Nama anggota", max_length=120)
    phone = PhoneField(label="Nomor HP", required=False, help_text="Perlu diisi kalau ia akan ikut menulis di sini.")
    joined_on = DayField(label="Anggota sejak", required=False)


class LeaveForm(PlainForm):
    left_on = DayField(label="Berhenti pada tanggal", initial=clock.today)


class InviteForm(PlainForm):
    """As what a member comes in; whoever has no number yet gives one."""

    phone = PhoneField(label="Nomor HP", help_text="Dipakai untuk masuk. Hanya terlihat oleh KIM ini dan Diskominfo.")
    role = forms.ChoiceField(
        label="Sebagai",
        widget=forms.RadioSelect,
        choices=[(Role.MEMBER, "Anggota"), (Role.EDITOR, "Redaktur"), (Role.BOARD, "Pengurus")],
        initial=Role.MEMBER,
    )

    explanations = {
        "role": {
            Role.MEMBER.value: "menulis dan ikut membahas",
            Role.EDITOR.value: "juga memeriksa dan menyunting tulisan",
            Role.BOARD.value: "juga memutuskan, menerbitkan, dan mengurus data KIM",
        }
    }

    def __init__(self, *args: Any, has_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_phone:
            del self.fields["phone"]


class SeatForm(PlainForm):
    """A new seat on the board."""

    position = forms.ChoiceField(label="Jabatan", choices=[EMPTY, *Position.choices])
    name = LineField(label="Nama", max_length=120)
    since = DayField(label="Menjabat sejak", initial=clock.today, ahead=31)


class ReplaceForm(PlainForm):
    """Who comes after, and from when."""

    on = DayField(label="Tanggal pergantian", initial=clock.today, ahead=31)
    name = LineField(
        label="Nama pengganti",
        max_length=120,
        required=False,
        help_text="Kosongkan bila jabatan ini belum ada penggantinya.",
    )


class RenewalForm(RowsForm, DecreeFields):
    """The new SK on one screen, filled in from the last one."""

    row_kinds = {"seat": RowKind(SEATS.fields, keys=SEATS.keys, at_first=4)}

    def __init__(self, *args: Any, has_scan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_scan:
            self.fields["scan"].required = False
            self.fields["scan"].label = "Ganti foto atau PDF SK"

    @property
    def seat_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("seat")
