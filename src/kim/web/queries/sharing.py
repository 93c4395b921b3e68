"""What the pages of the share kit show of a thing."""

from typing import Any

from kim.sharing import queries as sharing
from kim.web.queries import cards
from kim.web.queries.shareables import Shared, qr_inside


def kit(thing: Shared) -> dict[str, Any]:
    """The page with everything to spread it."""
    of = thing.of
    short, long = sharing.short_text(of), sharing.long_text(of)
    return {
        **frame(thing),
        "of": of,
        "short_text": short,
        "long_text": long,
        "short_whatsapp": sharing.whatsapp_url(short),
        "long_whatsapp": sharing.whatsapp_url(long),
        "captions": sharing.captions(of),
        "script": sharing.loudspeaker(of),
        "version": of.fingerprint,
    }


def frame(thing: Shared) -> dict[str, Any]:
    """What every page of the kit shows around its texts."""
    return {"thing": thing, "canonical": cards.absolute(thing.path), "short": cards.absolute(thing.short_url)}


def script(thing: Shared) -> dict[str, Any]:
    """The page with the text for the loudspeaker."""
    return {**frame(thing), "script": sharing.loudspeaker(thing.of)}


def big_sheet(thing: Shared) -> dict[str, Any]:
    """The page in big type."""
    return {**frame(thing), "sheet": sharing.big_sheet(thing.of), "drawing": qr_inside(thing.short_url)}
