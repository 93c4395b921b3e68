"""From the room to the decision: the room counts, the text moves, both in one transaction."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.discussion import actions as discussion
from kim.discussion import queries as rooms
from kim.discussion.models import Outcome, Room
from kim.kernel.results import NotAllowed, demand
from kim.publishing import policies
from kim.publishing.actions.afterwards import take_down
from kim.publishing.actions.base import locked, record, settle
from kim.publishing.models import Article, Withdrawal
from kim.publishing.workflow import WORKFLOW

TEXT_CHANGED = "Tulisannya sudah berubah sejak Anda membukanya. Baca lagi sebelum memutuskan."


@transaction.atomic
def discuss(article_id: UUID, *, actor: Actor) -> Article:
    """The KIM reads and discusses exactly this revision; its members are told."""
    article = locked(article_id)
    demand(policies.can_discuss(actor, article))
    article.stage = WORKFLOW.after("discuss", article.stage)
    if not (article.title and article.body):
        raise NotAllowed("Isi judul dan isinya dulu, baru diajukan untuk dibahas.")
    settle(article)
    open_room(article, actor)
    article.save()
    record("article.discussed", article, actor)
    return article


def open_room(article: Article, actor: Actor) -> Room:
    """The room of a text, with the KIM's own rule as it stands now."""
    return discussion.open_room(
        key=article.key,
        kim_id=article.kim_id,
        region_code=article.region_id,
        title=article.title,
        url=f"{article.desk_url}bahas/",
        rule=article.kim.decision_rule,
        quorum=article.kim.quorum,
        actor=actor,
    )


@transaction.atomic
def remark(article_id: UUID, *, text: str, kind: str, actor: Actor) -> None:
    """Say something about the text in its room."""
    article = locked(article_id)
    discussion.remark(_room(article).id, text=text, kind=kind, actor=actor)


@transaction.atomic
def take_side(article_id: UUID, *, side: str, reason: str = "", actor: Actor) -> None:
    """Agree with the text or object to it, with a reason."""
    article = locked(article_id)
    discussion.take_side(_room(article).id, side=side, reason=reason, actor=actor)


@transaction.atomic
def agree(article_id: UUID, *, revision: int, minutes: str = "", note: str = "", actor: Actor) -> Article:
    """Sebarkan, with a note for the readers if one is given. Exactly the revision that was read is decided."""
    article = locked(article_id)
    demand(policies.can_agree(actor, article))
    outcome = Outcome.SPREAD_WITH_NOTE if note.strip() else Outcome.SPREAD
    _decide(article, "agree", outcome, revision, minutes, note, actor)
    article.decided_revision, article.kim_note = article.revision, note.strip()
    article.save()
    record("article.agreed", article, actor, note=note)
    return article


@transaction.atomic
def postpone(article_id: UUID, *, revision: int, minutes: str = "", actor: Actor) -> Article:
    """Tunda: the text is a draft again and waits for its author."""
    article = locked(article_id)
    demand(policies.can_postpone(actor, article))
    _decide(article, "postpone", Outcome.POSTPONE, revision, minutes, "", actor)
    article.save()
    record("article.postponed", article, actor, reason=minutes)
    return article


@transaction.atomic
def reject(article_id: UUID, *, revision: int, minutes: str = "", actor: Actor) -> Article:
    """Tolak: the text is not spread. It can be rewritten and discussed anew."""
    article = locked(article_id)
    demand(policies.can_reject(actor, article))
    _decide(article, "reject", Outcome.REJECT, revision, minutes, "", actor)
    article.save()
    record("article.rejected", article, actor, reason=minutes)
    return article


@transaction.atomic
def confirm(article_id: UUID, *, revision: int, minutes: str = "", note: str = "", actor: Actor) -> Article:
    """The KIM, asked after an urgent text went out, says yes to it."""
    article = locked(article_id)
    demand(policies.can_confirm(actor, article))
    outcome = Outcome.SPREAD_WITH_NOTE if note.strip() else Outcome.SPREAD
    _decide(article, "confirm", outcome, revision, minutes, note, actor)
    article.decided_revision, article.kim_note = article.revision, note.strip()
    article.save()
    record("article.confirmed", article, actor, note=note)
    return article


@transaction.atomic
def retract(article_id: UUID, *, revision: int, minutes: str = "", actor: Actor) -> Article:
    """The KIM, asked after an urgent text went out, says no: it is taken down."""
    article = locked(article_id)
    demand(policies.can_retract(actor, article))
    _decide(article, "retract", Outcome.REJECT, revision, minutes, "", actor)
    take_down(article, category=Withdrawal.DECISION, reason=minutes or "Keputusan musyawarah KIM.", actor=actor)
    record("article.retracted", article, actor, reason=minutes)
    return article


def _decide(article: Article, verb: str, outcome: str, revision: int, minutes: str, note: str, actor: Actor) -> None:
    stage = WORKFLOW.after(verb, article.stage)
    if revision != article.revision:
        raise NotAllowed(TEXT_CHANGED)
    discussion.decide(_room(article).id, outcome=outcome, minutes=minutes, note=note, actor=actor)
    article.stage = stage


def _room(article: Article) -> Room:
    room = rooms.of_subject(article.key)
    if room is None:
        raise Room.DoesNotExist
    return room
