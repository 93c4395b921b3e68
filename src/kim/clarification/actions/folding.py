"""Two claims turn out to be one: the reports of one go to the other, so whoever asked gets its answer; and back again."""

from uuid import UUID

from django.db import connection, transaction

from kim.accounts.actor import Actor
from kim.clarification import policies, queries
from kim.clarification.actions.base import CHANGED, locked, move, open_round, record
from kim.clarification.actions.counting import recount
from kim.clarification.models import Claim, Report
from kim.kernel import personal
from kim.kernel.results import NotAllowed, demand

NO_REASON = "Tulis mengapa keduanya sama. Petugas lain membacanya."
# A report counts in its place and in all above: `ID`, and the first 2, 5, 8 and 13 signs of its code.
_COUNTED = """
SELECT p.place, count(*) AS reports_count, max(r.at) AS heard_at FROM clarification_report r
CROSS JOIN LATERAL (SELECT 'ID' AS place UNION SELECT left(r.region_id, n) FROM unnest(ARRAY[2, 5, 8, 13]) AS n
  WHERE length(r.region_id) >= n) AS p
WHERE r.id = ANY(%(reports)s) GROUP BY p.place
"""
_LESS = f"""
UPDATE clarification_sighting s SET reports_count = greatest(0, s.reports_count - m.reports_count)
FROM ({_COUNTED}) AS m WHERE s.claim_id = %(of)s AND s.region_id = m.place
"""
_MORE = f"""
INSERT INTO clarification_sighting AS s (claim_id, region_id, stage, reports_count, heard_at)
SELECT %(to)s, m.place, %(stage)s, m.reports_count, m.heard_at FROM ({_COUNTED}) AS m
ON CONFLICT (claim_id, region_id) DO UPDATE SET
  reports_count = s.reports_count + EXCLUDED.reports_count, heard_at = greatest(s.heard_at, EXCLUDED.heard_at)
"""


@transaction.atomic
def fold(claim_id: UUID, *, into_id: UUID, reason: str, actor: Actor) -> Claim:
    """This claim is the other one: its reports lie there from now on and get its answer; its own page leads there.

    Said again of the same two, it stays as it is.
    """
    claim, into = _both(claim_id, into_id)
    if claim.into_id == into.id:
        return claim
    demand(policies.can_fold(actor, claim))
    demand(policies.can_take_in(actor, claim, into))
    move(claim, "fold")
    if not reason.strip():
        raise NotAllowed(NO_REASON)
    if found := personal.traces(reason):
        raise NotAllowed(f"Alasannya memuat data pribadi ({found[0].name.lower()}). Hapus dulu.")
    claim.into, claim.reason = into, reason.strip()[:500]
    claim.save(update_fields=["stage", "into", "reason"])
    claim.reports.filter(folded_from=None).update(folded_from=claim)
    claim.reports.update(is_parted=False)  # whoever asked may say once more that it is another one
    _carry(claim, into, list(claim.reports.order_by().values_list("id", flat=True)))
    record("claim.folded", claim, actor, region=actor.region_code or "", other=str(into.id), reason=claim.reason)
    return claim


@transaction.atomic
def unfold(claim_id: UUID, *, actor: Actor) -> Claim:
    """It was another one after all: what came from it goes back to it, and waits for a verdict of its own."""
    claim, root = _both(claim_id, Claim.objects.get(id=claim_id).root.id)
    demand(policies.can_unfold(actor, claim))
    if claim.into_id and claim.root.id != root.id:
        raise NotAllowed(CHANGED)
    move(claim, "unfold")
    claim.into, claim.reason = None, ""
    claim.save(update_fields=["stage", "into", "reason"])
    back = root.reports.filter(folded_from__in=queries.family(claim.id))
    _carry(root, claim, list(back.order_by().values_list("id", flat=True)))
    claim.reports.filter(folded_from=claim).update(folded_from=None)
    root.sightings.filter(reports_count=0).delete()  # where nobody asks about it any more, no desk sees it
    record("claim.unfolded", claim, actor, region=actor.region_code or "", other=str(root.id))
    return claim


def _both(one: UUID, other: UUID) -> tuple[Claim, Claim]:
    """Held in the order of their ids, so that nobody waits for somebody who waits for them."""
    held = {claim_id: locked(claim_id) for claim_id in sorted({one, other})}
    return held[one], held[other]


def _carry(of: Claim, to: Claim, reports: list[UUID]) -> None:
    """These reports with what they count, and the answer to where they came from."""
    with connection.cursor() as cursor:
        cursor.execute(_LESS, {"of": of.id, "reports": reports})
        cursor.execute(_MORE, {"to": to.id, "stage": to.stage, "reports": reports})
    Report.objects.filter(id__in=reports).update(claim=to)
    of.reports_count, to.reports_count = of.reports_count - len(reports), to.reports_count + len(reports)
    to.heard_at = max(to.heard_at, of.heard_at)
    of.save(update_fields=["reports_count"])
    to.save(update_fields=["reports_count", "heard_at"])
    if to.is_public:
        open_round(to)
    for claim in (of, to):
        if claim.version:
            recount(claim.id)
