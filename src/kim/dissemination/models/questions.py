"""What readers ask under a packet: Question, the Theme it belongs to, and the Answer to all of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kim.accounts.models import Person
from kim.dissemination.models.bulletins import Bulletin
from kim.dissemination.workflow import Turn
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.regions.models import Region, RegionalQuerySet, above
from kim.registry.models import Kim


class Theme(models.Model):
    """Many questions of readers as one, in the office's words; its newest answer stands under the packet for everybody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="themes")
    question = models.CharField("pertanyaannya", max_length=160)
    answer = models.OneToOneField("Answer", models.SET_NULL, related_name="+", null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "question"], name="theme_once")]

    def __str__(self) -> str:
        return self.question


class Answer(models.Model):
    """What was answered: by the issuing office to a theme, or by a KIM to one question. Never changed; the next one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="answers", null=True)
    said_by = models.CharField("dijawab oleh", max_length=160, help_text="The office or the KIM, as people know it")
    text = models.TextField("jawaban", max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)


class Closing(models.TextChoices):
    """Why a question is not answered; whoever asked reads it."""

    SPAM = "spam", "Iklan atau kiriman berulang"
    RUDE = "rude", "Berisi kata kasar"
    THREAT = "threat", "Berisi ancaman"
    ELSEWHERE = "elsewhere", "Bukan tentang info ini"
    UNCLEAR = "unclear", "Belum jelas yang ditanyakan"
    OTHER = "other", "Alasan lain"


class Question(models.Model):
    """What a reader without an account asks about a packet. Of whoever asked there is a village, and a name if given."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="Made on the page that asks")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="reader_questions", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="The village of whoever asks")
    province_code, regency_code = above(2), above(5)
    kim = models.ForeignKey(Kim, models.SET_NULL, related_name="+", null=True, db_index=False)
    name = models.CharField("nama", max_length=60, blank=True)
    text = models.CharField("pertanyaan", max_length=500)
    ticket = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret that whoever asked holds")
    stage = models.CharField(max_length=8, choices=Turn.choices, default=Turn.WAITING)
    is_crowded = models.BooleanField(default=False, help_text="One of very many from the same line: looked at last")
    closing = models.CharField("alasan", max_length=9, choices=Closing.choices, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, related_name="questions", null=True)
    answer = models.ForeignKey(Answer, models.SET_NULL, related_name="questions", null=True)
    asked_at = models.DateTimeField(default=clock.now)
    passed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="Answered or closed")

    objects = RegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan warga"
        indexes = [
            models.Index(fields=["kim", "stage", "is_crowded", "asked_at", "id"], name="question_inbox"),
            models.Index(fields=["bulletin", "stage", "asked_at", "id"], name="question_office"),
            models.Index(
                fields=["regency_code", "asked_at", "id"], condition=Q(stage="waiting"), name="question_coach"
            ),
            models.Index(
                fields=["bulletin", "regency_code"], condition=Q(stage__in=["waiting", "passed"]), name="question_open"
            ),
            models.Index(fields=["settled_at"], name="question_settled"),
        ]

    @property
    def key(self) -> str:
        return f"question:{self.id}"
