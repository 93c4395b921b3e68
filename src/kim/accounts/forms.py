"""What people type to come in, and what they change about themselves."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgain
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from kim.accounts import policies
from kim.accounts.models import Agency, Purpose, Role
from kim.accounts.queries import place
from kim.doors.throttle import TooOften, forget, knock
from kim.inbox.adapters.push import is_known_service
from kim.kernel import phone as phones
from kim.kernel.codes import is_code
from kim.kernel.webpush import are_keys

DIGITS = {"inputmode": "numeric", "maxlength": 6, "pattern": "[0-9]*"}
WINDOW = timedelta(minutes=15)
DIFFERENT = "Ketikan kedua tidak sama dengan yang pertama."


class PhoneField(forms.CharField):
    """An Indonesian phone number, cleaned to E.164."""

    def clean(self, value: str) -> str:
        text = super().clean(value)
        try:
            return phones.normalise(text) if text else ""
        except phones.BadPhone as error:
            raise forms.ValidationError(str(error)) from error


def phone_field(**kwargs) -> PhoneField:
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "username", "maxlength": 24})
    return PhoneField(label="Nomor HP", widget=widget, error_messages={"required": phones.MISSING}, **kwargs)


def pin_field(label: str, *, current: bool = False, hint: str = "") -> forms.CharField:
    attrs = DIGITS | {"autocomplete": "current-password" if current else "new-password"}
    missing = {"required": "Isi 6 angka PIN."}
    return forms.CharField(label=label, help_text=hint, widget=forms.PasswordInput(attrs=attrs), error_messages=missing)


def password_field(label: str, *, current: bool = False, hint: str = "") -> forms.CharField:
    attrs = {"autocomplete": "current-password" if current else "new-password"}
    missing = {"required": "Isi kata sandi."}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, error_messages=missing)


class EnterForm(forms.Form):
    """Phone and PIN."""

    phone = phone_field(help_text="Nomor yang didaftarkan KIM atau kantor desa Anda.")
    pin = pin_field("PIN 6 angka", current=True)


class CodeForm(forms.Form):
    """The code from the paper or the screen."""

    k = forms.CharField(
        label="Kode masuk", help_text="8 huruf dan angka, misalnya ABCD-EFGH.", max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class Twice(forms.Form):
    """A new secret typed twice."""

    again: forms.CharField

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", DIFFERENT)
        return data


class NewPin(Twice):
    new = pin_field("PIN baru", hint="6 angka yang mudah Anda ingat dan sulit ditebak.")
    again = pin_field("Ketik PIN sekali lagi")

    def __init__(self, *args, person=None, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_new(self) -> str:
        verdict = policies.can_be_pin(self.cleaned_data["new"], (self.person and self.person.phone) or "")
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return self.cleaned_data["new"]


class NewPassword(Twice):
    new = password_field("Kata sandi baru", hint="Sedikitnya 12 huruf; beberapa kata yang Anda ingat sudah cukup.")
    again = password_field("Ketik kata sandi sekali lagi")

    def __init__(self, *args, person=None, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.person)
        return self.cleaned_data["new"]


def _agree() -> forms.BooleanField:
    missing = {"required": "Centang dulu bila Anda setuju. Tanpa itu kami tidak boleh menyimpan data Anda."}
    return forms.BooleanField(label="Saya sudah membaca dan setuju.", error_messages=missing)


class FirstPin(NewPin):
    agree = _agree()


class FirstPassword(NewPassword):
    agree = _agree()


FIRST = {Purpose.PIN: FirstPin, Purpose.PASSWORD: FirstPassword}


class ChangePin(NewPin):
    old = pin_field("PIN lama", current=True)
    field_order = ["old", "new", "again"]


class ChangePassword(NewPassword):
    old = password_field("Kata sandi lama", current=True)
    field_order = ["old", "new", "again"]


class OfficialForm(LoginForm):
    """E-mail and password of an official."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        missing = {
            "required": "Isi alamat surel.",
            "invalid": "Alamat surel belum lengkap, misalnya nama@kantor.go.id.",
        }
        self.fields["login"] = forms.EmailField(label="Surel", widget=widget, error_messages=missing)
        self.fields["password"] = password_field("Kata sandi", current=True)
        self.order_fields(["login", "password"])


def _code_field(hint: str) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label="Kode", help_text=hint, widget=widget, error_messages={"required": "Isi kodenya."})


class CountedCode(BaseAuthenticateForm):
    """A second factor's code: counted per person, and good for one use in any process."""

    def clean_code(self) -> str:
        bucket = f"factor:{self.user.pk}"
        try:
            knock(bucket, limit=10, per=WINDOW)
        except TooOften as error:
            raise forms.ValidationError(str(error)) from error
        code = super().clean_code()
        try:
            knock(f"used:{self.user.pk}:{code}", limit=1, per=timedelta(minutes=2))
        except TooOften as error:
            raise forms.ValidationError("Kode ini sudah dipakai. Tunggu kode berikutnya di aplikasi.") from error
        forget(bucket)
        return code


