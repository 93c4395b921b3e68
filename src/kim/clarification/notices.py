"""Who is told what of a claim, its answer, and a KIM's copy of it."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from kim.accounts.models import OFFICES
from kim.accounts.queries import people_with
from kim.clarification import queries
from kim.clarification.models import Verdict
from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.kernel import codes
from kim.ledger.models import Entry


def _asked(entry: Entry) -> list[Note]:
    """The KIM of that village; not when very much is asked there at once, then its desk is enough."""
    if codes.level(entry.region_code) is not codes.Level.VILLAGE or queries.is_crowded(entry.region_code, entry.at):
        return []
    url = reverse("clarification:claim", args=[entry.subject_id])
    people = set(queries.boards_of_village(entry.region_code)) - {entry.person_id}
    text = f"Warga bertanya: ini hoaks? “{queries.words_of(entry.subject_id)}”" if people else ""
    return [Note(person, text, url) for person in people]


def _sent(entry: Entry) -> list[Note]:
    """The regency that coaches the KIM."""
    url = reverse("clarification:office_claim", args=[entry.subject_id])
    people = people_with(*OFFICES, region_code=codes.regency(entry.region_code))
    return [
        Note(person, "KIM sudah mengecek kabar yang meragukan dan menunggu putusan Anda.", url)
        for person in dict.fromkeys(people)
    ]


def _answered(entry: Entry) -> list[Note]:
    """Those who asked while signed in; all others read it on their secret page."""
    label = Verdict(entry.data["verdict"]).label.lower()
    text = f"Yang Anda tanyakan sudah dijawab: {label}. “{entry.data['title'][:140]}”"
    return [Note(person, text, url) for person, url in queries.people_asking(UUID(entry.subject_id))]


def _withdrawn(entry: Entry) -> list[Note]:
    text = f"Jawaban untuk “{entry.data['title'][:120]}” ditarik: {entry.data['reason'][:100]}"
    return [Note(person, text, url) for person, url in queries.people_asking(UUID(entry.subject_id))]


def _folded(entry: Entry) -> list[Note]:
    """Those whose claim turned out to be one that is answered; the others hear when it is."""
    claim_id = UUID(entry.subject_id)
    root = queries.root_of(claim_id)
    if not root.is_public or root.id == claim_id:
        return []
    text = f"Yang Anda tanyakan sudah dijawab: {root.get_verdict_display().lower()}. “{root.title[:140]}”"
    return [
        Note(person, text, url) for person, url in queries.people_asking(root.id, came_from=queries.family(claim_id))
    ]


def _unfolded(entry: Entry) -> list[Note]:
    """Who was told an answer that was not theirs: those who asked, and the KIM of their villages."""
    claim_id, root = UUID(entry.subject_id), queries.root_of(UUID(entry.data["other"]))
    if not root.is_public:
        return []
    asked = "Kabar yang Anda tanyakan ternyata lain dari yang sudah dijawab. Kami mengeceknya lagi."
    passed = (
        f"Klarifikasi “{root.title[:120]}” ternyata bukan untuk kabar di desa Anda. Jangan disebarkan lagi di sana."
    )
    url, kims = reverse("clarification:claim", args=[root.id]), [str(kim) for kim in queries.astray(root.id, claim_id)]
    found = [Note(person, asked, path) for person, path in queries.people_asking(claim_id)]
    told = {note.person_id for note in found}
    boards = queries.boards_of(kims) if kims else []
    return found + [Note(person, passed, url, Urgency.IMPORTANT) for person in boards if person not in told]


def _set_aside(entry: Entry) -> list[Note]:
    text = f"Yang Anda tanyakan tidak kami cek: {entry.data['reason'][:160]}"
    return [Note(person, text, url) for person, url in queries.people_asking(UUID(entry.subject_id))]


def _told(entry: Entry) -> list[Note]:
    """The boards of the KIM of one portion."""
    url, title = reverse("clarification:claim", args=[entry.subject_id]), f"“{entry.data['title'][:120]}”"
    text = f"{entry.data['verdict']}: {title}. Bantu sebarkan klarifikasinya."
    urgency = Urgency.IMPORTANT
    if entry.data["withdrawn"]:
        text = f"Klarifikasi {title} ditarik. Jangan disebarkan lagi: {entry.data['withdrawn'][:100]}"
    elif entry.data["version"] > 1:
        text = f"Klarifikasi {title} dibetulkan, sekarang: {entry.data['verdict'].lower()}."
    return [Note(person, text, url, urgency) for person in queries.boards_of(entry.data["kims"])]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "claim.asked": _asked,
    "claim.sent": _sent,
    "claim.judged": _answered,
    "claim.revised": _answered,
    "claim.withdrawn": _withdrawn,
    "claim.set_aside": _set_aside,
    "claim.told": _told,
    "claim.folded": _folded,
    "claim.unfolded": _unfolded,
}

# What shows on the claim's own page, and what a KIM did itself.
SILENT = {
    "claim.checked", "claim.checked_back", "claim.joined", "claim.opened", "claim.parted", "claim.reopened", "claim.spread",
    "suggestion.passed", "suggestion.taken",
}  # fmt: skip
