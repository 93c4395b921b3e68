"""A KIM's own site, and the old addresses that lead to it."""

from typing import Any
from urllib.parse import quote

from kim.kernel import codes, phone, text
from kim.publishing import queries as publishing
from kim.regions.models import Region
from kim.registry import queries as registry
from kim.registry.models import Kim, Position
from kim.web.queries import cards

NEWS_ON_SITE = 8


def site(slug: str) -> dict[str, Any]:
    """Everything the front page of a KIM shows; raises Kim.DoesNotExist."""
    kim = registry.by_slug(slug)
    seats = registry.seats_now(kim)
    found = publishing.newest(kim.region_id, kim_id=kim.id, size=NEWS_ON_SITE)
    for article in found:
        article.kim, article.region = kim, kim.region
    return {
        **head(kim),
        "board": [(text.initials(seat.name), seat) for seat in seats if seat.position != Position.PATRON],
        "patrons": [seat for seat in seats if seat.position == Position.PATRON],
        "member_count": registry.member_count(kim),
        "decree": registry.decree_that_counts(kim),
        "channels": registry.channels_shown(kim),
        "items": own_news(found),
        "next": found.next,
        "structured": organisation(kim),
    }


def head(kim: Kim) -> dict[str, Any]:
    """The banner of a KIM, on its front page and its lists."""
    return {
        "kim": kim,
        "initials": text.initials(kim.name),
        "dye": cards.dye(kim),
        "motif": cards.motif(kim.id),
        "legal": registry.legal_status(kim),
        "activity": registry.activity_status(kim),
        "crumbs": cards.crumbs(kim.region, with_self=False)[2:],
        "whatsapp": whatsapp(kim.public_phone, f"Halo {kim.name}, saya membaca situs KIM Anda."),
        "phone": phone.national(kim.public_phone) if kim.public_phone else "",
        "verifier": verifier(kim.region),
        "canonical": cards.absolute(f"/{kim.slug}/"),
    }


def own_news(found) -> list[dict[str, Any]]:
    """News cards on the KIM's own pages: the topic says more there than the name of the KIM."""
    items = cards.news_list(found)
    for article, item in zip(found, items, strict=True):
        item["source"] = article.get_category_display()
    return items


def archive(slug: str, after: str) -> dict[str, Any]:
    """A page of all news of a KIM."""
    kim = registry.by_slug(slug)
    found = publishing.newest(kim.region_id, kim_id=kim.id, after=after, size=20)
    return {**head(kim), "items": own_news(found), "next": found.next}


def verifier(region: Region) -> str:
    """The office that checked it."""
    links = region.chain.split(", ")
    return f"Diskominfo {links[-2]}" if len(links) > 1 else "Diskominfo"


def whatsapp(number: str, words: str) -> str:
    """A wa.me address with a prepared text; nothing without a public number."""
    return f"https://wa.me/{number.removeprefix('+')}?text={quote(words)}" if number else ""


def moved(slug: str) -> str:
    """The address a KIM has today that once had this one; raises Kim.DoesNotExist."""
    event = Kim.pgh_event_model.objects.filter(slug=slug).order_by("-pgh_id").first()  # type: ignore[attr-defined]
    if event is None:
        raise Kim.DoesNotExist
    return registry.public().get(id=event.pgh_obj_id).slug


def organisation(kim: Kim) -> dict[str, Any]:
    """The KIM for machines (schema.org)."""
    names = [name for name in kim.region.chain.split(", ") if name]
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": kim.name,
        "url": cards.absolute(f"/{kim.slug}/"),
        "identifier": kim.registry_number,
        "description": text.excerpt(kim.about, 200),
        "areaServed": kim.region.full_title,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": codes.NATION,
            "addressRegion": names[-1] if names else "",
            "addressLocality": kim.region.title,
            "streetAddress": kim.secretariat,
        },
    }
