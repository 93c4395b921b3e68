"""Photos of a text: brought, described, put in order. A changed photo is a changed text."""

from collections.abc import Mapping
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock, text
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media
from kim.media.models import Purpose
from kim.publishing import policies
from kim.publishing.actions.base import keep_revision, locked, record
from kim.publishing.actions.writing import reopen
from kim.publishing.models import Article, Photo
from kim.publishing.workflow import WORKFLOW


@transaction.atomic
def add_photo(
    article_id: UUID,
    *,
    file: UploadedFile,
    alt: str = "",
    credit: str = "",
    has_consent: bool = False,
    actor: Actor,
) -> Photo:
    """One more photo at the end; the first one becomes the cover. Raises media's BadFile for what is no picture."""
    article, stage = _opened(article_id, actor)
    if article.photos.count() >= policies.MOST_PHOTOS:
        raise NotAllowed(f"Satu kabar paling banyak {policies.MOST_PHOTOS} foto.")
    alt, credit = text.squeeze(alt)[:300], text.squeeze(credit)[:120]
    upload = media.store(file, purpose=Purpose.PHOTO, actor=actor, kim_id=article.kim_id, region_code=article.region_id)
    media.describe(upload.id, alt=alt, credit=credit, has_consent=has_consent)
    last = article.photos.last()
    photo = Photo.objects.create(article=article, upload=upload, order=last.order + 1 if last else 0)
    article.cover = article.cover or upload
    _done(article, stage, actor)
    record("article.photographed", article, actor, upload=str(upload.id))
    return photo


@transaction.atomic
def describe_photos(article_id: UUID, *, words: Mapping[int, Mapping[str, object]], actor: Actor) -> None:
    """The words of each photo (`alt`, `credit`, `has_consent`) by its number; what is unchanged stays untouched."""
    article, stage = _opened(article_id, actor)
    changed = False
    for photo in article.photos.select_related("upload").filter(id__in=words):
        upload, said = photo.upload, words[photo.id]
        alt, credit = text.squeeze(str(said["alt"]))[:300], text.squeeze(str(said["credit"]))[:120]
        has_consent = bool(said["has_consent"])
        if (upload.alt, upload.credit, upload.has_consent) != (alt, credit, has_consent):
            media.describe(upload.id, alt=alt, credit=credit, has_consent=has_consent)
            changed = True
    if changed:
        _done(article, stage, actor)
        record("article.captioned", article, actor)


@transaction.atomic
def arrange_photo(article_id: UUID, *, photo_id: int, step: str, actor: Actor) -> None:
    """Move a photo `up` or `down`, make it the `cover`, or `remove` it from the text."""
    article, stage = _opened(article_id, actor)
    row = list(article.photos.select_related("upload"))
    photo = next((p for p in row if p.id == photo_id), None)
    if photo is None:
        raise Photo.DoesNotExist
    if step in ("up", "down"):
        _swap(row, photo, -1 if step == "up" else 1)
    elif step == "cover":
        article.cover = photo.upload
    elif step == "remove":
        photo.delete()
        if article.cover_id == photo.upload_id:
            article.cover = next((p.upload for p in row if p.upload_id != photo.upload_id), None)
    _done(article, stage, actor)
    record("article.arranged", article, actor, step=step, photo=photo_id)


def _swap(row: list[Photo], photo: Photo, way: int) -> None:
    here = row.index(photo)
    there = here + way
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for order, one in enumerate(row):
        one.order = order
    Photo.objects.bulk_update(row, ["order"])


def _opened(article_id: UUID, actor: Actor) -> tuple[Article, str]:
    article = locked(article_id)
    demand(policies.can_edit(actor, article))
    return article, WORKFLOW.after("edit", article.stage)


def _done(article: Article, stage: str, actor: Actor) -> None:
    reopen(article, stage, actor)
    keep_revision(article, actor, is_settled=False)
    article.edited_at = clock.now()  # the version stays: an open form's words are not stale because of a photo
    article.save()
