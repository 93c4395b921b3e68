"""What the doors remember: answers already given, and knocks counted."""

from django.db import models

from kim.kernel import clock


class Replay(models.Model):
    """A form that was sent under this key, and where its sender was led. The second arrival is led there too."""

    key = models.UUIDField(primary_key=True)
    person_id = models.UUIDField(null=True)
    path = models.CharField(max_length=400)
    location = models.CharField(max_length=800, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)


class Knock(models.Model):
    """How often a bucket (an account, a device) knocked in the running window."""

    bucket = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)
