"""Nobody can be found in what is kept: every row of every table of reach, and of the ledger, is looked through."""

import hashlib
import ipaddress
import struct
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from kim.config import tasks
from kim.ledger.models import Entry
from kim.reach import actions, queries
from kim.reach.actions import Counter, counter
from kim.reach.models import Salt
from publishing.factories import house

pytestmark = pytest.mark.django_db
ADDRESSES = ["203.0.113.77", "198.51.100.201", "2001:db8:abcd:12::9"]
AGENTS = [f"Peramban Sangat Khas {n}" for n in range(3)]


def everything() -> bytes:
    """All rows of the tables concerned, as PostgreSQL writes them out, with what is binary taken as it is."""
    tables = [model._meta.db_table for model in (*apps.get_app_config("reach").get_models(), Entry)]
    found = b""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                found += b"\n".join(
                    bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode() for value in row
                )
    return found


def traces(address: str, agent: str) -> list[bytes]:
    """What would give somebody away: the words, their bytes, and the usual hashes of them, whole and cut."""
    packed = ipaddress.ip_address(address).packed
    plain = [address.encode(), agent.encode(), f"{address}{agent}".encode(), f"{address}\n{agent}".encode(), packed]
    hashed = [
        digest
        for words in plain
        for make in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b)
        for digest in (make(words).digest()[:8], make(words).hexdigest()[:16].encode())
    ]
    eight = [hashlib.blake2b(words, digest_size=8).digest() for words in plain]
    return [one for one in (*plain, *hashed, *eight) if len(one) >= 4]


def test_after_many_visits_no_row_holds_an_address_a_device_or_a_hash_of_them(settings, monkeypatch):
    settings.KIM_REACH = True
    monkeypatch.setattr(Counter, "begin", lambda self: None)
    monkeypatch.setattr(counter, "COUNTER", Counter())
    text = house().published()
    for address in ADDRESSES:
        for agent in AGENTS:
            for _ in range(5):
                Client(REMOTE_ADDR=address).post(f"/dibaca/article/{text.id}/", headers={"user-agent": agent})
    counter.COUNTER.count()
    assert queries.readers_today(text.key) == 9
    kept = everything()
    assert text.key.encode() in kept
    found = [trace for address in ADDRESSES for agent in AGENTS for trace in traces(address, agent) if trace in kept]
    assert found == []


def test_next_day_nobody_can_say_who_it_was(monkeypatch):
    """With the salt of the day a reader can be recognised; it is gone with the day, and the next one fits nobody."""
    text = house().published()
    knock = counter.Knock(text.key, "halaman", ADDRESSES[0], counter.device_of(AGENTS[0]))
    with time_machine.travel(datetime(2026, 3, 1, 3, tzinfo=UTC), tick=False):
        one = Counter()
        one.note(knock)
        one.count()
        day, salt = actions.salt_of_today()
        assert recognised(salt, day, knock)
    with time_machine.travel(datetime(2026, 3, 2, 3, tzinfo=UTC), tick=False):
        tasks.tidy_readers()
        (left,) = Salt.objects.all()
        assert bytes(left.salt) != salt and salt not in everything()
        assert not recognised(bytes(left.salt), day, knock)


def recognised(salt: bytes, day, knock) -> bool:
    """Whether the mark this reader would leave is in what is kept."""
    mark = counter._mark(salt, day, knock)
    rest = mark & ((1 << 38) - 1)
    return struct.pack(">I", (mark >> 38) << 6 | 38 - rest.bit_length() + 1) in everything()


@pytest.mark.django_db(transaction=True)
def test_the_salt_of_yesterday_is_not_even_left_in_the_file_of_its_table():
    """A row written over would lie there until somebody vacuums; the file itself is given back."""
    with time_machine.travel(datetime(2026, 3, 1, 3, tzinfo=UTC), tick=False):
        actions.salt_of_today()
    before = file_of_the_table()
    with time_machine.travel(datetime(2026, 3, 2, 3, tzinfo=UTC), tick=False):
        actions.salt_of_today()
    assert file_of_the_table() != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT (pg_stat_file(%s, true)).size", [before])
        assert cursor.fetchone()[0] in (0, None)


def file_of_the_table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('reach_salt')")
        return cursor.fetchone()[0]
