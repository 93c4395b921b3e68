"""How long it takes to find a claim again among 100,000, and how many are: `./kim manage shell < bench/claims.py` at a database
you can throw away.

Fills the fingerprints and clippings of messages made of a few thousand words (so that hashes crowd as those of real messages
do) inside a transaction that is taken back at the end; asks for near ones and for unknown ones, short and long.
"""

import itertools
import random
import statistics
import time

from django.db import connection, transaction

from kim.clarification.models import Claim, Clipping, Fingerprint
from kim.clarification.queries.near import nearest
from kim.kernel import fingerprint

COUNT, ASKED = 100_000, 300
LENGTHS = {"8 words": (8, 8), "5 to 12 words": (5, 12), "12 to 24 words": (12, 24), "25 to 60 words": (25, 60)}
chance = random.Random(11)
SYLLABLES = [first + second for first in "bdgjklmnprst" for second in "aiueo"]  # no numbers: those make another message
WORDS = ["".join(pair) + chr(97 + number % 26) for number, pair in enumerate(itertools.product(SYLLABLES, repeat=2))]
WEIGHTS = [1 / (number + 1) ** 0.8 for number in range(len(WORDS))]


def message(least: int, most: int) -> list[str]:
    return chance.choices(WORDS, WEIGHTS, k=chance.randint(least, most))


def changed(words: list[str]) -> list[str]:
    kept = list(words)
    kept[chance.randrange(len(kept))] = "lain"
    return kept


def prints(said: str) -> list[tuple[str, int]]:
    code = fingerprint.of_text(said)
    return [("text", code)] if code is not None else []


with transaction.atomic():
    began = time.monotonic()
    spans = list(LENGTHS.values())
    messages = [message(*spans[number % len(spans)]) for number in range(COUNT)]
    known = [(" ".join(words), prints(" ".join(words))) for words in messages]
    print(f"{COUNT:,} messages, a quarter of each length, in {time.monotonic() - began:.0f} s")
    claims = Claim.objects.bulk_create([Claim() for _ in known], batch_size=5000)
    pairs = list(zip(claims, known, strict=True))
    rows = [Fingerprint.of(claim, medium, code, said) for claim, (said, codes) in pairs for medium, code in codes]
    Fingerprint.objects.bulk_create(rows, batch_size=5000)
    cut = [Clipping(claim=claim, code=code) for claim, (said, _) in pairs for code in fingerprint.clippings(said)]
    Clipping.objects.bulk_create(cut, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clarification_fingerprint, clarification_clipping")
    for number, (name, span) in enumerate(LENGTHS.items()):
        took, found, wrong = [], 0, 0
        for turn in range(ASKED):
            at = chance.randrange(COUNT // len(LENGTHS)) * len(LENGTHS) + number
            words = changed(messages[at]) if turn % 2 else message(*span)
            said = " ".join(words)
            began = time.perf_counter()
            hit = nearest(prints(said), said)
            took.append((time.perf_counter() - began) * 1000)
            found += bool(turn % 2 and hit == claims[at].id)
            wrong += bool(hit and not (turn % 2 and hit == claims[at].id))
        took.sort()
        print(
            f"{name}: one word changed, found {found} of {ASKED // 2}; another claim instead {wrong} of {ASKED}; median "
            f"{statistics.median(took):.1f} ms, 95 of 100 within {took[int(ASKED * 0.95)]:.1f} ms, longest {took[-1]:.1f} ms"
        )
    with connection.cursor() as cursor:
        for table in ("fingerprint", "clipping"):
            cursor.execute(f"SELECT pg_size_pretty(pg_total_relation_size('clarification_{table}'))")
            print(f"{table} with its indexes: {cursor.fetchone()[0]}")
    transaction.set_rollback(True)
