"""Who gives which hat, and what a hat never reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import actor, mandate, official, person
from kim.accounts import actions, policies, queries
from kim.accounts.actor import ANONYMOUS, SYSTEM, Actor, Hat
from kim.accounts.models import KIM_ROLES, Mandate, Purpose, Role
from kim.kernel.codes import NATION
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from regions.factories import plant

VILLAGE = "35.02.17.1008"

pairs = st.lists(st.integers(10, 12).map(str), min_size=1, max_size=4)


def code_of(parts: list[str]) -> str:
    return ".".join(parts[:3]) + (f".10{parts[3]}" if len(parts) == 4 else "")


@given(mine=pairs, theirs=pairs, role=st.sampled_from(list(Role)))
def test_a_hat_holds_a_region_only_when_its_code_is_a_whole_prefix(mine, theirs, role):
    a, b = code_of(mine), code_of(theirs)
    hat = Hat(new_id(), role, a, None, "x")
    assert Actor(new_id(), "A", hat, (hat,)).holds(role, within=b) == (theirs[: len(mine)] == mine)


@given(role=st.sampled_from(list(Role)), other=st.sampled_from(list(Role)), mine=pairs, theirs=pairs)
def test_nobody_but_the_nation_gives_a_hat_outside_the_own_region(role, other, mine, theirs):
    a, b = code_of(mine), code_of(theirs)
    hat = Hat(new_id(), role, a, None, "x")
    if policies.can_give_mandate(Actor(new_id(), "A", hat, (hat,)), other, b, new_id() if other in KIM_ROLES else None):
        assert theirs[: len(mine)] == mine


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("giver", "at", "role", "region"),
    [
        (Role.NATIONAL, NATION, Role.PROVINCE, "35"),
        (Role.PROVINCE, "35", Role.REGENCY, "35.02"),
        (Role.REGENCY, "35.02", Role.VILLAGE, VILLAGE),
        (Role.REGENCY, "35.02", Role.AGENCY, "35.02"),
        (Role.NATIONAL, NATION, Role.SUPPORT, "35"),
    ],
)
def test_each_level_gives_the_hats_of_the_level_below(giver, at, role, region):
    plant(region)
    who = person()
    given = actions.give_mandate(who.pk, role=role, region=region, actor=actor(giver, at))
    assert given in queries.in_force().filter(person=who)
    assert Entry.objects.get(verb="mandate.given").key == who.key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("giver", "at", "role", "region"),
    [
        (Role.REGENCY, "35.02", Role.REGENCY, "35.02"),
        (Role.REGENCY, "35.03", Role.VILLAGE, VILLAGE),
        (Role.PROVINCE, "35", Role.NATIONAL, NATION),
        (Role.PROVINCE, "35", Role.REGENCY, "61.71"),
        (Role.VILLAGE, VILLAGE, Role.REGENCY, "35.02"),
        (Role.SUPPORT, "35", Role.PROVINCE, "35"),
        (Role.NATIONAL, NATION, Role.PROVINCE, "35.02"),
    ],
)
def test_no_other_hat_is_given(giver, at, role, region):
    plant(region)
    who = person()
    with pytest.raises(Refused):
        actions.give_mandate(who.pk, role=role, region=region, actor=actor(giver, at))
    assert not Mandate.objects.filter(person=who).exists()


@pytest.mark.django_db
def test_a_board_gives_hats_in_its_own_kim_only():
    mine, other = new_id(), new_id()
    chair = actor(Role.BOARD, kim_id=mine)
    who = person()
    actions.give_mandate(who.pk, role=Role.EDITOR, region=VILLAGE, kim_id=mine, actor=chair)
    with pytest.raises(Refused):
        actions.give_mandate(who.pk, role=Role.EDITOR, region=VILLAGE, kim_id=other, actor=chair)
    with pytest.raises(Refused):
        actions.give_mandate(
            who.pk, role=Role.MEMBER, region=VILLAGE, kim_id=mine, actor=actor(Role.MEMBER, kim_id=mine)
        )


@pytest.mark.django_db
def test_the_same_hat_given_twice_is_one_hat():
    plant("35.02")
    who, giver = person(), actor(Role.PROVINCE, "35")
    first = actions.give_mandate(who.pk, role=Role.REGENCY, region="35.02", actor=giver)
    assert actions.give_mandate(who.pk, role=Role.REGENCY, region="35.02", actor=giver) == first
    assert Entry.objects.filter(verb="mandate.given").count() == 1


@pytest.mark.django_db
def test_a_hat_for_a_place_that_does_not_exist_is_not_given():
    plant("35")
    with pytest.raises(NotAllowed):
        actions.give_mandate(person().pk, role=Role.REGENCY, region="35.99", actor=actor(Role.PROVINCE, "35"))


@pytest.mark.django_db
def test_an_ended_hat_gives_nothing_and_cannot_end_twice():
    giver = actor(Role.PROVINCE, "35")
    who = official()
    hat = who.mandates.get()
    actions.end_mandate(hat.pk, actor=giver, reason="Pindah tugas")
    assert queries.actor_for(who).hat is None
    assert Entry.objects.get(verb="mandate.ended").data["reason"] == "Pindah tugas"
    with pytest.raises(NotAllowed):
        actions.end_mandate(hat.pk, actor=giver)


@pytest.mark.django_db
def test_one_may_lay_down_ones_own_hat_and_nobody_elses():
    who = person()
    hat = mandate(who, Role.VILLAGE)
    with pytest.raises(Refused):
        actions.end_mandate(hat.pk, actor=actor(Role.REGENCY, "35.03"))
    actions.end_mandate(hat.pk, actor=queries.actor_for(who))


@pytest.mark.django_db
def test_a_code_is_made_by_whoever_stands_above_every_hat_it_opens():
    kim, other = new_id(), new_id()
    who = person()
    mandate(who, Role.MEMBER, kim_id=kim)
    chair = actor(Role.BOARD, kim_id=kim)
    assert actions.issue_code(who.pk, actor=chair)
    assert actions.issue_code(who.pk, actor=actor(Role.VILLAGE))
    assert actions.issue_code(who.pk, actor=actor(Role.SUPPORT, "35"))
    mandate(who, Role.MEMBER, "61.71.05.1001", kim_id=other)
    for helper in (chair, actor(Role.REGENCY, "35.02"), actor(Role.BOARD, kim_id=new_id()), ANONYMOUS):
        with pytest.raises(Refused):
            actions.issue_code(who.pk, actor=helper)
    assert actions.issue_code(who.pk, actor=SYSTEM)


@pytest.mark.django_db
def test_a_pin_code_never_opens_an_officials_hat():
    who = official(phone="+6281234567001")
    mandate(who, Role.MEMBER, kim_id=(kim := new_id()))
    chair = actor(Role.BOARD, kim_id=kim)
    assert actions.issue_code(who.pk, actor=chair, purpose=Purpose.PIN)
    with pytest.raises(Refused):
        actions.issue_code(who.pk, actor=chair, purpose=Purpose.PASSWORD)


@pytest.mark.django_db
def test_nobody_makes_a_code_for_oneself():
    who = person()
    mandate(who, Role.BOARD, kim_id=new_id())
    with pytest.raises(Refused):
        actions.issue_code(who.pk, actor=queries.actor_for(who))


@pytest.mark.django_db
def test_people_of_another_region_are_never_in_care():
    here, there = person("Ani"), person("Budi")
    mandate(here, Role.VILLAGE)
    mandate(there, Role.VILLAGE, "61.71.05.1001")
    seen = queries.visible_to(actor(Role.REGENCY, "35.02"))
    assert here in seen
    assert there not in seen
    assert not queries.visible_to(ANONYMOUS).exists()
