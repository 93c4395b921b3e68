"""Finding the claim that somebody asks about again: near texts and pictures, short texts but for a word, the same links."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection

from kim.clarification.models import NEARLY, Fingerprint, Medium
from kim.kernel import fingerprint
from kim.kernel.fingerprint import BANDS, NEAR, NEAR_PICTURE

LIKELY = 20  # near ones whose words are compared
MOST_BITS = {Medium.TEXT: NEAR, Medium.PICTURE: NEAR_PICTURE}
_BAND = "SELECT claim_id, code FROM clarification_fingerprint WHERE medium = %s AND band_{number} = ANY(%s::int[])"
_NEAR = f"""
SELECT claim_id, min(bit_count((code # %s)::bit(64))) AS far
FROM ({" UNION ALL ".join(_BAND.format(number=number) for number in range(BANDS))}) AS likely
WHERE bit_count((code # %s)::bit(64)) <= %s
GROUP BY claim_id ORDER BY far, claim_id LIMIT %s
"""
_SAME = """
SELECT claim_id, 0 FROM clarification_fingerprint WHERE medium = %s AND band_0 = %s AND code = %s ORDER BY claim_id LIMIT %s
"""
_CLIPPED = """
SELECT claim_id FROM clarification_clipping WHERE code = ANY(%s::bigint[])
GROUP BY claim_id ORDER BY count(*) DESC, claim_id LIMIT 1
"""


def near(medium: str, code: int, *, most: int = 5) -> list[tuple[UUID, int]]:
    """(claim, bits apart) of the nearest claims, one walk along each band's index; empty when none is near enough."""
    with connection.cursor() as cursor:
        if medium not in NEARLY:
            cursor.execute(_SAME, [medium, fingerprint.bands(code)[0], code, most])
            return list(cursor.fetchall())
        looked_up = [part for probe in fingerprint.probes(code) for part in (medium, probe)]
        cursor.execute(_NEAR, [code, *looked_up, code, MOST_BITS[Medium(medium)], most])
        return list(cursor.fetchall())


def but_for_a_word(clippings: Sequence[int]) -> UUID | None:
    """The claim whose short text is this one, or differs in one word: the one that has most clippings in common."""
    if not clippings:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CLIPPED, [list(clippings)])
        found = cursor.fetchone()
        return found[0] if found else None


def nearest(prints: Sequence[tuple[str, int]], text: str = "") -> UUID | None:
    """The claim that is meant by the first of these that is known. Where a message says enough, it alone decides: one picture
    goes round with many stories."""
    told = [one for one in prints if one[0] == Medium.TEXT]
    if told:
        return but_for_a_word(fingerprint.clippings(text)) or next(_sure(told[0][1], text), None)
    return next((found[0][0] for medium, code in prints if (found := near(medium, code, most=1))), None)


def _sure(code: int, text: str) -> Iterator[UUID]:
    """Of the near ones those that have the most of their words in common with it, the nearest first."""
    likely = [claim_id for claim_id, _ in near(Medium.TEXT, code, most=LIKELY)]
    rows = Fingerprint.objects.filter(claim__in=likely, medium=Medium.TEXT).order_by()
    known, said = dict(rows.values_list("claim_id", "words")), fingerprint.sketch(text)
    yield from (claim_id for claim_id in likely if fingerprint.is_alike(known[claim_id], said))
