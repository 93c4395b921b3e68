"""From the decision to the public: looked at, scheduled, published, or published first because it cannot wait."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.publishing import policies, queries
from kim.publishing.actions.base import locked, record, settle
from kim.publishing.actions.deciding import open_room
from kim.publishing.actions.showing import give_address, responsible_person, show
from kim.publishing.models import Article, CheckPoint
from kim.publishing.workflow import WORKFLOW, Stage
from kim.registry.actions.news import note_publication
from kim.registry.workflow import Stage as KimStage

UNDECIDED = "Tulisan ini belum diputuskan KIM. Ajukan untuk dibahas dulu."


@transaction.atomic
def request_review(
    article_id: UUID, *, points: Collection[str], accepts_personal: bool = False, actor: Actor
) -> Article:
    """The decided, checked text of a new KIM waits for Diskominfo's look."""
    article = locked(article_id)
    demand(policies.can_request_review(actor, article))
    article.stage = WORKFLOW.after("request_review", article.stage)
    _tick(article, points, accepts_personal, actor)
    _demand_ready(article)
    article.returned_note = ""
    article.save()
    record("article.review_requested", article, actor)
    return article


@transaction.atomic
def take_back(article_id: UUID, *, actor: Actor) -> Article:
    """The KIM takes a waiting text back before Diskominfo has answered."""
    article = locked(article_id)
    demand(policies.can_take_back(actor, article))
    article.stage = WORKFLOW.after("take_back", article.stage)
    article.save()
    record("article.taken_back", article, actor)
    return article


@transaction.atomic
def return_(article_id: UUID, *, note: str, actor: Actor) -> Article:
    """Diskominfo hands the text back with a note; the KIM writes on."""
    article = locked(article_id)
    demand(policies.can_return(actor, article))
    article.stage = WORKFLOW.after("return_", article.stage)
    if not note.strip():
        raise NotAllowed("Tulis dulu apa yang perlu diperbaiki.")
    article.returned_note, article.decided_revision, article.checklist = note.strip(), None, {}
    article.save()
    record("article.returned", article, actor, note=note)
    return article


@transaction.atomic
def schedule(
    article_id: UUID, *, at: datetime, points: Collection[str], accepts_personal: bool = False, actor: Actor
) -> Article:
    """The decided, checked text goes out by itself at that moment."""
    article = locked(article_id)
    demand(policies.can_schedule(actor, article))
    demand(policies.can_publish(actor, article, is_supervised=queries.awaits_look(article)))
    article.stage = WORKFLOW.after("schedule", article.stage)
    if at <= clock.now():
        raise NotAllowed("Waktu terbit itu sudah lewat. Pilih waktu yang akan datang.")
    _tick(article, points, accepts_personal, actor)
    _demand_ready(article)
    article.scheduled_for = at
    article.save()
    record("article.scheduled", article, actor, at=at.isoformat())
    return article


@transaction.atomic
def unschedule(article_id: UUID, *, actor: Actor) -> Article:
    """The text waits again for somebody to publish it."""
    article = locked(article_id)
    demand(policies.can_unschedule(actor, article))
    article.stage = WORKFLOW.after("unschedule", article.stage)
    article.scheduled_for = None
    article.save()
    record("article.unscheduled", article, actor)
    return article


@transaction.atomic
def publish(article_id: UUID, *, points: Collection[str] = (), accepts_personal: bool = False, actor: Actor) -> Article:
    """The decided text is public from now on. The check is ticked now, or was ticked when it was sent or scheduled."""
    article = locked(article_id)
    demand(policies.can_publish(actor, article, is_supervised=queries.awaits_look(article)))
    stage = WORKFLOW.after("publish", article.stage)
    if article.stage == Stage.DECIDED or points:
        _tick(article, points, accepts_personal, actor)
    _demand_ready(article)
    _release(article, stage, actor)
    record("article.published", article, actor, url=article.get_absolute_url())
    return article


@transaction.atomic
def publish_urgently(
    article_id: UUID, *, points: Collection[str], accepts_personal: bool = False, actor: Actor
) -> Article:
    """An urgent notice goes out first; its room is open and its page says so until the KIM has decided."""
    article = locked(article_id)
    demand(policies.can_publish_urgently(actor, article))
    stage = WORKFLOW.after("publish_urgently", article.stage)
    if not article.may_be_urgent:
        raise NotAllowed("Hanya pengumuman atau kabar kebencanaan yang ditandai mendesak yang boleh terbit lebih dulu.")
    if article.stage in (Stage.DRAFT, Stage.RETURNED):
        open_room(article, actor)
    _tick(article, points, accepts_personal, actor)
    _demand_complete(article)
    _release(article, stage, actor)
    record("article.published_urgently", article, actor, url=article.get_absolute_url())
    return article


def publish_due(limit: int = 20) -> int:
    """Publish what was scheduled for a moment that has come; several workers may do it at once."""
    done = 0
    while done < limit and _publish_one_due():
        done += 1
    return done


@transaction.atomic
def _publish_one_due() -> bool:
    due = Article.objects.filter(stage=Stage.SCHEDULED, scheduled_for__lte=clock.now()).order_by("scheduled_for")
    article = due.select_for_update(skip_locked=True, of=("self",)).select_related("kim", "region").first()
    if article is None:
        return False
    stage = WORKFLOW.after("publish", article.stage)
    try:
        _demand_ready(article)
    except NotAllowed as reason:
        article.stage, article.scheduled_for = WORKFLOW.after("unschedule", article.stage), None
        article.save()
        record("article.held", article, SYSTEM, reason=str(reason))
        return True
    _release(article, stage, SYSTEM)
    record("article.published", article, SYSTEM, url=article.get_absolute_url())
    return True


def _release(article: Article, stage: str, actor: Actor) -> None:
    is_first = article.published_at is None
    article.stage, article.scheduled_for, article.returned_note = stage, None, ""
    article.published_at = article.published_at or clock.now()
    article.responsible = responsible_person(article, actor.name if actor.in_kim(article.kim_id) else "")
    give_address(article)
    settle(article)
    article.save()
    show(article)
    if is_first:
        note_publication(article.kim_id, article.published_at)


def _tick(article: Article, points: Collection[str], accepts_personal: bool, actor: Actor) -> None:
    known = [point for point in CheckPoint.values if point in points]
    article.checklist = {
        "revision": article.revision,
        "points": known,
        "personal": accepts_personal,
        "by": actor.name,
        "at": clock.now().isoformat(),
    }


def _demand_ready(article: Article) -> None:
    if not article.is_decided:
        raise NotAllowed(UNDECIDED)
    _demand_complete(article)


def _demand_complete(article: Article) -> None:
    if article.kim.stage != KimStage.REGISTERED:
        raise NotAllowed("KIM ini belum terverifikasi, jadi belum bisa menerbitkan kabar.")
    missing = policies.problems(article, queries.photos(article))
    if missing:
        raise NotAllowed(" ".join(missing))
    ticked = article.checklist.get("points", []) if article.checklist.get("revision") == article.revision else []
    left = len(CheckPoint.values) - len(ticked)
    if left:
        raise NotAllowed(f"Centang {left} lagi di daftar periksa sebelum menerbitkan.")
    if queries.personal_traces(article) and not article.checklist.get("personal"):
        raise NotAllowed("Tulisan ini memuat data pribadi. Hapus dulu, atau centang bahwa orangnya setuju.")
