"""The demo is the same at every loading, is marked, and goes away whole."""

import random
import re

import pytest

from accounts.factories import actor
from kim.accounts.models import Person, Role
from kim.demo import actions, places, register, stories, texts
from kim.evaluation.models import Figure
from kim.kernel.results import NotAllowed
from kim.ledger.models import Entry
from kim.media.models import Upload
from kim.publishing.models import Article
from kim.registry.actions import approve
from kim.registry.models import Kim
from kim.registry.workflow import Stage
from kim.search.models import Document
from kim.sources.actions import read_due
from kim.sources.models import Host, Item, Source
from regions.factories import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_site(settings, monkeypatch):
    settings.KIM_DEMO = True
    monkeypatch.setattr(texts, "HOW_MANY", 140)
    plant("ID", "35", *(code for scene in places.SCENES for code in scene.villages), *register.WAITING)


def test_the_demo_has_what_the_dossier_asks():
    villages = [code for scene in places.SCENES for code in scene.villages]
    ponorogo = places.PONOROGO.villages
    assert len(villages) == len(set(villages)) >= 60
    assert (len(ponorogo), len({code[:8] for code in ponorogo})) == (21, 11)
    assert texts.HOW_MANY >= 400


def test_no_story_keeps_an_unfilled_gap():
    chance = random.Random(1)
    for pattern in stories.patterns() * 4:
        scene = chance.choice(places.SCENES)
        words = (
            places.EVERYWHERE
            | scene.words
            | {"desa": ("Contoh",), "kec": ("Contoh",), "kab": ("Contoh",), "tokoh": ("Ani",)}
        )
        story = stories.tell(pattern, words, chance)
        assert not re.search(r"[{}|]", story.title + story.gist + story.body + story.scene)


def test_loading_marks_everything_and_removing_leaves_nothing(demo_site, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(actions, "touched", lambda *tags: told.extend(tags))
    actions.load(lambda _: None)
    actions.load(lambda _: None)
    assert Kim.objects.count() == Kim.objects.filter(is_demo=True).count() == 66
    assert Article.objects.filter(stage="published", is_demo=True).count() == 140
    assert Document.objects.filter(kind="kim").exists() and Figure.objects.get(region_id="ID").kims == 63
    assert not Person.objects.filter(is_demo=False).exists()
    assert (Source.objects.filter(is_demo=True).count(), Item.objects.count()) == (2, 5)
    assert read_due() == 0  # from files, and never asked for over the network
    actions.remove()
    for model in (Kim, Article, Document, Person, Upload, Entry, Source, Item, Host):
        assert not model.objects.exists(), model
    assert told == ["*", "*"]  # once loaded, once removed


def test_an_officer_can_approve_what_waits_in_the_demo(demo_site):
    waiting = [kim for kim in register.queue(random.Random(1)) if kim.stage == Stage.SUBMITTED]
    assert waiting
    for kim in waiting:
        kim = approve(kim.pk, actor=actor(Role.REGENCY, "35.02"))
        assert kim.registry_number and kim.slug
        assert kim.created_by.is_demo


def test_the_demo_refuses_to_stand_beside_real_people(demo_site):
    Person.objects.create(name="Orang Sungguhan", phone="+6281311112222")
    with pytest.raises(NotAllowed):
        actions.load(lambda _: None)
