"""The agencies of a place, their routes and people, free days, and the figures of a desk."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine

from accounts.factories import actor, person
from aspirations.factories import VILLAGE, agency, officer, voice
from kim.accounts import actions as accounts
from kim.accounts import queries as people
from kim.accounts.forms import InviteForm
from kim.accounts.models import Agency, Role
from kim.aspirations import actions, policies, queries
from kim.aspirations.models import Aspiration, Route
from kim.aspirations.policies import Desk
from kim.aspirations.queries.figures import median, together
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.regions.models import Holiday
from regions.factories import plant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "code", "place", "may"),
    [
        (Role.REGENCY, "35.02", "35.02", True),
        (Role.REGENCY, "35.02", "35.02.17", True),
        (Role.REGENCY, "35.02", "35.02.17.1008", False),
        (Role.REGENCY, "35.02", "64.08", False),
        (Role.REGENCY, "35.02", "35", False),
        (Role.PROVINCE, "35", "35", True),
        (Role.PROVINCE, "35", "35.02", False),
        (Role.NATIONAL, "ID", "ID", True),
        (Role.NATIONAL, "ID", "35", False),
        (Role.VILLAGE, VILLAGE, VILLAGE, False),
        (Role.AGENCY, "35.02", "35.02", False),
        (Role.EXPERT, "35.02", "35.02", False),
    ],
)
def test_an_office_tends_the_agencies_of_its_own_place(role, code, place, may):
    plant("35.02.17.1008", "64.08.04.2001")
    who = actor(role, code)
    assert bool(policies.can_tend_agency(who, Agency(region_id=place, name="X"))) is may
    if may:
        made = actions.open_agency(name="  Dinas   Contoh ", region=place, actor=who)
        assert (made.name, made.is_open) == ("Dinas Contoh", True)
        assert actions.open_agency(name="Dinas Contoh", region=place, actor=who) == made
        assert [one.id for one in queries.agencies(who)] == [made.id]
    else:
        with pytest.raises(Refused):
            actions.open_agency(name="Dinas Contoh", region=place, actor=who)


def test_a_closed_agency_takes_nothing_new_and_its_routes_end():
    dinas, who = agency(), actor(Role.REGENCY, "35.02")
    actions.route(region="35.02", category="road", agency_id=dinas.id, actor=who)
    actions.close_agency(dinas.id, actor=who)
    assert not Route.objects.exists()
    with pytest.raises(NotAllowed):
        actions.close_agency(dinas.id, actor=who)
    with pytest.raises(Agency.DoesNotExist):
        actions.route(region="35.02", category="road", agency_id=dinas.id, actor=who)
    assert actions.open_agency(name=dinas.name, region="35.02", actor=who).is_open


def test_a_route_is_set_and_taken_away_by_whoever_tends_the_place():
    dinas, who = agency(), actor(Role.REGENCY, "35.02")
    actions.route(region="35.02", category="road", agency_id=dinas.id, actor=who)
    actions.route(region="35.02", category="road", agency_id=None, actor=who)
    assert not Route.objects.exists()
    with pytest.raises(Refused):
        actions.route(region="35.02", category="road", agency_id=dinas.id, actor=actor(Role.PROVINCE, "35"))


def test_whoever_is_invited_for_an_agency_wears_its_hat_and_sits_at_its_desk():
    dinas, who = agency(), actor(Role.REGENCY, "35.02")
    words = {"name": "Petugas", "role": "agency", "region": "35.02", "email": "petugas@contoh.id"}
    invited = accounts.invite(actor=who, agency_id=dinas.id, **words)
    hat = people.actor_for(invited)
    assert (hat.agency_id, hat.hat.label) == (dinas.id, dinas.name)
    made = voice()
    actions.escalate(made.id, to=Desk("35.02", dinas.id), reason="Jalan.", actor=actor(Role.VILLAGE))
    assert queries.one(hat, made.id) == made
    with pytest.raises(NotAllowed):
        accounts.invite(actor=who, agency_id=agency("64.08").id, **words | {"email": "lain@contoh.id"})


def test_the_form_takes_the_place_from_the_agency_and_asks_for_one():
    dinas = agency("35.02.17", "Kecamatan Contoh")
    given = {"roles": [Role.AGENCY, Role.VILLAGE], "agencies": [dinas]}
    words = {"role": "agency", "name": "Petugas", "email": "petugas@contoh.id"}
    form = InviteForm(words | {"agency": str(dinas.id)}, **given)
    assert form.is_valid() and form.cleaned_data["region"] == "35.02.17"
    assert "agency" in InviteForm(words, **given).errors
    assert "region" in InviteForm(words | {"role": "village"}, **given).errors


def test_people_of_two_agencies_do_not_meet():
    one, other = officer(agency()), officer(agency(name="Dinas Lain"))
    made = voice()
    actions.escalate(made.id, to=Desk("35.02", one.agency_id), reason="Jalan.", actor=actor(Role.VILLAGE))
    assert queries.visible_to(one).exists() and not queries.visible_to(other).exists()


@pytest.mark.parametrize(
    ("role", "code", "may"),
    [
        (Role.REGENCY, "35.02", True),
        (Role.PROVINCE, "35", False),
        (Role.NATIONAL, "ID", False),
        (Role.VILLAGE, VILLAGE, False),
    ],
)
def test_a_free_day_is_set_by_the_place_itself_with_what_it_rests_on(role, code, may):
    words = {"region": "35.02", "on": date(2026, 8, 11), "name": "Hari jadi", "source": "SE 1/2026"}
    plant("35.02")
    who = actor(role, code)
    if not may:
        with pytest.raises(Refused):
            actions.add_holiday(actor=who, **words)
        return
    made = actions.add_holiday(actor=who, **words)
    assert actions.add_holiday(actor=who, **words | {"name": "Hari Jadi Ponorogo"}) == made
    with pytest.raises(NotAllowed):
        actions.add_holiday(actor=who, **words | {"source": " "})
    actions.drop_holiday(made.id, actor=who)
    assert not Holiday.objects.exists()
    assert (
        list(Entry.objects.filter(verb__startswith="holiday.").values_list("verb", flat=True).order_by("at"))[-1]
        == "holiday.dropped"
    )


def test_the_figures_of_a_desk_are_those_of_its_stays():
    head, words = actor(Role.VILLAGE), {"text": "Sudah.", "outcome": "done"}
    with time_machine.travel(clock.now().replace(month=6, day=8, hour=3), tick=False) as travel:
        for days in (0, 1, 2):
            made = voice()
            actions.accept(made.id, actor=head)
            travel.shift(timedelta(days=days))
            actions.answer(made.id, actor=head, **words)
        late = voice()
        travel.shift(timedelta(days=20))
        actions.accept(late.id, actor=head)
        actions.answer(late.id, actor=head, **words)
        actions.escalate(voice().id, to=Desk("35.02"), reason="x", actor=head)
        actions.recount()
        figures = queries.of_desk(VILLAGE)
        assert (figures.received, figures.answered, figures.in_time, figures.passed) == (5, 4, 3, 1)
        assert figures.in_time_share == 75 and figures.median_days == 1
        assert queries.of_desk("35.02").received == 1
        actions.recount()
        assert queries.of_desk(VILLAGE) == figures
        assert [one.holder_code for one, _ in queries.of_offices(VILLAGE)] == [VILLAGE]


def test_an_agency_has_figures_of_its_own():
    dinas, head = agency(), actor(Role.VILLAGE)
    for to in (Desk("35.02"), Desk("35.02", dinas.id)):
        actions.escalate(voice().id, to=to, reason="x", actor=head)
    actions.recount()
    assert queries.of_desk(str(dinas.id)).received == queries.of_desk("35.02").received == 1


def test_the_median_is_the_middle_one():
    assert median(Counter()) is None
    assert median(Counter({3: 1})) == 3
    assert median(Counter({1: 2, 9: 2})) == 1
    assert median(Counter({1: 1, 5: 3})) == 5
    assert together([]).in_time_share == 0


def test_a_person_of_the_demo_is_nobody_special():
    who = person()
    assert not queries.visible_to(people.actor_for(who)).exists() and not Aspiration.objects.exists()
