"""Reporting a thing: a voice in a case, and a code to come back with."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from kim.accounts.actor import ANONYMOUS, SYSTEM, Actor
from kim.doors.throttle import knock
from kim.moderation import queries
from kim.moderation.actions.base import case_about, record
from kim.moderation.models import Case, Report
from kim.moderation.workflow import Thing

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on paper
LENGTH = 12  # of 31 letters: 59 bits
MOST_OF_A_THING = 500  # reports an hour: it is in the queue long before
MOST_OF_A_PERSON = 40  # a day, of whoever has signed in
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@transaction.atomic
def report(report_id: UUID, kind: str, thing_id: UUID, *, reason: str, words: str = "", actor: Actor) -> str:
    """Report something public; returns the code that tells what became of it. Sent twice under one id, it is one report.

    Nothing of the reporter is kept, not even of one who has signed in. Limits count per thing and per account, never
    per address: a whole village may sit behind one.
    """
    code = _code_of(report_id)
    if Report.objects.filter(pk=report_id).exists():
        return code
    thing = queries.reportable(kind, thing_id)
    knock(f"laporkan:{thing.key}", limit=MOST_OF_A_THING, per=HOUR)
    if actor.person_id:
        knock(f"laporkan:orang:{actor.person_id}", limit=MOST_OF_A_PERSON, per=DAY)
    case = case_about(thing, reason, actor=ANONYMOUS)
    Report.objects.create(
        pk=report_id, case=case, reason=reason, words=_fresh(case, words), code_digest=Report.digest_of(code)
    )
    case.reports += 1
    case.save(update_fields=["reports"])
    record("case.reported", case, ANONYMOUS)
    return code


@transaction.atomic
def open_case(thing: Thing, reason: str, clues: str) -> Case:
    """The Sistem found something: it queues like any report, and takes nothing down."""
    return case_about(thing, reason, actor=SYSTEM, clues=clues)


def _fresh(case: Case, words: str) -> str:
    """The words, unless somebody has said exactly the same of it already: a flood of copies hides no other voice."""
    words = words.strip()[:1000]
    return "" if words and Report.objects.filter(case=case, words=words).exists() else words


def _code_of(report_id: UUID) -> str:
    """The code follows from the id by our secret, so the same report always has the same one and nothing need be kept."""
    mac = salted_hmac("kim.moderation.report", str(report_id), algorithm="sha256").digest()
    number = int.from_bytes(hashlib.sha256(mac).digest())
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)
