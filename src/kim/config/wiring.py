"""Who listens to the ledger: notices become deliveries, counters are kept. And which gateways carry them further."""

from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse

from kim.accounts import notices as accounts
from kim.accounts.queries import addresses
from kim.aspirations import notices as aspirations
from kim.aspirations.actions import keep_themes
from kim.clarification import notices as clarification
from kim.clarification import queries as clarifications
from kim.deliberation import notices as deliberation
from kim.discussion import notices as discussion
from kim.dissemination import notices as dissemination
from kim.dissemination import queries as packets
from kim.dissemination.actions import catch_up, follow_article
from kim.dissemination.actions import keep as keep_tallies
from kim.evaluation.actions import keep
from kim.importing import notices as importing
from kim.inbox.actions import Note, deliver
from kim.inbox.adapters import ADAPTERS
from kim.inbox.workflow import Adapter, AddressBook
from kim.ledger.actions import Crowd, Reader
from kim.ledger.models import Entry
from kim.publishing import notices as publishing
from kim.publishing import queries as texts
from kim.reach.actions import Finder
from kim.registry import notices as registry
from kim.sources import notices as sources
from kim.sources.models import Item
from kim.web.actions import index_kim

NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    **accounts.NOTICES,
    **aspirations.NOTICES,
    **deliberation.NOTICES,
    **clarification.NOTICES,
    **discussion.NOTICES,
    **dissemination.NOTICES,
    **importing.NOTICES,
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


READERS: list[Reader] = [tell, index_kim, follow_article, catch_up]
TOGETHER: list[Crowd] = [keep, keep_tallies, keep_themes]

# What is counted when it is read: of the ids of a kind those that everybody may read now (kim.reach).
READABLE: dict[str, Finder] = {
    "article": texts.out_of, "bulletin": packets.out_of, "clarification": clarifications.out_of,
}  # fmt: skip

# Acts that change nothing anybody may read: no kept page has to go for them (kim.pages).
QUIET = frozenset(
    {
        "article.started", "article.saved", "article.discussed", "article.review_requested", "article.taken_back",
        "article.returned", "article.scheduled", "article.unscheduled", "article.held", "code.issued", "code.used",
        "assignment.accepted", "assignment.checked_back", "assignment.declined", "assignment.discussed",
        "assignment.opened", "assignment.postponed", "assignment.reread", "assignment.retold", "assignment.spread",
        "agency.closed", "agency.opened", "aspiration.asked_again", "aspiration.rated", "aspiration.reminded", "aspiration.stayed",
        "aspiration.submitted",
        "holiday.added", "holiday.dropped", "route.set",
        "bulletin.arrived", "bulletin.attached", "bulletin.check_requested", "bulletin.detached", "bulletin.edited",
        "bulletin.given_back", "bulletin.note_removed", "bulletin.noted", "bulletin.reminded", "bulletin.scheduled",
        "bulletin.started", "bulletin.unscheduled", "regulation.registered",
        "claim.asked", "claim.checked", "claim.joined", "claim.opened", "claim.parted", "claim.reopened", "claim.sent",
        "claim.set_aside", "claim.spread", "claim.told", "suggestion.passed", "suggestion.taken",
        "draft.begun", "draft.filled", "factor.dropped", "import.checked", "import.corrected", "import.mapped",
        "question.asked", "question.closed", "question.grouped", "question.passed", "question.replied",
        "kim.informed", "password.changed", "person.signed_in", "person.signed_out", "person.way_added", "pin.changed",
        "room.remarked", "staff.closed", "staff.opened", "staff.request", "way.closed", "way.opened",
        "aspiration.handed_over", "request.decided", "request.extended", "request.objected",
        "request.objection_replied", "request.registered",
        "meeting.held", "meeting.resolved", "problem.acted", "problem.dropped", "problem.named",
        "problem.settled", "problem.talked_over",
        "item.passed", "item.put_back", "item.taken", "source.added", "source.failed", "source.switched_off",
        "source.switched_on",
    }
)  # fmt: skip
