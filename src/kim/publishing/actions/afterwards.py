"""After publication: a correction that shows, a reply, taking down with a reason, and bringing back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock, markup
from kim.kernel.personal import traces
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media
from kim.publishing import policies
from kim.publishing.actions.base import keep_revision, locked, record
from kim.publishing.actions.showing import show
from kim.publishing.actions.writing import put_words, touch
from kim.publishing.models import Article, Correction, Reply, Withdrawal
from kim.publishing.workflow import WORKFLOW
from kim.search import actions as search


@transaction.atomic
def correct(
    article_id: UUID,
    *,
    fields: Mapping[str, Any],
    ralat: str,
    version: int,
    hides_earlier: bool = False,
    accepts_personal: bool = False,
    actor: Actor,
) -> Correction:
    """A published text changes only together with a sentence that says so; the earlier version stays readable,
    unless it held personal data."""
    article = locked(article_id)
    demand(policies.can_correct(actor, article))
    article.stage = WORKFLOW.after("correct", article.stage)
    if version != article.version:
        raise NotAllowed("Orang lain sudah meralat kabar ini lebih dulu. Buka lagi supaya ralat Anda tidak menimpa.")
    earlier, words_before = article.revision, _words(article)
    if not put_words(article, {name: fields[name] for name in ("title", "gist", "body")}):
        raise NotAllowed("Belum ada yang diubah. Betulkan tulisannya dulu, lalu tulis ralatnya.")
    fresh = set(traces(_words(article))) - set(traces(words_before))
    if fresh and not accepts_personal:
        raise NotAllowed("Tulisan baru memuat data pribadi. Hapus dulu, atau centang bahwa orangnya setuju.")
    was_decided = article.decided_revision == earlier
    keep_revision(article, actor, is_settled=True, note=ralat)
    article.decided_revision = article.revision if was_decided else article.decided_revision
    article.corrected_at = clock.now()
    touch(article)
    correction = Correction.objects.create(
        article=article,
        text=ralat.strip(),
        revision=earlier,
        is_earlier_hidden=hides_earlier,
        by_id=actor.person_id,
    )
    show(article)
    record("article.corrected", article, actor, ralat=ralat, earlier=earlier)
    return correction


@transaction.atomic
def reply(article_id: UUID, *, name: str, text: str, actor: Actor) -> Reply:
    """The answer of somebody the text is about (hak jawab), shown with it from now on."""
    article = locked(article_id)
    demand(policies.can_reply(actor, article))
    article.stage = WORKFLOW.after("reply", article.stage)
    answer = Reply.objects.create(article=article, name=name.strip(), text=text.strip(), by_id=actor.person_id)
    record("article.replied", article, actor, name=answer.name)
    return answer


@transaction.atomic
def unpublish(article_id: UUID, *, category: str, reason: str, actor: Actor) -> Article:
    """The text and its photos leave the public; its address says it was withdrawn, and why in a word."""
    article = locked(article_id)
    demand(policies.can_unpublish(actor, article))
    article.stage = WORKFLOW.after("unpublish", article.stage)
    if not reason.strip():
        raise NotAllowed("Tulis alasannya, supaya penulisnya tahu apa yang perlu diperbaiki.")
    take_down(article, category=category, reason=reason, actor=actor)
    record("article.withdrawn", article, actor, category=category, reason=reason)
    return article


@transaction.atomic
def restore(article_id: UUID, *, actor: Actor) -> Article:
    """A text taken down is public again, at its old address and date."""
    article = locked(article_id)
    demand(policies.can_restore(actor, article))
    article.stage = WORKFLOW.after("restore", article.stage)
    article.withdrawn_at = None
    article.withdrawn_category = article.withdrawn_reason = article.withdrawn_by = article.withdrawn_code = ""
    article.save()
    show(article)
    record("article.restored", article, actor)
    return article


def take_down(article: Article, *, category: str, reason: str, actor: Actor) -> None:
    """What withdrawing means, whoever decided it."""
    article.withdrawn_at = clock.now()
    article.withdrawn_category, article.withdrawn_reason = Withdrawal(category), reason.strip()
    article.withdrawn_by = actor.hat.label if actor.hat else actor.name
    article.withdrawn_code = (actor.region_code or "") if actor.is_official else ""
    article.save()
    media.open_to_public(article.photos.order_by().values("upload_id"), is_public=False)
    search.remove(article.key)


def _words(article: Article) -> str:
    return "\n".join([article.title, article.gist, *markup.words_of(article.body)])
