"""What a desk sees: the KIM its own texts and tasks, an office what waits for it or was published there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.discussion.queries import open_rooms
from kim.doors.paging import Page, page
from kim.inbox.queries import unread
from kim.kernel import clock
from kim.moderation.queries import open_of_kim, standing
from kim.publishing.models import NEWEST, Article, Photo, Revision
from kim.publishing.queries.reading import OPENED
from kim.publishing.workflow import Stage
from kim.regions.models import RegionalQuerySet
from kim.registry import queries as registry
from kim.registry.models import Kim

HEARTBEAT = timedelta(minutes=2)  # of silence, and a form counts as left
MOST_TASKS = 6


def visible_to(actor: Actor) -> RegionalQuerySet:
    """What this hat may open at a desk: all texts of one's KIM; for an office what waits for it or was published there."""
    rows = Article.objects.select_related("kim", "region", "cover", "author", "editing_by")
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return rows.filter(kim_id=actor.kim_id)
    if actor.wears(*OFFICES):
        seen = (Stage.REVIEWED, *OPENED)
        return rows.within(actor.region_code).filter(stage__in=seen)
    return rows.none()


def of_stage(actor: Actor, stages: tuple[str, ...] = (), *, after: str = "", size: int = 20) -> Page:
    """A page of the desk's texts in these stages (all, if none is named), last edited first; of public ones the newest."""
    rows = visible_to(actor)
    return page(rows.filter(stage__in=stages) if stages else rows, after=after, size=size, keys=order_of(stages))


def order_of(stages: tuple[str, ...]) -> tuple[str, str]:
    """How a list of these stages is ordered; public texts as readers find them, along the same index."""
    return NEWEST if stages == (Stage.PUBLISHED,) else ("-edited_at", "-id")


def photos(article: Article) -> list[Photo]:
    return list(article.photos.select_related("upload"))


def history(article: Article) -> QuerySet[Revision]:
    """Every revision, newest first."""
    return article.revisions.select_related("author")


def history_page(article: Article, after: str = "") -> Page:
    """A page of them, without their texts."""
    return page(history(article).defer("gist", "body", "details"), after=after, size=40, keys=("-number",))


def other_editor(article: Article, actor: Actor) -> str:
    """The name of somebody else who has this text open just now."""
    is_alive = article.editing_at is not None and article.editing_at > clock.now() - HEARTBEAT
    if is_alive and article.editing_by and article.editing_by_id != actor.person_id:
        return article.editing_by.name
    return ""


def waiting_count(actor: Actor) -> int:
    """How many texts wait for the look of this office."""
    return visible_to(actor).filter(stage=Stage.REVIEWED).count()


def kim_of(actor: Actor) -> Kim:
    """The KIM of the hat worn; raises DoesNotExist without one."""
    return registry.visible_to(actor).get(id=actor.kim_id)


def figures(kim_id: UUID) -> dict[str, int]:
    """How much this KIM has published: since the first of the month, and in all."""
    first = clock.local(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    out = Article.objects.filter(kim_id=kim_id, stage=Stage.PUBLISHED)
    return out.aggregate(month=Count("id", filter=Q(published_at__gte=first)), total=Count("id"))


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, where, and a line that says why."""

    icon: str
    title: str
    url: str
    line: str = ""
    is_urgent: bool = False


def tasks(actor: Actor, kim: Kim, *, known: Collection[str] = ()) -> list[Task]:
    """Everything this member can do now, the most pressing first; no message that only leads to a `known` place."""
    own = visible_to(actor).filter(stage__in=(Stage.RETURNED, Stage.DECIDED, Stage.DRAFT)).order_by("-edited_at", "-id")
    texts = list(own[:60])
    found = [
        *_reported(actor),
        *_papers(kim),
        *_returned(texts),
        *_rooms(actor),
        *_ready(texts, actor),
        *_messages(actor, known),
    ]
    return found + _drafts(texts, actor)


def _reported(actor: Actor) -> list[Task]:
    """What was reported of this KIM and may still be answered; for those who answer for it."""
    cases = open_of_kim(actor) if actor.wears(Role.EDITOR, Role.BOARD) else []
    return [
        Task("flag", f"Dilaporkan: {case}", reverse("moderation:kim_case", args=[case.id]), standing(case).text, True)
        for case in cases
    ]


def _papers(kim: Kim) -> list[Task]:
    standing = registry.legal_status(kim)
    if standing.code not in ("segera", "habis"):
        return []
    return [Task("certificate", "Perpanjang SK KIM", "/kerja/kim/sk/", standing.text, is_urgent=True)]


def _returned(texts: list[Article]) -> list[Task]:
    rows = [a for a in texts if a.stage == Stage.RETURNED]
    return [
        Task("pen", f"Perbaiki: {a}", a.desk_url, f"Catatan Diskominfo: {a.returned_note[:120]}", True) for a in rows
    ]


def _rooms(actor: Actor) -> list[Task]:
    asked = open_rooms(actor).filter(has_own_side=False).values_list("title", "url", "said")[:MOST_TASKS]
    return [
        Task("chat", f"Bahas bersama: {title}", url, (f"{said} pesan. " if said else "") + "Anda belum menjawab.")
        for title, url, said in asked
    ]


def _ready(texts: list[Article], actor: Actor) -> list[Task]:
    if not actor.wears(Role.EDITOR, Role.BOARD):
        return []
    rows = [a for a in texts if a.stage == Stage.DECIDED]
    return [
        Task("verified", f"Periksa dan terbitkan: {a}", f"{a.desk_url}periksa/", f"Ditulis {a.author}")
        for a in rows[:MOST_TASKS]
    ]


def _messages(actor: Actor, known: Collection[str]) -> list[Task]:
    notes = [note for note in unread(actor, MOST_TASKS * 2) if note.url not in known]
    return [Task("inbox", note.text, f"/kerja/pesan/{note.id}/", "Pesan baru") for note in notes[:MOST_TASKS]]


def _drafts(texts: list[Article], actor: Actor) -> list[Task]:
    rows = [a for a in texts if a.stage == Stage.DRAFT and a.author_id == actor.person_id]
    return [
        Task("document", f"Lanjutkan menulis: {a}", f"{a.desk_url}tulis/", "Konsep Anda") for a in rows[:MOST_TASKS]
    ]
