"""Loading the demo and taking it away again. It refuses to stand beside real people."""

import random
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import transaction

from kim.accounts.models import Person
from kim.accounts.queries import has_real_people
from kim.demo import (
    aspirations,
    bulletins,
    hoaxes,
    meetings,
    people,
    pictures,
    register,
    reports,
    sources,
    stories,
    texts,
)
from kim.discussion.models import Room
from kim.evaluation import actions as evaluation
from kim.inbox.models import Delivery
from kim.kernel.results import NotAllowed
from kim.ledger.models import Entry
from kim.media.models import Upload
from kim.pages import tags, touched
from kim.publishing.models import Article
from kim.publishing.queries import digest_of
from kim.registry.models import Kim
from kim.search.models import Document
from kim.web.actions import index_kim

SEED = 2026


def is_loaded() -> bool:
    return Kim.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(tell: Callable[[str], None]) -> None:
    """KIM, people, texts and pictures of the demo, the same at every loading; nothing when they are there already.

    Raises NotAllowed beside real people: invented KIM among real ones would be a lie.
    """
    if has_real_people() or not settings.KIM_DEMO:
        raise NotAllowed("Data contoh tidak boleh dimuat di samping data sungguhan.")
    if is_loaded():
        return
    chance = random.Random(SEED)
    tell("Menggambar foto contoh")
    photos = {scene: pictures.draw(scene) for scene in sorted(_scenes())}
    tell("Mendaftarkan KIM contoh")
    villages = register.found(chance)
    register.queue(chance)
    authors, home_people = people.settle(villages)
    articles = texts.write(villages, authors, photos, chance, tell)
    texts.correct(articles, chance)
    home = next(village for village in villages if village.region.code == people.HOME)
    texts.discuss(home, home_people, chance)
    young, lapsed = villages[20], villages[6]
    texts.ask_for_a_look(young, authors[young.kim.id], chance)
    register.renew(lapsed.kim)
    tell("Mengirim info pemerintah contoh")
    bulletins.send(authors, chance)
    sources.suggest()
    aspirations.speak()
    meetings.deliberate()
    tell("Menanyakan hoaks contoh")
    hoaxes.ask(chance)
    _remember(villages, articles)
    tell("Menulis laporan contoh")
    reports.complain(articles, chance)
    tell("Menghitung angka wilayah")
    evaluation.recount()
    touched(tags.EVERYTHING)


def _scenes() -> set[str]:
    named = {scene for pattern in stories.patterns() for scene in pattern.scenes if not scene.startswith("{")}
    local = {name for place in register.SCENES for key in ("produk_scene", "ladang") for name in place.words[key]}
    return named | local


def _remember(villages: list[register.Village], articles: list[Article]) -> None:
    """The ledger tells the demo's past; its readers have nothing left to do, so no errand is written."""
    born = [_entry("kim.approved", v.kim.key, v.kim.id, v.region.code, v.kim.registered_at) for v in villages]
    told = [
        _entry("article.published", a.key, a.kim_id, a.region_id, a.published_at, title=a.title, digest=digest_of(a))
        for a in articles
    ]
    Entry.objects.bulk_create(born + told)
    for entry in born:
        index_kim(entry)


def _entry(verb: str, key: str, kim_id: UUID, code: str, at: datetime, **data: str) -> Entry:
    return Entry(verb=verb, key=key, kim_id=kim_id, region_code=code, at=at, person_name="Data contoh", data=data)


@transaction.atomic
def remove() -> int:
    """Everything of the demo is gone, its ledger entries too; returns how many KIM there were."""
    kims = list(Kim.objects.filter(is_demo=True).values_list("id", flat=True))
    persons = list(Person.objects.filter(is_demo=True).values_list("id", flat=True))
    articles = Article.objects.filter(kim_id__in=kims)
    keys = [f"article:{id}" for id in articles.values_list("id", flat=True)] + [f"kim:{id}" for id in kims]
    keys += (
        bulletins.remove(persons)
        + meetings.remove(persons)
        + aspirations.remove()
        + hoaxes.remove(persons)
        + reports.remove(kims)
    )
    Document.objects.filter(key__in=keys).delete()
    Room.objects.filter(kim_id__in=kims).delete()
    Delivery.objects.filter(person_id__in=persons).delete()
    articles.update(cover=None)
    articles.delete()
    Kim.objects.filter(id__in=kims).delete()
    sources.forget()
    _remove_files(kims)
    with pgtrigger.ignore("ledger.Entry:append_only"):
        Entry.objects.filter(kim_id__in=kims).delete()
        Entry.objects.filter(person_id__in=persons).delete()
        Entry.objects.filter(key__in=keys).delete()
    Person.objects.filter(id__in=persons).delete()
    aspirations.remove_agencies()
    evaluation.recount()
    touched(tags.EVERYTHING)
    return len(kims)


def _remove_files(kims: list) -> None:
    uploads = Upload.objects.filter(is_demo=True) | Upload.objects.filter(kim_id__in=kims)
    for upload in uploads.prefetch_related("renditions"):
        files = [upload.file, upload.preview, *(rendition.file for rendition in upload.renditions.all())]
        for file in files:
            if file:
                transaction.on_commit(partial(file.storage.delete, file.name))
    uploads.delete()
