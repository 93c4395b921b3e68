"""A Delivery is one sentence for one person with a place to go; a Message is its journey on one channel."""

import random
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from kim.inbox.workflow import Channel, State, Urgency
from kim.kernel import clock
from kim.kernel.ids import new_id

TRIPS_AT = 5  # failures in a row
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0  # seconds


class Delivery(models.Model):
    """Told once per entry and person; read when opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry_id = models.UUIDField()
    person_id = models.UUIDField()
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "person_id"], name="told_once")]
        indexes = [models.Index(fields=["person_id", "-at"], name="delivery_person")]


class Way(models.Model):
    """A channel a person has opened, and the clock they live by. No row: not told that way."""

    person_id = models.UUIDField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    zone = models.CharField(max_length=30)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "channel"], name="one_way_each")]
        indexes = [models.Index(fields=["channel"], name="way_channel")]


class Subscription(models.Model):
    """One browser of a person that takes pushes: where to bring them, and the keys to seal them with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    endpoint = models.CharField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    since = models.DateTimeField(default=clock.now)


class Message(models.Model):
    """One delivery on one channel. A worker borrows it by moving `next_at`; whoever fails to bring it back lets it go."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="messages")
    person_id = models.UUIDField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    zone = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)
    cost = models.PositiveIntegerField(default=0, help_text="Rupiah")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "channel"], name="once_per_channel")]
        indexes = [
            models.Index(fields=["channel", "urgency", "next_at", "person_id"], name="message_queue", condition=Q(state="waiting")),
            models.Index(fields=["person_id", "channel"], name="message_bundle", condition=Q(state="waiting")),
            models.Index(fields=["expires_at"], name="message_expiry", condition=Q(state="waiting")),
            models.Index(fields=["provider_id"], name="message_provider", condition=~Q(provider_id="")),
            models.Index(fields=["at"], name="message_age"),
        ]  # fmt: skip


class Gateway(models.Model):
    """How one channel is doing: what it was given this minute, and how long it is left alone after trouble."""

    channel = models.CharField(max_length=8, primary_key=True, choices=Channel.choices)
    minute = models.DateTimeField(default=clock.now)
    taken = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="In a row")
    paused_until = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=200, blank=True)
    last_trouble_at = models.DateTimeField(null=True)

    def room(self, now: datetime, per_minute: int) -> int:
        """How many letters it may be given now: none in a pause, one after many failures, else what the minute allows."""
        if self.paused_until and self.paused_until > now:
            return 0
        left = per_minute - (self.taken if self.minute == now.replace(second=0, microsecond=0) else 0)
        return min(left, 1) if self.failures >= TRIPS_AT else left

    def hand_over(self, letters: int, now: datetime) -> None:
        """Count what it was given. One in trouble gets no second letter before the first has been heard of."""
        minute = now.replace(second=0, microsecond=0)
        self.taken = letters + (self.taken if self.minute == minute else 0)
        self.minute = minute
        if self.failures >= TRIPS_AT:
            self.paused_until = now + timedelta(seconds=FIRST_PAUSE)
        self.save()

    def note_trouble(self, reason: str, after: float, *, begun_at: datetime) -> None:
        """Remember the failure; leave it alone when it asks for that, and longer each time when failures go on.

        Letters that were under way together fail together: beyond the limit they count as one.
        """
        now = clock.now()
        is_same = self.failures >= TRIPS_AT and self.last_trouble_at and begun_at <= self.last_trouble_at
        self.failures += 0 if is_same else 1
        self.last_trouble, self.last_trouble_at = reason[:200], now
        pause = after
        if self.failures >= TRIPS_AT:
            growing = FIRST_PAUSE * 2 ** min(self.failures - TRIPS_AT, 10)
            pause = max(after, min(growing, LONGEST_PAUSE) * random.uniform(0.75, 1.25))
        if pause:
            self.paused_until = max(self.paused_until or now, now + timedelta(seconds=pause))
        self.save()


class Tally(models.Model):
    """What a channel did in a day; kept when the messages themselves are long gone."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    day = models.DateField()
    sent = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    given_up = models.PositiveIntegerField(default=0)
    cost = models.PositiveBigIntegerField(default=0, help_text="Rupiah")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="one_tally_each")]
