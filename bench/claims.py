"""How long it takes to find a claim again among 100,000: `./kim manage shell < bench/claims.py` at a database you can throw away.

Fills `clarification_fingerprint` with hashes of messages made of a few thousand words (so that hashes crowd as those of
real messages do) inside a transaction that is taken back at the end; asks 300 times, near ones and unknown ones.
"""

import random
import statistics
import time

from django.db import connection, transaction

from kim.clarification.models import Claim, Fingerprint
from kim.clarification.queries.near import near
from kim.kernel import fingerprint

COUNT, ASKED = 100_000, 300
chance = random.Random(11)
WORDS = [f"kata{number}" for number in range(4000)]
WEIGHTS = [1 / (number + 1) ** 0.8 for number in range(4000)]


def message() -> list[str]:
    return chance.choices(WORDS, WEIGHTS, k=chance.randrange(12, 60))


def changed(words: list[str]) -> list[str]:
    kept = list(words)
    kept[chance.randrange(len(kept))] = "lain"
    return kept


with transaction.atomic():
    began = time.monotonic()
    messages = [message() for _ in range(COUNT)]
    codes = [fingerprint.of_text(" ".join(words)) for words in messages]
    print(f"{COUNT:,} hashes in {time.monotonic() - began:.0f} s")
    claims = Claim.objects.bulk_create([Claim() for _ in codes], batch_size=5000)
    rows = [Fingerprint.of(claim, "text", code) for claim, code in zip(claims, codes, strict=True) if code is not None]
    Fingerprint.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clarification_fingerprint")
    took, found = [], 0
    for number in range(ASKED):
        at = chance.randrange(COUNT)
        words = changed(messages[at]) if number % 2 else message()
        code = fingerprint.of_text(" ".join(words))
        began = time.perf_counter()
        hits = near("text", code)
        took.append((time.perf_counter() - began) * 1000)
        found += bool(number % 2 and hits and any(claim == claims[at].id for claim, _ in hits))
    took.sort()
    print(
        f"median {statistics.median(took):.1f} ms, 95 of 100 within {took[int(ASKED * 0.95)]:.1f} ms, longest {took[-1]:.1f} ms"
    )
    print(f"messages with one word changed that were found: {found} of {ASKED // 2}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('clarification_fingerprint'))")
        print(f"table with its indexes: {cursor.fetchone()[0]}")
    transaction.set_rollback(True)
