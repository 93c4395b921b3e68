"""Taking in what a fact-checker outside has published, as suggestions; and what an office does with one."""

import json
import logging
from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from kim.accounts.actor import Actor
from kim.clarification import policies
from kim.clarification.actions.asking import ask
from kim.clarification.actions.base import locked
from kim.clarification.models import Claim, Pulse, Suggestion
from kim.clarification.workflow import SUGGESTION_WORKFLOW
from kim.kernel import clock, factcheck, outside
from kim.kernel.outside import Bounds, Trouble
from kim.kernel.results import demand
from kim.ledger import actions as ledger

log = logging.getLogger(__name__)
EVERY, AFTER_TROUBLE, CLAIMED = timedelta(hours=1), timedelta(hours=3), timedelta(minutes=10)
MOST = 200  # of one answer
MOST_BYTES = 4_000_000
OWN_SPACE = UUID("3f0b4f5e-7b62-4c0e-9d1a-5a2f4d6e8c11")  # ids of reports that stand for suggestions


def read_feed() -> int:
    """Ask the fact-checker if it is switched on and its hour has come; returns how many suggestions are new."""
    if not settings.KIM_FACTCHECK_URL or not _claim_turn():
        return 0
    try:
        found = outside.fetch(
            settings.KIM_FACTCHECK_URL.replace("{key}", settings.KIM_FACTCHECK_KEY),
            agent=f"KIM.id/1 (+{settings.KIM_BASE_URL}/; pembaca cek fakta)",
            kinds=("application/json", "text/json", "text/html"),  # some say it is a page
            bounds=Bounds(size=MOST_BYTES, doors=frozenset(settings.KIM_DOORS_INSIDE)),
        )
        return take_in(json.loads(found.body.decode(found.charset or "utf-8", errors="replace")))
    except (Trouble, ValueError) as error:
        said = str(error) if isinstance(error, Trouble) else "Jawabannya bukan JSON yang bisa dibaca."
        log.warning("the fact-checker was not read: %s", said)  # never the address: it may hold the key
        Pulse.objects.update_or_create(pk=1, defaults={"next_at": clock.now() + AFTER_TROUBLE, "trouble": said[:300]})
        return 0


@transaction.atomic
def _claim_turn() -> bool:
    """Only one worker asks; whoever dies while asking loses the turn after a while."""
    Pulse.objects.get_or_create(pk=1)
    now = clock.now()
    return bool(Pulse.objects.filter(pk=1, next_at__lte=now).update(next_at=now + CLAIMED))


@transaction.atomic
def take_in(said: object) -> int:
    """Keep what the fact-checker said; one that is known stays as it is. Returns how many are new."""
    rows = [Suggestion(checker=settings.KIM_FACTCHECK_NAME, **found) for found in factcheck.read(said)[:MOST]]
    before = Suggestion.objects.filter(guid__in=[row.guid for row in rows]).values_list("guid", flat=True)
    fresh = [row for row in rows if row.guid not in set(before)]
    Suggestion.objects.bulk_create(fresh, ignore_conflicts=True)
    now = clock.now()
    Pulse.objects.update_or_create(pk=1, defaults={"ok_at": now, "next_at": now + EVERY, "trouble": ""})
    return len(fresh)


@transaction.atomic
def take(suggestion_id: UUID, *, actor: Actor) -> Claim:
    """A claim of the office's own area, known by the words that go round; its verdict is still the office's to give."""
    one = Suggestion.objects.select_for_update(of=("self",)).get(id=suggestion_id)
    demand(policies.can_take(actor, one))
    one.state = SUGGESTION_WORKFLOW.after("take", one.state)
    report = ask(
        uuid5(OWN_SPACE, str(one.id)),
        region_code=actor.region_code or "",
        text=one.claim_text or one.title,
        actor=actor,
    )
    one.claim, one.settled_by_id = locked(report.claim_id), actor.person_id
    one.save()
    _record("suggestion.taken", one, actor)
    return one.claim


@transaction.atomic
def pass_over(suggestion_id: UUID, *, actor: Actor) -> Suggestion:
    """Nobody needs it here."""
    one = Suggestion.objects.select_for_update(of=("self",)).get(id=suggestion_id)
    demand(policies.can_pass_over(actor, one))
    one.state, one.settled_by_id = SUGGESTION_WORKFLOW.after("pass_over", one.state), actor.person_id
    one.save(update_fields=["state", "settled_by"])
    _record("suggestion.passed", one, actor)
    return one


def _record(verb: str, one: Suggestion, actor: Actor) -> None:
    ledger.record(verb, one.key, actor=actor, region=actor.region_code or "", title=one.title)
