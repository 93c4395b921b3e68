"""The slip: number, code and the way to the answer, on paper and as a picture."""

from typing import Literal

from django.conf import settings

from kim.aspirations.models import Aspiration
from kim.aspirations.queries.following import pass_of
from kim.aspirations.queries.way import day_of, desk_of
from kim.kernel import clock
from kim.kernel.dates_id import spell
from kim.sharing.queries import Receipt, receipt


def spaced(secret: str) -> str:
    """A code as it is written on paper: `abcd-efg-hjk`, like the number."""
    return f"{secret[:4]}-{secret[4:7]}-{secret[7:]}"


def slip_of(aspiration: Aspiration, secret: str, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """A6. The square leads to the page of this number; code and pass stand behind a `#`, which no server is ever told."""
    page = f"{settings.KIM_BASE_URL}/lacak/{aspiration.number}/"
    due_on = day_of(aspiration.due_at) if aspiration.is_open else None
    lines = [f"Sekarang di {desk_of(aspiration)}."] if not aspiration.is_confidential else []
    lines += (
        [f"Kabar berikutnya paling lambat {spell(clock.local(due_on, aspiration.region.time_zone).date())}."]
        if due_on
        else []
    )
    return receipt(
        Receipt(
            heading=aspiration.get_kind_display(), place=aspiration.region.full_title, number=aspiration.shown_number,
            secret=spaced(secret), lines=lines, link=page, square=f"{page}#k={secret}.{pass_of(aspiration.number, secret)}",
            warning="Jangan perlihatkan kode ini. Siapa pun yang memegang nomor dan kode dapat membaca tulisan Anda.",
        ),
        kind,
    )  # fmt: skip
