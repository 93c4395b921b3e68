"""People who opened ways, and notes to them."""

from datetime import UTC, datetime
from uuid import UUID

from accounts.factories import person
from kim.accounts.models import Person
from kim.accounts.queries import addresses
from kim.config import wiring
from kim.inbox import actions
from kim.inbox.workflow import Address, Letter, Line, Urgency
from kim.kernel import webpush
from kim.kernel.ids import new_id

KEY = webpush.new_key()
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12.00 WIB, 14.00 WIT
MIDNIGHT = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # 00.00 WIB of the next day


def reader(*channels: str, zone: str = "Asia/Jakarta", **fields) -> Person:
    """Somebody with a phone and an e-mail address who opened these channels."""
    someone = person(**({"email": f"{new_id()}@contoh.id"} | fields))
    for channel in channels:
        actions.open_way(someone.pk, channel, zone=zone)
    return someone


def tell(*people: Person, text: str = "Kerja bakti besok pagi.", urgency: str = Urgency.IMPORTANT) -> UUID:
    """One entry's note to these people; returns the entry's id."""
    entry_id = new_id()
    actions.deliver(entry_id, [actions.Note(one.pk, text, "/kerja/kabar/1/", urgency) for one in people])
    return entry_id


def carry(**more) -> int:
    return actions.carry(wiring.GATEWAYS, addresses, **more)


def letter(*texts: str, urgency: str = Urgency.IMPORTANT, devices: tuple = (), **address: str) -> Letter:
    lines = tuple(Line(text, f"https://kim.example/k/{n}") for n, text in enumerate(texts or ("Kerja bakti.",)))
    return Letter(new_id(), urgency, lines, Address(**address), devices, "https://kim.example/akun/kabar/berhenti/x/")
