"""An Entry is a fact and is never changed; its Dispatch is the errand that tells the readers."""

import pgtrigger
from django.db import models

from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.regions.models import above

# Heard by every web process when the act commits (kim.pages.ear): whatever is kept and shows this is old.
TELL_PAGES = """
PERFORM pg_notify('kim_pages', json_build_object('verb', NEW.verb, 'key', NEW.key, 'region', NEW.region_code,
  'kim', NEW.kim_id, 'topic', NEW.data->>'topic')::text);
RETURN NULL;
"""


class Entry(models.Model):
    """One act: verb, subject, author, hat, place and time. Written in the transaction of the act itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(max_length=60)
    key = models.CharField(max_length=80, help_text="Subject as kind:uuid")
    person_id = models.UUIDField(null=True)
    person_name = models.CharField(max_length=120, blank=True)
    hat = models.CharField(max_length=160, blank=True)
    staff_session_id = models.UUIDField(null=True)
    region_code = models.CharField(max_length=13, db_collation="C")
    province_code, regency_code = above(2, "region_code"), above(5, "region_code")
    kim_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["key", "at"], name="entry_subject"),
            models.Index(fields=["-at", "-id"], name="entry_newest"),
            models.Index(fields=["province_code", "-at", "-id"], name="entry_of_province"),
            models.Index(fields=["regency_code", "-at", "-id"], name="entry_of_regency"),
            models.Index(fields=["kim_id", "-at"], name="entry_kim"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(name="tell_pages", operation=pgtrigger.Insert, when=pgtrigger.After, func=TELL_PAGES),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"

    @property
    def subject_id(self) -> str:
        return self.key.partition(":")[2]


class Dispatch(models.Model):
    """The errand of one entry. Claimed with SKIP LOCKED; deleted when every reader has heard it."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now, db_index=True)
    error = models.TextField(blank=True)
