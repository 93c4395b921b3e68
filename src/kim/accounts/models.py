"""Persons, their mandates, what they agreed to, and the codes that let them in."""

import pghistory
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from kim.inbox.workflow import Channel
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.regions.models import Region


class Role(models.TextChoices):
    """The hats of `domain.md` 2.5. A warga needs no account and so has no role."""

    MEMBER = "member", "Anggota KIM"
    BOARD = "board", "Pengurus KIM"
    EDITOR = "editor", "Redaktur KIM"
    VILLAGE = "village", "Kepala desa/lurah"
    REGENCY = "regency", "Diskominfo kabupaten/kota"
    PROVINCE = "province", "Diskominfo provinsi"
    NATIONAL = "national", "Kementerian (pusat)"
    EXPERT = "expert", "Tenaga ahli"
    AGENCY = "agency", "Petugas OPD"
    SUPPORT = "support", "Petugas dukungan"


KIM_ROLES = (Role.MEMBER, Role.BOARD, Role.EDITOR)
OFFICES = (Role.REGENCY, Role.PROVINCE, Role.NATIONAL)
OFFICIAL_ROLES = (*OFFICES, Role.EXPERT, Role.AGENCY, Role.SUPPORT)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(models.Q(phone=username) | models.Q(email=username))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "pin", "last_login"])
class Person(AbstractBaseUser):
    """A human being who may sign in: members by phone and PIN, officials by e-mail, password and second factor.

    The PIN and the password are two secrets: a PIN session never wears an official's hat.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor HP", max_length=16, unique=True, null=True, blank=True)
    email = models.EmailField("surel", unique=True, null=True, blank=True)
    pin = models.CharField(max_length=128, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, help_text="Counting up signs out every device")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        verbose_name = "orang"

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"person:{self.pk}"

    def get_full_name(self) -> str:
        return self.name

    def has_usable_password(self) -> bool:
        """An empty password is none, whatever Django thinks of it."""
        return bool(self.password) and super().has_usable_password()

    def set_pin(self, pin: str) -> None:
        self.pin = make_password(pin)

    def check_pin(self, pin: str) -> bool:
        return bool(self.pin) and check_password(pin, self.pin)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        words = f"{self.password}{self.pin}{self.session_epoch}"
        return salted_hmac("kim.accounts.session", words, secret=secret, algorithm="sha256").hexdigest()

    is_staff = False
    is_superuser = False


class Agency(models.Model):
    """An office beside the chain of regions: a dinas (OPD) of a regency or province, a kecamatan, a unit of a ministry.

    A kecamatan is one too (PP 17/2018 calls it a perangkat daerah): its region is the district.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField("nama kantor", max_length=160)
    is_open = models.BooleanField(default=True, help_text="Closed ones take no new work")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["region_id", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="agency_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandate(models.Model):
    """One hat of one person: a role over a region prefix, or in one KIM. Ends by date, never by deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=12, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kim_id = models.UUIDField(null=True, blank=True, db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="mandates", null=True, blank=True)
    label = models.CharField(max_length=160, help_text="How the hat is called on screen, e.g. Ketua KIM Ngebel")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "region", "kim_id", "agency"],
                condition=models.Q(until=None),
                name="one_open_mandate",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.label


class Purpose(models.TextChoices):
    """Which secret a code lets one set: members and heads a PIN, officials a password."""

    PIN = "pin", "PIN"
    PASSWORD = "password", "Kata sandi"

    @classmethod
    def of(cls, role: str) -> "Purpose":
        """The secret that opens a hat."""
        return cls.PASSWORD if role in OFFICIAL_ROLES else cls.PIN


class EntryCode(models.Model):
    """A way in for one time. The first half finds the row, the whole is kept as a keyed hash only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="codes")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    selector = models.CharField(max_length=4, unique=True)
    secret = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.selector}…"


class Consent(models.Model):
    """What a person agreed to, in which words, when and where; withdrawn by date, never by deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    hat = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.text_version} {self.at:%Y-%m-%d}"


# What one agrees to when opening a way to be told. Whoever changes the words gives them a new version.
WAY_VERSION = "1"
WAY_WORDS: dict[str, str] = {
    Channel.PUSH: "Anda setuju peramban di HP ini menampilkan kabar dari KIM.id. Alamat peramban ini kami simpan.",
    Channel.WHATSAPP: "Anda setuju nomor HP Anda diteruskan kepada WhatsApp untuk mengantar kabar dari KIM.id.",
    Channel.SMS: "Anda setuju nomor HP Anda diteruskan kepada penyedia SMS untuk mengantar kabar dari KIM.id.",
    Channel.EMAIL: "Anda setuju alamat surel Anda dipakai untuk mengantar kabar dari KIM.id.",
}


class StaffSession(models.Model):
    """Half an hour of support powers over one region, with a reason. The role SUPPORT alone gives nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="staff_sessions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    reason = models.CharField("alasan", max_length=300)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason

    @property
    def key(self) -> str:
        return f"staff:{self.pk}"
