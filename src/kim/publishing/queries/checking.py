"""A text under the lamp: its plain words, what changed, what could be simpler, what should not be in it."""

from kim.accounts.queries import is_newcomer
from kim.kernel import changes, markup
from kim.kernel.personal import Trace, traces
from kim.kernel.plain_language import Hint, hints
from kim.moderation.queries import clues
from kim.publishing.models import Article, Revision
from kim.publishing.queries.released import words_of
from kim.regions.queries import rule
from kim.registry.models import Kim


def lines_of(article: Article | Revision) -> list[str]:
    """The whole text as lines of plain words: title, points, blocks of the body."""
    return [line for line in (article.title, *article.points, *markup.words_of(article.body)) if line]


def personal_traces(article: Article) -> list[Trace]:
    """Personal data the text seems to hold."""
    return traces("\n".join([*lines_of(article), article.place, article.benefit, article.source_note]))


def language_hints(article: Article) -> list[Hint]:
    """What could be said more simply."""
    return hints("\n".join(lines_of(article)))


def differences(article: Article, number: int, other: int | None = None) -> list[list[changes.Piece]]:
    """What a revision changed against `other` (the one before it, if none is named), line by line."""
    new = article.revisions.get(number=number)
    old = article.revisions.filter(number=other) if other else article.revisions.filter(number__lt=number)
    before = old.order_by("-number").first()
    return changes.in_blocks(lines_of(before) if before else [], lines_of(new))


def is_supervised(kim: Kim) -> bool:
    """Whether the next text of this KIM waits for Diskominfo's look: the region says how many first ones do."""
    return kim.published_count < int(rule(kim.region_id, "supervised_first_articles").value)


def awaits_look(article: Article) -> bool:
    """Whether this text waits for Diskominfo's look: a new KIM's first ones, and what a newcomer's account wrote that
    looks like an advertisement of gambling or a flood of links."""
    if is_supervised(article.kim):
        return True
    return bool(clues(f"{article.title}\n{words_of(article)}")) and is_newcomer(article.author_id)
