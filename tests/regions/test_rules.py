"""Local rules: the nearest region that sets one is heard, and scope is a prefix."""

import pytest

from kim.regions import actions, queries
from kim.regions.models import DEFAULT_RULES, LocalRule, Region
from regions.factories import plant

pytestmark = pytest.mark.django_db
VILLAGE = "35.02.17.1008"


@pytest.fixture(autouse=True)
def places():
    plant(VILLAGE, "64.08.04.2001")


def test_without_local_rules_the_defaults_are_in_force():
    rule = queries.rule(VILLAGE, "minimum_members")
    assert (rule.value, rule.is_blocking, rule.region_code) == (DEFAULT_RULES["minimum_members"], False, "ID")


def test_the_nearest_region_that_sets_a_rule_is_heard(django_assert_num_queries):
    actions.set_rule(region_code="ID", key="minimum_members", value=6)
    actions.set_rule(region_code="35.02", key="minimum_members", value=10, is_blocking=True, source="SE 14/2022")
    actions.set_rule(region_code="35", key="minimum_members", value=8)
    with django_assert_num_queries(1):
        rule = queries.rules(VILLAGE)["minimum_members"]
    assert (rule.value, rule.is_blocking, rule.source, rule.region_code) == (10, True, "SE 14/2022", "35.02")
    assert queries.rule("35", "minimum_members").value == 8
    assert queries.rule("64.08.04.2001", "minimum_members").value == 6


def test_setting_a_rule_again_replaces_it():
    actions.set_rule(region_code="35", key="term_years_max", value=3)
    actions.set_rule(region_code="35", key="term_years_max", value=4)
    assert LocalRule.objects.get().value == 4


def test_a_rule_nobody_defined_is_an_error():
    with pytest.raises(KeyError):
        queries.rule("35", "colour_of_the_door")


def test_scope_is_a_prefix_and_the_nation_holds_all(django_assert_num_queries):
    for code in ("ID", "35", "35.02", VILLAGE, "64.08"):
        actions.set_rule(region_code=code, key="term_years_max", value=3)
    assert {rule.region_id for rule in LocalRule.objects.within("35.02")} == {"35.02", VILLAGE}
    assert LocalRule.objects.within("ID").count() == 5
    assert {region.code for region in Region.objects.within("64")} == {
        "64",
        "64.08",
        "64.08.04",
        "64.08.04.2001",
    }
    with pytest.raises(ValueError):
        LocalRule.objects.within("35.0")


def test_the_lineage_begins_with_the_nation():
    assert [region.code for region in queries.lineage(VILLAGE)] == ["ID", "35", "35.02", "35.02.17", VILLAGE]


def test_planting_twice_is_harmless():
    before = Region.objects.count()
    assert plant(VILLAGE)[VILLAGE].title == "Kelurahan Bangunsari"
    assert Region.objects.count() == before
