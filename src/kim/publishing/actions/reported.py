"""A text as moderation meets it: what it says, and how an office takes it down and puts it back."""

from functools import partial
from uuid import UUID

from kim.accounts.actor import Actor
from kim.moderation.workflow import Printed, Reason, Thing
from kim.publishing import queries
from kim.publishing.actions.afterwards import restore, unpublish
from kim.publishing.models import Article, Withdrawal

# What the public reads as the cause; the author reads the whole reason.
CAUSES = {
    Reason.PERSONAL: Withdrawal.PERSONAL,
    Reason.HATRED: Withdrawal.HATRED,
    Reason.RIGHTS: Withdrawal.RIGHTS,
    Reason.HOAX: Withdrawal.WRONG,
    Reason.WRONG: Withdrawal.WRONG,
}


def reportable(article_id: UUID) -> Thing:
    """A text that is out or was taken down; raises Article.DoesNotExist for any other."""
    return as_thing(queries.opened(article_id))


def as_thing(article: Article) -> Thing:
    return Thing(
        key=article.key,
        title=article.title,
        url=article.get_absolute_url(),
        region_code=article.region_id,
        words=queries.words_of(article),
        kim_id=article.kim_id,
        author_id=article.author_id,
        revision=article.revision,
        desk_url=article.desk_url,
        is_public=article.is_published,
        put_down=partial(_put_down, article.id),
        put_back=partial(_put_back, article.id),
    )


def printed(article: Article, recorded: str) -> Printed:
    """A text with what its page has to say."""
    return Printed(as_thing(article), recorded, (article.body,) if article.body else ())


def printed_sample(limit: int) -> list[Printed]:
    """Some published texts, half of them the newest, each with the digest the ledger wrote down when it went out."""
    rows = queries.released_sample(limit)
    return [printed(article, recorded) for article, recorded in rows]


def _put_down(article_id: UUID, actor: Actor, reason: str, note: str) -> None:
    unpublish(article_id, category=CAUSES.get(Reason(reason), Withdrawal.OTHER), reason=note, actor=actor)


def _put_back(article_id: UUID, actor: Actor) -> None:
    restore(article_id, actor=actor)
