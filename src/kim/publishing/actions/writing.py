"""Writing and rewriting. Nothing typed is lost: a stale form is told so and keeps its words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.accounts.queries import is_newcomer
from kim.discussion import actions as discussion
from kim.doors.throttle import knock
from kim.kernel import clock, markup, text
from kim.kernel.results import NotAllowed, demand
from kim.publishing import policies
from kim.publishing.actions.base import DETAILS, TEXT, keep_revision, locked, record
from kim.publishing.models import Article, Kind
from kim.publishing.queries.desk import HEARTBEAT
from kim.publishing.workflow import WORKFLOW, Stage
from kim.registry.models import Kim

FIELDS = (*TEXT, *DETAILS)
QUIET = (Stage.DRAFT, Stage.RETURNED)
NEWCOMERS_A_DAY = 20  # texts an account begins in its first week; counted per account, never per address


class Stale(NotAllowed):
    """Somebody else saved this text since the form was opened."""


@transaction.atomic
def start(
    article_id: UUID,
    *,
    kind: str,
    fields: Mapping[str, Any],
    form_key: UUID | None,
    is_final: bool,
    actor: Actor,
) -> Article:
    """A new text under the id its form was made with; the same form arriving twice is the same text."""
    demand(policies.can_write(actor, actor.kim_id))
    kim = Kim.objects.get(id=actor.kim_id)
    article, is_new = Article.objects.get_or_create(
        id=article_id,
        defaults={"kim": kim, "region_id": kim.region_id, "kind": Kind(kind), "author_id": actor.person_id},
    )
    if article.kim_id != kim.id:
        raise Article.DoesNotExist
    if is_new and is_newcomer(actor.person_id):
        knock(f"tulis-baru:{actor.person_id}", limit=NEWCOMERS_A_DAY, per=timedelta(days=1))
    if is_new:
        record("article.started", article, actor, kind=kind)
    return edit(article_id, fields=fields, version=0, form_key=form_key, is_final=is_final, actor=actor)


@transaction.atomic
def edit(
    article_id: UUID,
    *,
    fields: Mapping[str, Any],
    version: int,
    form_key: UUID | None = None,
    is_final: bool = True,
    note: str = "",
    actor: Actor,
) -> Article:
    """The text as typed, sanitised. A decided or discussed text becomes a draft again; autosave (`is_final=False`)
    never does that. Raises Stale when another form has saved in between."""
    article = locked(article_id)
    demand(policies.can_edit(actor, article))
    stage = WORKFLOW.after("edit", article.stage)
    if not is_final and article.stage not in QUIET:
        raise NotAllowed("Tulisan ini sudah dibahas. Tekan Simpan bila memang ingin mengubahnya.")
    if put_words(article, fields):
        _demand_fresh(article, version, form_key)
        reopen(article, stage, actor)
    article.editing_by_id, article.editing_key = actor.person_id, form_key
    keep_revision(article, actor, is_settled=is_final, note=note)
    touch(article)
    if is_final:
        record("article.saved", article, actor)
    return article


@transaction.atomic
def bring_back(article_id: UUID, *, number: int, actor: Actor) -> Article:
    """The text as it stood in an earlier revision becomes the newest one; nothing in between is lost."""
    article = locked(article_id)
    old = article.revisions.get(number=number)
    fields = {name: getattr(old, name) for name in TEXT}
    fields |= {name: value for name, value in old.details.items() if name in DETAILS}
    if fields.get("held_on"):
        fields["held_on"] = date.fromisoformat(fields["held_on"])
    return edit(article_id, fields=fields, version=article.version, note=f"Kembali ke versi {number}", actor=actor)


@transaction.atomic
def look_in(article_id: UUID, *, actor: Actor) -> None:
    """The desk knows who has the form open; whoever came first keeps the place for two minutes of silence."""
    article = locked(article_id)
    demand(policies.can_edit(actor, article))
    quiet_since = clock.now() - HEARTBEAT
    if article.editing_by_id in (None, actor.person_id) or (article.editing_at or quiet_since) <= quiet_since:
        Article.objects.filter(id=article.id).update(editing_by_id=actor.person_id, editing_at=clock.now())


def put_words(article: Article, fields: Mapping[str, Any]) -> bool:
    """Put the typed words on the article, cleaned; whether anything is different now."""
    typed = {name: fields[name] for name in FIELDS if name in fields}
    if "body" in typed:
        typed["body"] = markup.clean(typed["body"])
    if "gist" in typed:
        typed["gist"] = "\n".join(filter(None, map(text.squeeze, typed["gist"].splitlines())))
    changed = False
    for name, value in typed.items():
        value = text.squeeze(value) if isinstance(value, str) and name not in ("body", "gist") else value
        changed = changed or getattr(article, name) != value
        setattr(article, name, value)
    return changed or article.revision == 0


def reopen(article: Article, stage: str, actor: Actor) -> None:
    """A changed text leaves its room and its decision behind."""
    if article.stage == Stage.DISCUSSED:
        discussion.close_room(
            article.key, reason=f"{actor.name} mengubah tulisan. Ajukan lagi bila sudah siap.", actor=actor
        )
    article.stage = stage
    article.decided_revision, article.checklist, article.kim_note = None, {}, ""


def touch(article: Article) -> None:
    """One more save: whoever has an older form open will hear of it."""
    article.version += 1
    article.edited_at = article.editing_at = clock.now()
    article.save()


def _demand_fresh(article: Article, version: int, form_key: UUID | None) -> None:
    is_own_form = form_key is not None and form_key == article.editing_key
    if version != article.version and not is_own_form:
        name = article.editing_by.name if article.editing_by else "Orang lain"
        raise Stale(f"{name} sudah menyimpan tulisan ini lebih dulu. Tulisan Anda tidak hilang: bandingkan dulu.")