class SecondFactorForm(CountedCode, AuthenticateForm):
    code = _code_field("6 angka dari aplikasi di HP Anda, atau satu kode cadangan.")


class CodeAgainForm(CountedCode, CodeAgain):
    code = _code_field("6 angka dari aplikasi di HP Anda, atau satu kode cadangan.")


class PasswordAgainForm(PasswordAgain):
    password = password_field("Kata sandi", current=True)


class AuthenticatorForm(ActivateTOTPForm):
    code = _code_field("6 angka yang sekarang tampil di aplikasi.")


class PasskeyForm(AddWebAuthnForm):
    name = forms.CharField(label="Nama kunci", required=False, max_length=60, help_text="Misalnya HP saya.")
    passwordless = forms.BooleanField(label="Boleh untuk masuk tanpa kata sandi", required=False, initial=True)


class StaffForm(forms.Form):
    """Why support powers are needed, and where."""

    reason = forms.CharField(
        label="Alasan", max_length=300, min_length=10, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Siapa yang meminta, dan untuk apa. Alasan ini tersimpan dan dapat dibaca.",
        error_messages={"required": "Tulis alasannya.", "min_length": "Tulis alasannya lebih jelas."},
    )  # fmt: skip
    region = forms.CharField(label="Kode wilayah", max_length=13, help_text="Misalnya 35.02 untuk Kabupaten Ponorogo.")

    def clean_region(self) -> str:
        return existing_region(self.cleaned_data["region"])


def existing_region(code: str) -> str:
    """The code of a region in force; a sentence else."""
    code = code.strip()
    if not is_code(code) or place(code) is None:
        raise forms.ValidationError("Kode wilayah ini tidak ada. Pilih dari daftar.")
    return code


class InviteForm(forms.Form):
    """A person for an office below, new or already here: heads come in by phone, officials by e-mail."""

    role = forms.ChoiceField(label="Tugas", widget=forms.RadioSelect, error_messages={"required": "Pilih tugasnya."})
    name = forms.CharField(label="Nama lengkap", max_length=120, error_messages={"required": "Isi nama orangnya."})
    tempat = forms.CharField(
        label="Wilayah tugas", required=False, help_text="Ketik nama desa, kabupaten, atau kotanya, lalu pilih.",
        widget=forms.TextInput(attrs={"data-place": "", "autocomplete": "off"}),
    )  # fmt: skip
    agency = forms.ChoiceField(
        label="Kantor (hanya untuk petugas OPD atau kecamatan)", required=False,
        help_text="Kantor yang belum ada ditambahkan lebih dulu di menu OPD.",
    )  # fmt: skip
    region = forms.CharField(
        label="Kode wilayah", help_text="Misalnya 35.02.17.1008. Untuk petugas OPD, ikut kantornya.", max_length=13,
        required=False, widget=forms.TextInput(attrs={"data-place-code": "", "inputmode": "decimal"}),
    )  # fmt: skip
    phone = phone_field(required=False, help_text="Kepala desa dan lurah masuk dengan nomor HP dan PIN.")
    email = forms.EmailField(
        label="Surel", required=False,
        help_text="Petugas masuk dengan surel dan kata sandi. Isi keduanya bila orangnya sudah terdaftar dengan nomor HP.",
    )  # fmt: skip

    def __init__(self, *args, roles: list[Role], agencies: Iterable[Agency] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(one.pk): one for one in agencies}
        role, agency = self.fields["role"], self.fields["agency"]
        assert isinstance(role, forms.ChoiceField) and isinstance(agency, forms.ChoiceField)
        role.choices = [(one.value, one.label) for one in roles]
        agency.choices = [("", "–"), *((key, one.name) for key, one in self.agencies.items())]
        if not self.agencies:
            del self.fields["agency"]

    def clean(self) -> dict:
        data = super().clean() or {}
        agency = self.agencies.get(data.get("agency", ""))
        if data.get("role") == Role.AGENCY and agency is not None:
            data["region"], data["agency_id"] = agency.region_id, agency.pk
        elif data.get("role") == Role.AGENCY and self.agencies and not self.errors:
            self.add_error("agency", "Pilih kantornya.")
        else:
            self._place(data)
        if not (data.get("phone") or data.get("email") or self.errors.keys() & {"phone", "email"}):
            self.add_error("phone", "Isi nomor HP atau surelnya, sedikitnya satu.")
        return data

    def _place(self, data: dict) -> None:
        try:
            data["region"] = existing_region(data.get("region", ""))
        except forms.ValidationError as error:
            self.add_error("region", error)


class PushForm(forms.Form):
    """What a browser says of itself when it subscribes; only push services we know are ever called."""

    endpoint = forms.URLField(max_length=600, assume_scheme="https")
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)

    def clean(self) -> dict:
        data = super().clean() or {}
        if not self.errors and not (is_known_service(data["endpoint"]) and are_keys(data["p256dh"], data["auth"])):
            raise forms.ValidationError("Peramban ini memakai layanan notifikasi yang belum kami kenal.")
        return data
