"""Decided drafts, ready for the act that is measured: publishing them."""

from collections.abc import Sequence
from typing import Any

from kim.accounts.models import Mandate
from kim.publishing.models import Article, Revision
from kim.publishing.queries import published
from kim.publishing.workflow import Stage
from kim.registry.models import Kim

SOURCE = "Petugas pengukuran"


def prepare(hats: Sequence[Mandate], titles: Sequence[str]) -> list[dict[str, Any]]:
    """A decided draft for each title, dealt out among these boards; returns id, KIM, region and place in `hats`."""
    sample = published().order_by("-published_at", "-id").first()
    kims = Kim.objects.in_bulk([hat.kim_id for hat in hats])
    made = []
    for number, title in enumerate(titles):
        at = number % len(hats)
        kim = kims[hats[at].kim_id]
        made.append(
            Article(
                kim=kim, region_id=kim.region_id, title=title, gist=sample.gist, body=sample.body,
                source_note=SOURCE, stage=Stage.DECIDED, revision=1, decided_revision=1, version=1,
                author_id=hats[at].person_id,
            )
        )  # fmt: skip
    Article.objects.bulk_create(made, batch_size=500)
    Revision.objects.bulk_create([_first(article) for article in made], batch_size=500)
    return [
        {"id": str(article.id), "region": article.region_id, "hat": number % len(hats), "slug": article.kim.slug}
        for number, article in enumerate(made)
    ]


def forget() -> None:
    """Drafts of an earlier measurement that nobody published."""
    left = Article.objects.filter(source_note=SOURCE, stage=Stage.DECIDED)
    Revision.objects.filter(article__in=left).delete()
    left.delete()


def _first(article: Article) -> Revision:
    return Revision(
        article=article, number=1, title=article.title, gist=article.gist, body=article.body,
        author_id=article.author_id, is_settled=True,
    )  # fmt: skip
