"""A clarification in the words of the share kit, of search engines, and of aduankonten."""

from typing import Any

from django.conf import settings

from kim.clarification.models import Answer, Claim, Verdict
from kim.kernel import text
from kim.kernel.spoken import spoken
from kim.sharing import queries as sharing
from kim.sharing.queries import Own, Shareable

TONES: dict[str, str] = {
    Verdict.TRUE: "done", Verdict.FALSE: "alert", Verdict.MISLEADING: "alert", Verdict.SATIRE: "wait", Verdict.UNPROVEN: "wait",
}  # fmt: skip
ADVICE: dict[str, str] = {
    Verdict.TRUE: "Boleh disebarkan, sebutkan sumbernya.",
    Verdict.FALSE: "Jangan diteruskan. Beri tahu yang mengirimkannya.",
    Verdict.MISLEADING: "Jangan diteruskan tanpa penjelasan ini.",
    Verdict.SATIRE: "Ini lelucon, bukan berita.",
    Verdict.UNPROVEN: "Jangan diteruskan dulu. Tunggu kepastian.",
}
SAID: dict[str, str] = {
    Verdict.TRUE: "kabar itu benar", Verdict.FALSE: "kabar itu tidak benar", Verdict.MISLEADING: "kabar itu menyesatkan",
    Verdict.SATIRE: "kabar itu hanya lelucon", Verdict.UNPROVEN: "kabar itu belum terbukti",
}  # fmt: skip


def shareable(claim: Claim, answer: Answer) -> Shareable:
    """An answer in the words of the kit: the claim under its verdict, and what is true."""
    return Shareable(
        key=claim.key,
        title=answer.title,
        gist=answer.gist,
        points=(),
        source=answer.agency,
        url=settings.KIM_BASE_URL + claim.get_absolute_url(),
        short_url=settings.KIM_BASE_URL + claim.short_url,
        photo="",
        kind="Klarifikasi",
        place=answer.office.title,
        advice=ADVICE[answer.verdict],
        own=Own(script=loudspeaker(answer)),
        stamp=str(Verdict(answer.verdict).label),
        tone=TONES[answer.verdict],
    )


def loudspeaker(answer: Answer) -> str:
    """What is said over a loudspeaker, in words only."""
    title, gist = (spoken(one).strip().rstrip(".!?") for one in (answer.title, answer.gist))
    return (
        f"Bapak, Ibu, dan Saudara. Beredar kabar: {title}.\n\nSetelah diperiksa {spoken(answer.agency)}, "
        f"{SAID[answer.verdict]}. {gist}.\n\n{ADVICE[answer.verdict]}"
    )


def kit(claim: Claim, answer: Answer) -> dict[str, Any]:
    """What stands under an answer, to pass it on at once; the rest of the kit is one tap away."""
    of = shareable(claim, answer)
    short = sharing.short_text(of)
    return {
        "short_text": short,
        "whatsapp": sharing.whatsapp_url(short),
        "card": f"{claim.short_url}kartu.png?v={of.fingerprint}",
        "link": of.url,
        "base": settings.KIM_BASE_URL,
    }


def structured(claim: Claim, answer: Answer) -> dict[str, Any]:
    """ClaimReview of schema.org, as search engines and fact-check indexes read it."""
    address = settings.KIM_BASE_URL + claim.get_absolute_url()
    author = {"@type": "GovernmentOrganization", "name": answer.agency, "areaServed": answer.office.title}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": address,
        "datePublished": claim.published_at.date().isoformat() if claim.published_at else "",
        "dateModified": answer.at.date().isoformat(),
        "inLanguage": "id",
        "claimReviewed": answer.title,
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": claim.first_at.date().isoformat(),
            "appearance": {"@type": "CreativeWork", "description": "Pesan berantai yang ditanyakan warga"},
        },
        "reviewRating": {
            "@type": "Rating",
            **RATINGS[answer.verdict],
            "alternateName": str(Verdict(answer.verdict).label),
        },
        "reviewBody": text.clip(f"{answer.gist} {answer.explanation}", 1000),
        "author": author,
        "publisher": {"@type": "Organization", "name": settings.KIM_SITE_NAME, "url": settings.KIM_BASE_URL},
        "citation": [address for address, _ in answer.evidence],
    }


# Of five; a satire and an open question have no place between true and false (Google: leave the number out).
RATINGS: dict[str, dict[str, str]] = {
    Verdict.TRUE: {"ratingValue": "5", "bestRating": "5", "worstRating": "1"},
    Verdict.FALSE: {"ratingValue": "1", "bestRating": "5", "worstRating": "1"},
    Verdict.MISLEADING: {"ratingValue": "2", "bestRating": "5", "worstRating": "1"},
    Verdict.SATIRE: {},
    Verdict.UNPROVEN: {},
}


def complaint(claim: Claim, answer: Answer, reports: list[Any]) -> str:
    """The text for aduankonten.id, ready to be copied: what goes round, where it was met, why it is wrong, the evidence."""
    links = list(dict.fromkeys(sent.report.link for sent in reports if sent.report.link))
    lines = [
        f"Aduan konten: {Verdict(answer.verdict).label.lower()}",
        f"Klaim: {answer.title}",
        f"Tautan konten: {', '.join(links) or 'beredar sebagai pesan berantai, tanpa tautan'}",
        f"Ditanyakan warga: {claim.reports_count} kali sejak {claim.first_at:%d-%m-%Y}",
        f"Hasil pemeriksaan {answer.agency}: {answer.gist}",
        answer.explanation,
        "Bukti:",
        *(f"- {label}: {address}" if label else f"- {address}" for address, label in answer.evidence),
        f"Klarifikasi: {settings.KIM_BASE_URL}{claim.get_absolute_url()}",
    ]
    return "\n".join(lines)
