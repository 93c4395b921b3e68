"""The way of a case, the reasons for one, and what a domain tells of a thing that can be reported: tables and values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import models

from kim.accounts.actor import Actor
from kim.kernel import text
from kim.kernel.workflow import Workflow, move


class Stage(models.TextChoices):
    WAITING = "waiting", "Menunggu diperiksa"
    MENDED = "mended", "Sudah diperbaiki KIM, menunggu dilihat"
    CLAIMED = "claimed", "Sedang diperiksa"
    DISMISSED = "dismissed", "Tidak melanggar"
    SETTLED = "settled", "Sudah diperbaiki"
    WARNED = "warned", "Ditegur"
    TAKEN_DOWN = "taken_down", "Diturunkan"
    APPEALED = "appealed", "Keberatan menunggu diputus"
    UPHELD = "upheld", "Keberatan ditolak"
    OVERTURNED = "overturned", "Keberatan diterima"
    RESTORED = "restored", "Dipulihkan"


OPEN = (Stage.WAITING, Stage.MENDED, Stage.CLAIMED)
TICKING = (*OPEN, Stage.APPEALED)  # a clock runs
DECIDED = tuple(stage for stage in Stage if stage not in TICKING)
AGAINST = (Stage.WARNED, Stage.TAKEN_DOWN)  # decisions that can be appealed against

WORKFLOW = Workflow(
    {
        "claim": move(*OPEN, to=Stage.CLAIMED),  # another's claim only when it has run out (policies)
        "release": move(Stage.CLAIMED, to=Stage.WAITING),
        "mend": move(Stage.WAITING, to=Stage.MENDED),
        "pass_up": move(*OPEN, to=Stage.WAITING),
        "dismiss": move(Stage.CLAIMED, to=Stage.DISMISSED),
        "settle": move(Stage.CLAIMED, to=Stage.SETTLED),
        "warn": move(Stage.CLAIMED, to=Stage.WARNED),
        "take_down": move(Stage.CLAIMED, to=Stage.TAKEN_DOWN),
        "appeal": move(*AGAINST, to=Stage.APPEALED),
        "pass_appeal_up": move(Stage.APPEALED, to=Stage.APPEALED),
        "uphold": move(Stage.APPEALED, to=Stage.UPHELD),
        "overturn": move(Stage.APPEALED, to=Stage.OVERTURNED),
        "restore": move(Stage.TAKEN_DOWN, Stage.UPHELD, to=Stage.RESTORED),
    }
)


class Reason(models.TextChoices):
    """What a reporter may say is wrong, in plain words; the last two only the watch itself says."""

    GAMBLING = "gambling", "Judi atau penipuan"
    PORN = "porn", "Pornografi"
    VIOLENCE = "violence", "Kekerasan atau ancaman"
    HATRED = "hatred", "Ujaran kebencian"
    PERSONAL = "personal", "Data pribadi"
    HOAX = "hoax", "Hoaks"
    RIGHTS = "rights", "Melanggar hak cipta"
    WRONG = "wrong", "Salah atau sudah usang"
    OTHER = "other", "Lainnya"
    LINKS = "links", "Banjir tautan"
    TAMPERED = "tampered", "Berubah tanpa jalur resmi"


BY_PEOPLE = tuple(reason for reason in Reason if reason not in (Reason.LINKS, Reason.TAMPERED))
# Permenkominfo 5/2020: pornography of children cannot be told from the rest before somebody has looked.
URGENT = frozenset({Reason.PORN, Reason.VIOLENCE, Reason.TAMPERED})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something public, as its domain describes it when it is reported, and how that domain takes it down.

    `office_code`: the office whose own words these are; it does not judge them itself. `put_down` gets the actor, the
    reason for a report and the words for the author; None where there is nothing to take down.
    """

    key: str
    title: str
    url: str
    region_code: str
    words: str = ""
    kim_id: UUID | None = None
    author_id: UUID | None = None
    office_code: str = ""
    revision: int = 0
    desk_url: str = ""
    is_public: bool = True
    put_down: Callable[[Actor, str, str], object] | None = None
    put_back: Callable[[Actor], object] | None = None

    @property
    def digest(self) -> str:
        """What its words were, without keeping them."""
        return text.digest(self.title, self.words)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be reported: its name, and how one is found (raises DoesNotExist)."""

    label: str
    find: Callable[[UUID], Thing]


@dataclass(frozen=True, slots=True)
class Printed:
    """Something published, for the check that it still says what it said: `recorded` is the digest the ledger holds
    ('' for what went out before digests were kept), `shown` are pieces of markup its page must hold unchanged."""

    thing: Thing
    recorded: str
    shown: tuple[str, ...]


def spell(span: timedelta) -> str:
    """A span as people say it: minutes, hours, days."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(1, minutes)} menit"
    return f"{minutes // 60} jam" if minutes < 48 * 60 else f"{minutes // (24 * 60)} hari"
