"""What every action on a text does: lock it, keep its revision, write the ledger."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.ledger import actions as ledger
from kim.publishing.models import Article, Revision
from kim.publishing.queries import RELEASES, digest_of

TEXT = ("title", "gist", "body")
DETAILS = ("kind", "category", "source", "source_note", "place", "held_on", "benefit", "programme", "is_urgent")
ONE_SITTING = timedelta(minutes=10)


def locked(article_id: UUID) -> Article:
    """The article, held until the transaction ends; raises DoesNotExist."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("kim", "region")
    return rows.get(id=article_id)


def record(verb: str, article: Article, actor: Actor, **data: Any) -> None:
    """The entry of an act on a text, with what a notice needs to tell of it."""
    known = {"title": article.title, "author": str(article.author_id), "revision": article.revision}
    known["topic"] = article.category  # the lists of its topic change with it (kim.pages)
    if verb in RELEASES:
        known["digest"] = digest_of(article)  # what the public reads from now on (kim.moderation compares)
    ledger.record(verb, article.key, actor=actor, region=article.region_id, kim_id=article.kim_id, **(known | data))


def keep_revision(article: Article, actor: Actor, *, is_settled: bool, note: str = "") -> None:
    """Keep the text as it now is. One author's saves of ten minutes are one revision, until it is settled."""
    newest = article.revisions.order_by("-number").first()
    words = {name: getattr(article, name) for name in TEXT} | {"details": details(article)}
    if newest is not None and _same(newest, words):
        if is_settled and not newest.is_settled:
            settle(article)
        return
    if newest is None or not _goes_on(newest, actor):
        number = newest.number + 1 if newest else 1
        newest = Revision(article=article, number=number, author_id=actor.person_id or article.author_id)
    newest.is_settled, newest.note = is_settled, note[:300]
    for name, value in words.items():
        setattr(newest, name, value)
    newest.save()
    article.revision = newest.number


def settle(article: Article) -> None:
    """The newest revision has been read by others and never changes again."""
    article.revisions.filter(number=article.revision, is_settled=False).update(is_settled=True)


def details(article: Article) -> dict[str, Any]:
    """The other fields and the photos, as JSON keeps them."""
    kept = {name: getattr(article, name) for name in DETAILS}
    kept["held_on"] = kept["held_on"].isoformat() if isinstance(kept["held_on"], date) else None
    uploads = [photo.upload for photo in article.photos.select_related("upload")]
    kept["photos"] = [{"id": str(u.id), "alt": u.alt, "credit": u.credit} for u in uploads]
    return kept


def _same(revision: Revision, words: dict[str, Any]) -> bool:
    return all(getattr(revision, name) == value for name, value in words.items())


def _goes_on(revision: Revision, actor: Actor) -> bool:
    is_fresh = revision.at > clock.now() - ONE_SITTING
    return is_fresh and not revision.is_settled and revision.author_id == actor.person_id
