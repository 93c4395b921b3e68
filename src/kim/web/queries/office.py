"""The first look of an office: what waits, what lapses, who fell silent, and how far KIM have come."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.aspirations import queries as aspirations
from kim.dissemination import queries as packets
from kim.evaluation import queries as evaluation
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.ledger import queries as ledger
from kim.ledger.models import Entry
from kim.moderation import queries as moderation
from kim.publishing import queries as publishing
from kim.regions import queries as regions
from kim.regions.models import Region
from kim.registry import queries as registry
from kim.registry.models import Kim
from kim.registry.queries.standing import RARE, SOON
from kim.web.queries import cards, kims
from kim.web.queries.pages import BELOW
from kim.web.templatetags.formats import tanggal_pendek

FEW, LATEST = 6, 8
TOLD = {
    "kim.submitted": "mengirim pendaftaran",
    "kim.approved": "disetujui menjadi KIM terdaftar",
    "kim.returned": "diminta memperbaiki pendaftaran",
    "kim.refused": "ditolak pendaftarannya",
    "kim.imported": "masuk dari daftar Excel",
    "kim.dissolved": "dinyatakan bubar",
    "decree.submitted": "mengirim SK baru",
    "decree.accepted": "SK barunya diterima",
    "decree.returned": "diminta memperbaiki SK",
    "article.published": "menerbitkan kabar",
    "article.published_urgently": "menerbitkan kabar mendesak",
    "article.review_requested": "minta kabarnya diperiksa",
    "article.corrected": "meralat kabar",
    "article.withdrawn": "kabarnya ditarik",
}


def today(actor: Actor) -> dict[str, Any]:
    """The dashboard of an office, within the region of the hat worn."""
    code = actor.region_code or codes.NATION
    queue = registry.queue(actor)
    rows = evaluation.coverage(code)
    lapsing = registry.lapsing(code, until=clock.today() + timedelta(days=SOON), limit=FEW)
    return {
        **office(actor),
        **packets_of(actor),
        "now": clock.now(),
        "queue": queue.items[:FEW],
        "queue_count": registry.queue_count(actor) if queue.next else len(queue.items),
        "cases_waiting": moderation.waiting_count(actor),
        "texts_waiting": publishing.waiting_count(actor),
        "voices": aspirations.weights(actor) if aspirations.key_of(actor) else None,
        "counts": registry.watch_counts(code, day=clock.today(), now=clock.now()),
        **to_contact(actor, lapsing, list(registry.silent(code, RARE)[:FEW])),
        "rows": rows[:LATEST],
        "covered": sum(1 for row in rows if row.have),
        "all_rows": len(rows),
        "have": sum(row.have for row in rows),
        "total": sum(row.total for row in rows),
        "below_word": BELOW.get(codes.level(code), "desa"),
        "told": told(code),
    }


def packets_of(actor: Actor) -> dict[str, Any]:
    """Government information that asks for the office: emergencies to look at, packets that do not get on."""
    if not actor.wears(*OFFICES):
        return {}
    looks = packets.second_looks(actor)
    return {
        "second_looks": looks,
        "info_count": sum(1 for _, verdict in looks if verdict),
        "lagging": packets.lagging(actor),
    }


def coverage(actor: Actor, code: str) -> dict[str, Any]:
    """How many villages have a KIM, level by level within the hat's region; raises Region.DoesNotExist beyond it."""
    if not codes.within(code, actor.region_code or ""):
        raise Region.DoesNotExist
    lineage = regions.lineage(code)
    if not lineage or lineage[-1].code != code:
        raise Region.DoesNotExist
    rows = evaluation.coverage(code)
    own = [place for place in lineage if codes.within(place.code, actor.region_code)]
    return {
        **office(actor),
        "queue_count": registry.queue_count(actor),
        "info_count": packets.second_look_count(actor),
        "place": lineage[-1],
        "trail": [(place.title, f"?wilayah={place.code}") for place in own[:-1]] + [(lineage[-1].title, "")],
        "figure": evaluation.figure(code),
        "rows": rows,
        "covered": sum(1 for row in rows if row.have),
        "below_word": BELOW.get(codes.level(code), "desa"),
        "goes_down": codes.level(code) not in (Level.DISTRICT, Level.VILLAGE),
    }


def office(actor: Actor) -> dict[str, Any]:
    return {"hat": actor.hat, "may_verify": actor.wears(*OFFICES)}


def to_contact(actor: Actor, lapsing: list[Kim], quiet: list[Kim]) -> dict[str, Any]:
    """Two lists of KIM, each with a WhatsApp text: to its public number, else, for the office in charge, to its head."""
    if actor.wears(*OFFICES):
        heads = registry.head_phones({kim.id for kim in (*lapsing, *quiet) if not kim.public_phone})
        for kim in (*lapsing, *quiet):
            kim.public_phone = kim.public_phone or heads.get(kim.id, "")
    return {"expiring": [expiring(kim) for kim in lapsing], "silent": [silent(kim, actor) for kim in quiet]}


def expiring(kim: Kim) -> dict[str, Any]:
    """A KIM whose SK ends or has ended, with a text ready to send."""
    words = f"Halo {kim.name}. Masa berlaku SK KIM {_until(kim)}. Mari siapkan SK perpanjangan; kami siap membantu."
    return {
        "kim": kim,
        "legal": registry.legal_status(kim),
        "whatsapp": kims.whatsapp(kim.public_phone, words),
    }


def _until(kim: Kim) -> str:
    verb = "sudah habis" if kim.decree_until < clock.today() else "habis"
    return f"{verb} {tanggal_pendek(kim.decree_until)}"


def silent(kim: Kim, actor: Actor) -> dict[str, Any]:
    """A KIM without news, with a text ready to send."""
    since = kim.last_news_at or kim.registered_at
    days = (clock.now() - since).days
    told = f"Sudah {days} hari belum ada kabar baru." if kim.last_news_at else "Kabar pertama Anda kami tunggu."
    words = f"Halo {kim.name}. {told} Ada yang bisa kami bantu? Salam dari {actor.hat.label}."
    return {
        "kim": kim,
        "activity": registry.activity_status(kim),
        "place": f"{kim.region.title}, {cards.near(kim.region)}",
        "whatsapp": kims.whatsapp(kim.public_phone, words),
    }


def told(code: str) -> list[dict[str, Any]]:
    """What happened lately, as sentences."""
    entries = list(ledger.of_region(code).filter(verb__in=TOLD)[:LATEST])
    names = dict(Kim.objects.filter(id__in={entry.kim_id for entry in entries}).values_list("id", "name"))
    return [_sentence(entry, names) for entry in entries]


def _sentence(entry: Entry, names: dict[UUID, str]) -> dict[str, Any]:
    title = entry.data.get("title", "")
    return {
        "who": names.get(entry.kim_id) or entry.data.get("name", "KIM"),
        "did": TOLD[entry.verb] + (f": {title}" if title else ""),
        "at": entry.at,
    }
