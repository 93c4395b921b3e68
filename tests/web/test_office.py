"""The first look of an office."""

import re
from datetime import timedelta

import pytest

from accounts.factories import actor as make_actor
from kim.accounts.actor import SYSTEM
from kim.accounts.backends import STRONG
from kim.accounts.models import Person, Role
from kim.evaluation import actions as evaluation
from kim.kernel import clock
from kim.ledger.actions import record
from registry.factories import decree, kim

pytestmark = pytest.mark.django_db
NGEBEL, KAKAP = "35.02.19.2007", "61.12.09.2001"


def enter(client, role: Role, code: str):
    who = make_actor(role, code)
    client.force_login(Person.objects.get(pk=who.person_id), backend=STRONG)
    return client


@pytest.fixture
def area():
    quiet = kim(NGEBEL, name="KIM Diam", public_phone="+6281234567890", last_news_at=clock.now() - timedelta(days=70))
    decree(quiet, days_left=10)
    decree(kim(NGEBEL, name="KIM Ramai", last_news_at=clock.now()), days_left=-3)
    decree(kim(KAKAP, name="KIM Jauh", last_news_at=clock.now() - timedelta(days=90)), days_left=-3)
    record("kim.approved", quiet.key, actor=SYSTEM, region=NGEBEL, kim_id=quiet.id)
    evaluation.recount()


@pytest.mark.parametrize("role", [Role.REGENCY, Role.EXPERT, Role.AGENCY])
def test_today_shows_the_own_area_and_nothing_of_another(client, area, role):
    page = enter(client, role, "35.02").get("/kantor/").content.decode()
    assert "KIM Diam" in page
    assert "KIM Ramai" in page
    assert "KIM Jauh" not in page
    assert "disetujui menjadi KIM terdaftar" in page


@pytest.mark.parametrize("role", [Role.REGENCY, Role.EXPERT, Role.AGENCY])
def test_no_link_of_the_first_look_leads_to_a_refusal(client, area, role):
    enter(client, role, "35.02")
    page = client.get("/kantor/").content.decode()
    links = {link for link in re.findall(r'href="(/[^"#]*)', page) if not link.startswith("/static/")}
    assert len(links) > 5
    assert [link for link in links if client.get(link, follow=True).status_code >= 400] == []


def test_a_silent_kim_can_be_written_to_with_a_ready_text(client, area):
    page = enter(client, Role.REGENCY, "35.02").get("/kantor/").content.decode()
    assert "https://wa.me/6281234567890?text=Halo%20KIM%20Diam" in page
    assert "70%20hari" in page


def test_the_province_and_the_nation_see_more(client, area):
    assert "KIM Jauh" not in enter(client, Role.PROVINCE, "35").get("/kantor/").content.decode()
    assert "KIM Jauh" in enter(client, Role.NATIONAL, "ID").get("/kantor/").content.decode()


def test_members_and_strangers_are_not_let_in(client, area):
    assert client.get("/kantor/").status_code == 302
    assert enter(client, Role.MEMBER, NGEBEL).get("/kantor/").status_code == 403


def test_coverage_goes_down_level_by_level_within_the_area(client, area):
    enter(client, Role.PROVINCE, "35")
    assert "Ponorogo" in client.get("/kantor/cakupan/").content.decode()
    assert "Ngebel" in client.get("/kantor/cakupan/?wilayah=35.02").content.decode()
    assert "Desa Ngebel" in client.get("/kantor/cakupan/?wilayah=35.02.19").content.decode()
    for other in ("61", "ID", "x", "35.99"):
        assert client.get(f"/kantor/cakupan/?wilayah={other}").status_code == 404


def test_questions_stay_the_same_with_more_rows(client, area, django_assert_max_num_queries):
    enter(client, Role.REGENCY, "35.02")
    for n in range(20):
        decree(kim(NGEBEL, last_news_at=clock.now() - timedelta(days=40 + n)), days_left=n)
    with django_assert_max_num_queries(16):
        client.get("/kantor/")
    with django_assert_max_num_queries(8):
        client.get("/kantor/cakupan/")
