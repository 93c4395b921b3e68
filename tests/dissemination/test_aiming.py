"""Whom a packet is meant for: the count before it is sent, the fan-out, and what late comers get are one answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import person
from dissemination.factories import VILLAGES, Country, country
from kim.dissemination import actions, queries
from kim.dissemination.forms import BulletinForm
from kim.dissemination.models import Assignment
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed
from kim.publishing.models import Article
from kim.regions.models import Region
from kim.registry.models import Focus, Kim

pytestmark = pytest.mark.django_db
PROGRAMME = "Desa tangguh bencana"


@pytest.fixture
def land() -> Country:
    return country()


def has_published(one: Kim, programme: str) -> None:
    fields = {"kind": "activity", "stage": "published", "published_at": clock.now(), "programme": programme}
    Article.objects.create(kim=one, region_id=one.region_id, title="Gotong royong", author=person(), **fields)


def reached(land: Country, *places: str, **facts) -> set[str]:
    """The villages whose KIM got it; before that the same number was foretold."""
    draft = land.draft(*places, **facts)
    foretold = queries.audience_of(draft, queries.targets_of(draft)).kims
    actions.issue(draft.id, actor=land.national)
    actions.carry_on()
    copies = Assignment.objects.filter(bulletin=draft)
    assert copies.count() == foretold
    return set(copies.values_list("region_id", flat=True))


def test_only_kelurahan_or_only_desa_can_be_named(land):
    assert reached(land, "35", village_kinds=["kelurahan"]) == {VILLAGES[0]}
    assert reached(land, "35", village_kinds=["desa"]) == {VILLAGES[1]}
    assert reached(land, "ID", village_kinds=["desa", "kelurahan"]) == set(VILLAGES)


def test_the_gap_counts_villages_of_the_named_kinds_without_any_KIM(land):
    draft = land.draft("35.02", village_kinds=["kelurahan"], focus=["farm"])
    found = queries.audience_of(draft, queries.targets_of(draft))
    assert (found.kims, found.all_villages, found.without) == (0, 2, 1)


def test_a_programme_reaches_the_KIM_that_published_an_activity_of_it_however_it_is_written(land):
    has_published(land.kims[1], PROGRAMME.upper())
    assert reached(land, "ID", programme=PROGRAMME, is_programme_only=True) == {VILLAGES[1]}
    assert reached(land, "ID", programme=PROGRAMME) == set(VILLAGES)
    assert reached(land, "ID", programme="Lain", is_programme_only=True) == set()


def test_a_packet_for_a_programme_names_it(land):
    with pytest.raises(NotAllowed, match="programnya"):
        actions.issue(land.draft(is_programme_only=True).id, actor=land.national)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.sets(st.sampled_from(["ID", "35", "35.02", "35.02.17", *VILLAGES]), min_size=1),
    focus=st.sets(st.sampled_from([Focus.PUBLIC, Focus.FARM])),
    kinds=st.sets(st.sampled_from([Region.Kind.DESA, Region.Kind.KELURAHAN])),
    is_programme_only=st.booleans(),
)
def test_whoever_is_late_gets_what_the_fan_out_would_have_brought(land, places, focus, kinds, is_programme_only):
    facts = {"focus": sorted(focus), "village_kinds": sorted(kinds), "programme": PROGRAMME}
    bulletin = land.issued(*places, is_programme_only=is_programme_only, **facts)
    brought = set(Assignment.objects.filter(bulletin=bulletin).values_list("kim_id", flat=True))
    Assignment.objects.all().delete()
    assert {one.id for one in land.kims if bulletin in queries.missed_by(one)} == brought
    bulletin.delete()


# The form


def filled(own: Region, **words) -> BulletinForm:
    data = {"agency": "Dinas Contoh", "title": "Judul", "urgency": "usual", "info_class": "anytime"}
    return BulletinForm(data | words, own=own, below=[], regulations=[])


def test_a_village_head_has_nothing_to_aim(land):
    form = filled(Region.objects.get(pk=VILLAGES[0]), is_everywhere="", places=["35"], focus=["farm"])
    assert form.is_valid() and form.targets == [VILLAGES[0]]
    assert "focus" not in form.written
    begun = actions.start(new_id(), actor=land.head)
    saved = actions.edit(begun.id, fields=form.written, targets=form.targets, actor=land.head)
    assert [target.region_id for target in saved.targets.all()] == [VILLAGES[0]]


def test_the_form_wants_the_name_of_the_programme_it_is_only_for(land):
    form = filled(Region.objects.get(pk="35"), is_everywhere="on", is_programme_only="on")
    assert list(form.errors) == ["programme"]
    form = filled(Region.objects.get(pk="35"), is_everywhere="on", remind_after="0", village_kinds=["desa"])
    assert form.is_valid(), form.errors
    assert form.written["remind_after"] == 0 and form.written["village_kinds"] == ["desa"]
    assert filled(Region.objects.get(pk="35"), is_everywhere="on").is_valid()


def test_a_new_packet_bears_the_name_the_office_used_last(land):
    assert queries.usual_agency(land.head).startswith("Pemerintah ")
    assert queries.usual_agency(land.province) == ""
    land.draft(by=land.province, agency="Dinas Kesehatan Jawa Timur")
    assert queries.usual_agency(land.province) == "Dinas Kesehatan Jawa Timur"
