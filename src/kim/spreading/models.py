"""What the copies of a thing, the reports about them and the tallies have in common; and the book that says where they are kept.

There are no tables here: a packet and a clarification have each their own, made of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from kim.accounts.models import Person
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Upload
from kim.regions.models import Region, above
from kim.registry.models import Kim


class Channel(models.TextChoices):
    """By which way people were told; half of them need no network."""

    WHATSAPP = "whatsapp", "Grup WhatsApp"
    MEETING = "meeting", "Rapat, arisan, atau PKK"
    POSYANDU = "posyandu", "Posyandu"
    WORSHIP = "worship", "Pengajian atau ibadah"
    LOUDSPEAKER = "loudspeaker", "Pengeras suara"
    BOARD = "board", "Papan pengumuman atau poster"
    VISIT = "visit", "Kunjungan ke rumah"
    RADIO = "radio", "Radio komunitas"
    FOLK = "folk", "Pertunjukan rakyat"
    SOCIAL = "social", "Media sosial"
    ARTICLE = "article", "Kabar di situs KIM"


class CallBack(models.TextChoices):
    """A share of the reports is drawn for a call back, so that the numbers stay believable."""

    NONE = "", "Tidak diundi"
    DRAWN = "drawn", "Akan ditelepon"
    CONFIRMED = "confirmed", "Sesuai"
    DIFFERS = "differs", "Berbeda"
    UNREACHED = "unreached", "Tidak tersambung"


class Copy(models.Model):
    """One KIM's copy of a thing: when it came, was read and passed on, and how many heard of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kim = models.ForeignKey(Kim, models.CASCADE, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    province_code, regency_code = above(2), above(5)
    opened_at = models.DateTimeField(null=True)
    spread_at = models.DateTimeField(null=True)
    heard_low = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Of the best single report: overlaps are not added"
    )
    heard_high = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class Report(models.Model):
    """A report of spreading: where, when, by which way, and how many people heard it, counted or guessed as a range."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField("lewat apa", max_length=11, choices=Channel.choices)
    held_on = models.DateField("kapan")
    place = models.CharField("di mana", max_length=120, blank=True)
    is_counted = models.BooleanField("dihitung, bukan perkiraan", default=False)
    heard_low = models.PositiveIntegerField()
    heard_high = models.PositiveIntegerField()
    questions = models.TextField("pertanyaan warga", max_length=1000, blank=True)
    photo = models.ForeignKey(Upload, models.SET_NULL, related_name="+", null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=clock.now)
    call_back = models.CharField(max_length=9, choices=CallBack.choices, blank=True, default=CallBack.NONE)
    call_note = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]


class Tally(models.Model):
    """How far a thing came in one place: kept for regency, province and nation."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    sent = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    spread = models.PositiveIntegerField(default=0)
    villages = models.PositiveIntegerField(default=0, help_text="Villages where it was spread")
    villages_sent = models.PositiveIntegerField(default=0, help_text="Villages that have a copy")
    villages_all = models.PositiveIntegerField(default=0, help_text="Villages of the place, with a KIM or without")
    heard_low = models.PositiveBigIntegerField(default=0)
    heard_high = models.PositiveBigIntegerField(default=0)
    hours_median = models.FloatField(null=True, help_text="From sending to spreading")
    hours_slow = models.FloatField(null=True, help_text="Of the slowest tenth")
    channels = models.JSONField(default=dict, help_text="Channel → KIM that used it")
    checks = models.JSONField(default=dict, help_text="CallBack → reports that were drawn, by what the call said")
    days = models.JSONField(
        default=dict, help_text="`opened 2026-11-28` → KIM on that day, by the clock of the village"
    )
    readers = models.PositiveIntegerField(
        default=0, help_text="Daily visits of its page and of KIM's articles about it"
    )
    readers_sketch = models.BinaryField(default=b"")
    readers_upto = models.DateField(null=True, help_text="The last day whose readers are in the sketch")
    as_of = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Act:
    """What a KIM does with its copy: its name in the tables, its label, and why fewer have done it than the act before."""

    name: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Book:
    """Where one kind of thing is kept. `thing` and `copy` are the names of the keys that lead to it and to a copy of it.

    In SQL: `places` are the regencies it concerns, with copies or without; `villages` counts those of a `{place}` it is for;
    `counts` and `maps` are what its tallies know besides, over a copy `a`.
    """

    thing: str
    copy: str
    copies: type[Any]
    reports: type[Any]
    tallies: type[Any]
    acts: tuple[Act, ...]
    places: str
    villages: str
    counts: Mapping[str, str] = field(default_factory=dict)
    maps: Mapping[str, str] = field(default_factory=dict)
