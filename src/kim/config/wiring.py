"""Who listens to the ledger: notices become deliveries, counters are kept. And which gateways carry them further."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from kim.accounts import notices as accounts
from kim.accounts.queries import addresses as people_addresses
from kim.aspirations import notices as aspirations
from kim.aspirations.actions import keep_themes
from kim.aspirations.actions.reported import reportable as voice_of
from kim.aspirations.queries import phones_of, words_of_person
from kim.clarification import notices as clarification
from kim.clarification import queries as clarifications
from kim.clarification.actions import keep as keep_clarifications
from kim.clarification.actions.reported import reportable as answer_of
from kim.deliberation import notices as deliberation
from kim.discussion import notices as discussion
from kim.dissemination import notices as dissemination
from kim.dissemination import queries as packets
from kim.dissemination.actions import catch_up, follow_article
from kim.dissemination.actions import keep as keep_tallies
from kim.dissemination.actions.reported import reportable as packet_of
from kim.evaluation.actions import keep
from kim.importing import notices as importing
from kim.inbox.actions import Note, deliver
from kim.inbox.adapters import ADAPTERS
from kim.inbox.workflow import Adapter, Address, AddressBook
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
    **aspirations.NOTICES,
    **deliberation.NOTICES,
    **clarification.NOTICES,
    **discussion.NOTICES,
    **dissemination.NOTICES,
    **importing.NOTICES,
    **moderation.NOTICES,
    **publishing.NOTICES,
    **registry.NOTICES,
    **sources.NOTICES,
}


GATEWAYS: Mapping[str, Adapter] = ADAPTERS


def addresses(ids: Iterable[UUID]) -> dict[UUID, Address]:
    """Where these can be reached: people, and reporters without an account by the voice that stands for them."""
    wanted = set(ids)
    known = people_addresses(wanted)
    strangers = wanted - known.keys()
    return known | (phones_of(strangers) if strangers else {})


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
READERS: list[Reader] = [tell, index_kim, follow_article, catch_up, watch(WATCHED)]
TOGETHER: list[Crowd] = [keep, keep_tallies, keep_clarifications, keep_themes]

# What is counted when it is read: of the ids of a kind those that everybody may read now (kim.reach).
READABLE: dict[str, Finder] = {
    "article": texts.out_of, "bulletin": packets.out_of, "clarification": clarifications.out_of,
}  # fmt: skip

# What everybody may report, by the first part of its key: its name, and how its domain shows it, takes it down and puts
# it back (kim.moderation.workflow.Thing).
REPORTABLE: dict[str, Kind] = {
    "aspiration": Kind("Aspirasi", voice_of),
    "bulletin": Kind("Info pemerintah", packet_of),
    "clarification": Kind("Klarifikasi hoaks", answer_of),
    "article": Kind("Kabar", text_actions.reportable),
    "kim": Kind("Situs KIM", kim_actions.reportable),
}
# What the apps above kim.accounts keep of a person, by its name in *Data saya*: a person's id → rows ready for JSON.
OWN_DATA: dict[str, Callable[[UUID], list[dict[str, object]]]] = {"aspirasi": words_of_person}

# Published things of which the hourly check takes some: `sample(how many)`.
PRINTED: list[Callable[[int], list[Printed]]] = [text_actions.printed_sample]

# Acts that change nothing anybody may read: no kept page has to go for them (kim.pages).
QUIET = frozenset(
    {
        "article.started", "article.saved", "article.discussed", "article.review_requested", "article.taken_back",
        "article.returned", "article.scheduled", "article.unscheduled", "article.held", "code.issued", "code.used",
        "assignment.accepted", "assignment.checked_back", "assignment.declined", "assignment.discussed",
        "assignment.opened", "assignment.postponed", "assignment.reread", "assignment.retold", "assignment.spread",
        "agency.closed", "agency.opened", "aspiration.asked_again", "aspiration.hushed",
        "aspiration.rated", "aspiration.reminded", "aspiration.stayed",
        "aspiration.submitted",
        "holiday.added", "holiday.dropped", "route.set", "tree.followed",
        "bulletin.arrived", "bulletin.attached", "bulletin.check_requested", "bulletin.detached", "bulletin.edited",
        "bulletin.given_back", "bulletin.note_removed", "bulletin.noted", "bulletin.reminded", "bulletin.scheduled",
        "bulletin.started", "bulletin.unscheduled", "regulation.registered",
        "claim.asked", "claim.checked", "claim.checked_back", "claim.joined", "claim.opened", "claim.parted", "claim.reopened",
        "claim.sent", "claim.set_aside", "claim.spread", "claim.told", "suggestion.passed", "suggestion.taken",
        "case.appealed", "case.appeal_passed_up", "case.claimed", "case.mended", "case.opened", "case.passed_up",
        "case.released", "case.reported",
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
