"""What the doors remember is forgotten in time."""

from datetime import timedelta

import pytest

from kim.doors import replay, throttle
from kim.doors.models import Knock, Replay
from kim.kernel import clock
from kim.kernel.ids import new_id


@pytest.mark.django_db
def test_old_keys_and_ended_windows_go_and_fresh_ones_stay():
    old, fresh = new_id(), new_id()
    Replay.objects.create(key=old, path="/a/", at=clock.now() - timedelta(days=15))
    Replay.objects.create(key=fresh, path="/a/")
    throttle.knock("account:1", limit=3, per=timedelta(minutes=5))
    Knock.objects.create(bucket="account:2", count=1, until=clock.now() - timedelta(minutes=1))
    assert replay.forget_old() == 2
    assert Replay.objects.get().key == fresh
    assert Knock.objects.get().bucket == "account:1"
