"""Who is told what happened to a text."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from kim.accounts.models import Role
from kim.accounts.queries import people_in, people_with
from kim.inbox.actions import Note
from kim.kernel import codes
from kim.ledger.models import Entry


def _desk(entry: Entry, page: str = "article") -> str:
    return reverse(f"publishing:{page}", args=[entry.subject_id])


def _notes(people: Iterable[UUID], entry: Entry, text: str, url: str) -> list[Note]:
    """One note each, never to the one who did it."""
    return [Note(person_id, text, url) for person_id in set(people) - {entry.person_id}]


def _title(entry: Entry) -> str:
    return f"“{entry.data['title'][:120] or 'Tanpa judul'}”"


def _author(entry: Entry) -> list[UUID]:
    return [UUID(entry.data["author"])]


def _editors(entry: Entry) -> list[UUID]:
    return [*_author(entry), *people_in(entry.kim_id, Role.EDITOR, Role.BOARD)]


def _office(entry: Entry) -> list[UUID]:
    return people_with(Role.REGENCY, region_code=codes.regency(entry.region_code))


def _discussed(entry: Entry) -> list[Note]:
    text = f"{entry.person_name} mengajukan {_title(entry)} untuk dibahas. Setuju atau keberatan?"
    return _notes(people_in(entry.kim_id), entry, text, _desk(entry, "room"))


def _agreed(entry: Entry) -> list[Note]:
    text = f"{_title(entry)} diputuskan: sebarkan. Periksa sekali lagi, lalu terbitkan."
    return _notes(_editors(entry), entry, text, _desk(entry, "check"))


def _postponed(entry: Entry) -> list[Note]:
    return _notes(_author(entry), entry, f"{_title(entry)} ditunda. Lihat catatan rapatnya.", _desk(entry, "room"))


def _rejected(entry: Entry) -> list[Note]:
    return _notes(_author(entry), entry, f"{_title(entry)} tidak disebarkan. Lihat alasannya.", _desk(entry, "room"))


def _review_requested(entry: Entry) -> list[Note]:
    text = f"{_title(entry)} dari KIM baru menunggu Anda lihat."
    return _notes(_office(entry), entry, text, _desk(entry, "office_article"))


def _returned(entry: Entry) -> list[Note]:
    text = f"Diskominfo mengembalikan {_title(entry)} dengan catatan."
    return _notes(_editors(entry), entry, text, _desk(entry))


def _published(entry: Entry) -> list[Note]:
    text = f"{_title(entry)} sudah terbit. Bagikan ke warga."
    return _notes([*_author(entry), *people_in(entry.kim_id)], entry, text, _desk(entry))


def _published_urgently(entry: Entry) -> list[Note]:
    text = f"{_title(entry)} terbit mendesak. Bahas bersama, lalu putuskan."
    members = _notes(people_in(entry.kim_id), entry, text, _desk(entry, "room"))
    office = _notes(
        _office(entry),
        entry,
        f"KIM menerbitkan kabar mendesak: {_title(entry)}.",
        _desk(entry, "office_article"),
    )
    told = {note.person_id for note in members}
    return [*members, *(note for note in office if note.person_id not in told)]


def _withdrawn(entry: Entry) -> list[Note]:
    return _notes(_editors(entry), entry, f"{_title(entry)} ditarik. Baca alasannya.", _desk(entry))


def _restored(entry: Entry) -> list[Note]:
    return _notes(_editors(entry), entry, f"{_title(entry)} bisa dibaca umum lagi.", _desk(entry))


def _held(entry: Entry) -> list[Note]:
    return _notes(
        _editors(entry),
        entry,
        f"{_title(entry)} belum bisa terbit sesuai jadwal. Periksa lagi.",
        _desk(entry, "check"),
    )


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "article.discussed": _discussed,
    "article.agreed": _agreed,
    "article.postponed": _postponed,
    "article.rejected": _rejected,
    "article.review_requested": _review_requested,
    "article.returned": _returned,
    "article.published": _published,
    "article.published_urgently": _published_urgently,
    "article.retracted": _withdrawn,
    "article.withdrawn": _withdrawn,
    "article.restored": _restored,
    "article.held": _held,
}

# One's own typing, and steps that show at the desk by themselves.
SILENT = {
    "article.started",
    "article.saved",
    "article.photographed",
    "article.captioned",
    "article.arranged",
    "article.taken_back",
    "article.scheduled",
    "article.unscheduled",
    "article.confirmed",
    "article.corrected",
    "article.replied",
}
