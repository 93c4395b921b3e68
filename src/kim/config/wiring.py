"""Who listens to the ledger: notices become deliveries, counters are kept. And which gateways carry them further."""

from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse

from kim.accounts import notices as accounts
from kim.accounts.queries import addresses
from kim.discussion import notices as discussion
from kim.dissemination import notices as dissemination
from kim.dissemination.actions import follow_article
from kim.dissemination.actions import keep as keep_tallies
from kim.evaluation.actions import keep
from kim.importing import notices as importing
from kim.inbox.actions import Note, deliver
from kim.inbox.adapters import ADAPTERS
from kim.inbox.workflow import Adapter, AddressBook
from kim.ledger.actions import Crowd, Reader
from kim.ledger.models import Entry
from kim.moderation import notices as moderation
from kim.moderation.actions import watch
from kim.moderation.workflow import Kind, Printed
from kim.publishing import actions as text_actions
from kim.publishing import notices as publishing
from kim.publishing import queries as texts
from kim.reach.actions import Finder
from kim.registry import actions as kim_actions
from kim.registry import notices as registry
from kim.sources import notices as sources
from kim.sources.models import Item
from kim.web.actions import index_kim

NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    **accounts.NOTICES,
    **discussion.NOTICES,
    **dissemination.NOTICES,
    **importing.NOTICES,
    **moderation.NOTICES,
    **publishing.NOTICES,
    **registry.NOTICES,
    **sources.NOTICES,
}


GATEWAYS: Mapping[str, Adapter] = ADAPTERS
ADDRESSES: AddressBook = addresses


def tell(entry: Entry) -> None:
    """The notice of this verb, if it has one, to each person it names."""
    notice = NOTICES.get(entry.verb)
    if notice is not None:
        deliver(entry.id, notice(entry))


def take_url(item: Item) -> str | None:
    """Where an officer makes a packet of a suggestion (kim.sources)."""
    return reverse("dissemination:start_from", args=[item.id])


# Acts after which the Sistem reads what everybody reads now (kim.moderation).
WATCHED = frozenset(
    {
        "article.published", "article.published_urgently", "article.corrected", "article.restored", "kim.approved",
        "kim.edited",
    }
)  # fmt: skip
READERS: list[Reader] = [tell, index_kim, follow_article, watch(WATCHED)]
TOGETHER: list[Crowd] = [keep, keep_tallies]

# What is counted when it is read: of the ids of a kind those that everybody may read now (kim.reach).
READABLE: dict[str, Finder] = {"article": texts.out_of}

# What everybody may report, by the first part of its key: its name, and how its domain shows it, takes it down and puts
# it back (kim.moderation.workflow.Thing).
REPORTABLE: dict[str, Kind] = {
    "article": Kind("Kabar", text_actions.reportable),
    "kim": Kind("Situs KIM", kim_actions.reportable),
}
# Published things of which the hourly check takes some: `sample(how many)`.
PRINTED: list[Callable[[int], list[Printed]]] = [text_actions.printed_sample]

# Acts that change nothing anybody may read: no kept page has to go for them (kim.pages).
QUIET = frozenset(
    {
        "article.started", "article.saved", "article.discussed", "article.review_requested", "article.taken_back",
        "article.returned", "article.scheduled", "article.unscheduled", "article.held", "code.issued", "code.used",
        "assignment.accepted", "assignment.checked_back", "assignment.declined", "assignment.discussed",
        "assignment.opened", "assignment.postponed", "assignment.reread", "assignment.retold", "assignment.spread",
        "bulletin.arrived", "bulletin.check_requested", "bulletin.corrected", "bulletin.edited", "bulletin.given_back",
        "bulletin.issued", "bulletin.note_removed", "bulletin.noted", "bulletin.passed_on", "bulletin.scheduled",
        "bulletin.started", "bulletin.unscheduled", "bulletin.withdrawn", "regulation.registered",
        "case.appealed", "case.appeal_passed_up", "case.claimed", "case.mended", "case.opened", "case.passed_up",
        "case.released", "case.reported",
        "draft.begun", "draft.filled", "factor.dropped", "import.checked", "import.corrected", "import.mapped",
        "password.changed", "person.signed_in", "person.signed_out", "person.way_added", "pin.changed",
        "room.remarked", "staff.closed", "staff.opened", "staff.request", "way.closed", "way.opened",
        "item.passed", "item.put_back", "item.taken", "source.added", "source.failed", "source.switched_off",
        "source.switched_on",
    }
)  # fmt: skip
