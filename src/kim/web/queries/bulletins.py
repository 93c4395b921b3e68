"""Packets of government information as everybody reads them: one page, the lists, and the cards in other pages."""

from typing import Any

from kim.dissemination import queries as dissemination
from kim.dissemination.models import Attachment, Bulletin, Urgency, Version
from kim.kernel import clock, codes, text
from kim.media.queries import picture
from kim.regions import queries as regions
from kim.regions.models import Region
from kim.sharing import queries as sharing
from kim.web.queries import cards
from kim.web.queries.shareables import packet, place_of

ON_FRONT, LOOKED_AT, ON_PAGE = 3, 9, 20
LABELS = {Urgency.EMERGENCY: "Darurat", Urgency.IMPORTANT: "Penting"}


def reading(code: str) -> Bulletin:
    """The packet of an address, issued or withdrawn; raises Bulletin.DoesNotExist."""
    return dissemination.bulletin_for_reading(code)


def page(bulletin: Bulletin) -> dict[str, Any]:
    """Everything the page of a packet shows."""
    versions = dissemination.words_to_read(bulletin)
    places = dissemination.places_of(bulletin)
    files = dissemination.files_of(bulletin)
    of = packet(bulletin, versions[0])
    return {
        **frame(bulletin),
        "words": versions[0],
        "changes": [one for one in versions if one.change],
        "places": [one.region.title for one in places[: dissemination.MOST_PLACES]],
        "has_more_places": len(places) > dissemination.MOST_PLACES,
        "pictures": [shown(one) for one in files if one.is_picture],
        "files": [one for one in files if not one.is_picture],
        "asked": dissemination.asked(bulletin),
        "summary": text.clip(text.squeeze(versions[0].body), 160),
        "share": sharing.whatsapp_url(sharing.short_text(of)),
        "short": cards.absolute(bulletin.short_url),
        "og_image": cards.absolute(f"{bulletin.short_url}kartu.png?v={of.fingerprint}"),
        "structured": announcement(bulletin, versions[0]),
    }


def frame(bulletin: Bulletin) -> dict[str, Any]:
    """What the page shows around the words, of a withdrawn packet too."""
    place = bulletin.region
    trail = cards.crumbs(place, with_self=False)[-2:] if place.code != codes.NATION else [("Indonesia", "/")]
    return {
        "bulletin": bulletin,
        "office": office_of(place),
        "zone": place.time_zone,
        "list_url": list_url(place.code),
        "crumbs": [*trail, ("Info pemerintah", list_url(place.code))],
        "canonical": cards.absolute(bulletin.get_absolute_url()),
    }


def office_of(place: Region) -> str:
    """Whose office speaks, behind the name of the agency."""
    return "pemerintah pusat" if place.code == codes.NATION else place_of(place)


def shown(attachment: Attachment) -> dict[str, Any]:
    """A picture among the files, called by the name it came with."""
    return picture(attachment.upload, cards.LEAD) | {"name": attachment.name, "url": attachment.url}


def card(bulletin: Bulletin) -> dict[str, Any]:
    """A packet in a list, drawn like news."""
    label = "Tidak berlaku lagi" if bulletin.is_over else LABELS.get(Urgency(bulletin.urgency), "")
    return {
        "url": bulletin.get_absolute_url(),
        "title": bulletin.title,
        "source": f"{bulletin.agency}, {office_of(bulletin.region)}",
        "label": label,
        "date": clock.local(bulletin.issued_at, bulletin.region.time_zone).date(),
    }


def listing(code: str, after: str) -> dict[str, Any]:
    """A page of packets: all of the country, or those that are for a place. Raises Region.DoesNotExist."""
    place: Region | None = regions.get(code) if code else None
    found = dissemination.newest(code, after=after, size=ON_PAGE)
    return {"place": place, "code": code, "items": [card(one) for one in found], "next": found.next}


def for_place(code: str) -> list[dict[str, Any]]:
    """The newest that are for a place and still hold."""
    found = dissemination.newest(code, size=LOOKED_AT)
    return [card(one) for one in found if not one.is_over][:ON_FRONT]


def alarm(code: str) -> dict[str, Any] | None:
    """The emergency that stands above the pages of a place now, and until when."""
    found = dissemination.alarm(code)
    return card(found) | {"until": found.alarm_until} if found else None


def list_url(code: str) -> str:
    return "/info/" if code == codes.NATION else f"/info/?wilayah={code}"


def announcement(bulletin: Bulletin, words: Version) -> dict[str, Any]:
    """The packet for machines (schema.org)."""
    told = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": words.title,
        "datePublished": bulletin.issued_at.isoformat(timespec="seconds"),
        "dateModified": words.at.isoformat(timespec="seconds"),
        "author": {"@type": "GovernmentOrganization", "name": bulletin.agency},
        "mainEntityOfPage": cards.absolute(bulletin.get_absolute_url()),
        "contentLocation": {"@type": "Place", "name": bulletin.region.full_title},
        "inLanguage": "id",
    }
    return told | ({"expires": bulletin.valid_until.isoformat()} if bulletin.valid_until else {})
