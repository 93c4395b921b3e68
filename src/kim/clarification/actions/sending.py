"""The answer goes to where the claim was seen: one copy for each KIM of its villages, in portions, by the worker.

A portion is one transaction: the copies of so many KIM in the order of their ids, the mark how far it came, and one
ledger entry that tells exactly those who had not heard of this version. Cut anywhere, it goes on and ends whole.
"""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kim.accounts.actor import SYSTEM
from kim.clarification.actions.base import record
from kim.clarification.actions.counting import recount
from kim.clarification.models import Claim, Round, Verdict
from kim.clarification.workflow import Stage
from kim.kernel import clock, codes

PORTION = 500
_NEXT = """
WITH RECURSIVE family AS (
  SELECT %(claim)s::uuid AS id UNION ALL SELECT c.id FROM clarification_claim c JOIN family f ON c.into_id = f.id
)
SELECT id FROM registry_kim k WHERE stage = 'registered' AND region_id IS NOT NULL
  AND (%(after)s::uuid IS NULL OR id > %(after)s)
  AND (region_id IN (SELECT region_id FROM clarification_sighting WHERE claim_id = %(claim)s)
    OR id IN (SELECT kim_id FROM clarification_report WHERE claim_id = %(claim)s AND kim_id IS NOT NULL)
    OR id IN (SELECT k.kim_id FROM clarification_check k JOIN family f ON f.id = k.claim_id)
    OR id IN (SELECT kim_id FROM clarification_handout WHERE claim_id = %(claim)s))
ORDER BY id LIMIT %(portion)s
"""
_HAND_OUT = """
INSERT INTO clarification_handout AS h (id, claim_id, kim_id, region_id, version, at)
SELECT gen_random_uuid(), %(claim)s, k.id, k.region_id, %(version)s, %(now)s FROM registry_kim k WHERE k.id = ANY(%(ids)s)
ON CONFLICT (claim_id, kim_id) DO UPDATE SET version = EXCLUDED.version, is_withdrawn = false, at = EXCLUDED.at
WHERE h.version < EXCLUDED.version OR h.is_withdrawn RETURNING kim_id
"""
_TAKE_BACK = """
UPDATE clarification_handout SET is_withdrawn = true, at = %(now)s
WHERE claim_id = %(claim)s AND kim_id = ANY(%(ids)s) AND NOT is_withdrawn RETURNING kim_id
"""
STATEMENTS: dict[str, str] = {Stage.ANSWERED: _HAND_OUT, Stage.WITHDRAWN: _TAKE_BACK}


def carry_on(portions: int = 100) -> int:
    """Up to so many portions of what waits; returns how many KIM were told. Several workers may do it at once."""
    told = 0
    for _ in range(portions):
        done = _tell_portion()
        if done is None:
            break
        told += done
    return told


@transaction.atomic
def _tell_portion() -> int | None:
    waiting = Round.objects.filter(done_at=None).order_by("id")
    turn = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("claim").first()
    if turn is None:
        return None
    claim = turn.claim
    ids = _ask(_NEXT, claim, after=turn.after, portion=PORTION)
    statement = STATEMENTS.get(claim.stage)
    told = _ask(statement, claim, ids=ids, version=claim.version, now=clock.now()) if statement and ids else []
    is_long, turn.after = turn.after is not None, ids[-1] if ids else turn.after
    turn.done_at = clock.now() if len(ids) < PORTION else None
    turn.save(update_fields=["after", "done_at"])
    if told:
        _tell(claim, told)
    if turn.done_at and (told or is_long or not claim.tallies.exists()):
        recount(claim.id)
    return len(told)


def _ask(statement: str, claim: Claim, **values: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"claim": claim.id, **values})
        return [kim_id for (kim_id,) in cursor.fetchall()]


def _tell(claim: Claim, kims: list[UUID]) -> None:
    record(
        "claim.told", claim, SYSTEM, region=claim.office_id or codes.NATION, kims=[str(kim) for kim in kims],
        version=claim.version, verdict=Verdict(claim.verdict).label, withdrawn=claim.reason if not claim.is_public else "",
    )  # fmt: skip
