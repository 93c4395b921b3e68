"""Persons, their mandates, what they agreed to, and the codes that let them in."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

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
OFFICIAL_ROLES = (Role.REGENCY, Role.PROVINCE, Role.NATIONAL, Role.EXPERT, Role.AGENCY, Role.SUPPORT)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(models.Q(phone=username) | models.Q(email=username))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """A human being who may sign in: members by phone and PIN, officials by e-mail, password and second factor."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor HP", max_length=16, unique=True, null=True, blank=True)
    email = models.EmailField("surel", unique=True, null=True, blank=True)
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

    def get_full_name(self) -> str:
        return self.name

    is_staff = False
    is_superuser = False


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandate(models.Model):
    """One hat of one person: a role over a region prefix, or in one KIM. Ends by date, never by deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=12, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kim_id = models.UUIDField(null=True, blank=True, db_index=True)
    label = models.CharField(max_length=160, help_text="How the hat is called on screen, e.g. Ketua KIM Ngebel")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "region", "kim_id"],
                condition=models.Q(until=None),
                name="one_open_mandate",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.label
