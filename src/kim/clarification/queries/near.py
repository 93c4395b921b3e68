"""Finding the claim that somebody asks about again: near texts and pictures, the same links and recordings."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from kim.clarification.models import NEARLY, Medium
from kim.kernel import fingerprint
from kim.kernel.fingerprint import BANDS, NEAR, NEAR_PICTURE

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


def near(medium: str, code: int, *, most: int = 5) -> list[tuple[UUID, int]]:
    """(claim, bits apart) of the nearest claims, one walk along each band's index; empty when none is near enough."""
    with connection.cursor() as cursor:
        if medium not in NEARLY:
            cursor.execute(_SAME, [medium, fingerprint.bands(code)[0], code, most])
            return list(cursor.fetchall())
        looked_up = [part for probe in fingerprint.probes(code) for part in (medium, probe)]
        cursor.execute(_NEAR, [code, *looked_up, code, MOST_BITS[Medium(medium)], most])
        return list(cursor.fetchall())


def nearest(prints: Sequence[tuple[str, int]]) -> UUID | None:
    """The claim that is meant by the first of these that is known. Where a message says enough, it alone decides: one picture
    goes round with many stories."""
    told = [one for one in prints if one[0] == Medium.TEXT]
    for medium, code in told or prints:
        found = near(medium, code, most=1)
        if found:
            return found[0][0]
    return None
