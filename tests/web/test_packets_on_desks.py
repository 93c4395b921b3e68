"""Packets on the first pages: of a member, of a village head, of an office."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.factories import actor
from dissemination.factories import Country, country
from kim.accounts.actor import Actor
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import Person, Role
from kim.config import tasks
from kim.dissemination import actions
from kim.dissemination.models import Bulletin, Urgency
from kim.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Country:
    return country()


def read(who: Actor, address: str) -> str:
    client, person = Client(), Person.objects.get(pk=who.person_id)
    client.force_login(person, backend=STRONG if who.is_official else PHONE)
    return client.get(address).content.decode()


def emergency(land: Country, title: str) -> Bulletin:
    return actions.request_check(land.draft("35", title=title, urgency=Urgency.EMERGENCY).id, actor=land.national)


def in_order(page: str, *words: str) -> bool:
    places = [page.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_a_member_finds_what_came_the_most_pressing_first_and_is_not_told_twice(land):
    later = clock.today() + timedelta(days=9)
    land.issued("ID", title="Info biasa", act_by=later)
    land.issued("ID", title="Info penting", urgency=Urgency.IMPORTANT, valid_until=later)
    actions.issue(emergency(land, "Info darurat").id, actor=land.second)
    actions.carry_on()
    tasks.carry_errands()
    page = read(land.boards[0], "/kerja/")
    assert in_order(page, "Baca info: Info darurat", "Baca info: Info penting", "Baca info: Info biasa")
    assert "Sebarkan paling lambat" in page and "Berlaku sampai" in page
    assert page.count("Info biasa") == 1


def test_the_task_follows_the_copy_and_goes_with_it(land):
    bulletin, board = land.issued("ID", title="Imunisasi"), land.boards[0]
    copy = actions.open_(land.copy(bulletin).id, actor=board)
    assert "Putuskan info: Imunisasi" in read(board, "/kerja/")
    actions.accept(copy.id, actor=board)
    assert "Sebarkan info: Imunisasi" in read(board, "/kerja/")
    land.spread(bulletin, 1)
    fields = {"title": "Imunisasi", "body": "Isi.", "points": ["Gratis"]}
    actions.correct(bulletin.id, fields=fields, change="Tanggal.", actor=land.national)
    assert "Baca pembetulan: Imunisasi" in read(land.boards[1], "/kerja/")
    actions.withdraw(bulletin.id, reason="Keliru.", actor=land.national)
    assert "info: Imunisasi" not in read(board, "/kerja/")


def test_what_is_over_is_no_task(land):
    land.issued("ID", title="Imunisasi", act_by=clock.today() - timedelta(days=1))
    assert "info: Imunisasi" not in read(land.boards[0], "/kerja/")


def test_a_head_sees_what_the_villages_KIM_have_not_decided(land):
    bulletin = land.issued("ID", title="Imunisasi", urgency=Urgency.IMPORTANT)
    assert "membahas info: Imunisasi" in read(land.head, "/kerja/desa/")
    actions.accept(land.copy(bulletin).id, actor=land.boards[0])
    assert "membahas info: Imunisasi" not in read(land.head, "/kerja/desa/")


def test_an_office_sees_who_may_send_an_emergency(land):
    emergency(land, "Banjir")
    assert "bukan oleh penulisnya" in read(land.national, "/kantor/")
    page = read(land.second, "/kantor/")
    assert "menunggu Anda periksa dan kirim" in page and 'class="pill">1<' in page
    assert 'class="pill">1<' in read(land.second, "/kantor/info/")
    assert "Banjir" not in read(land.province, "/kantor/")


def test_an_office_sees_what_few_have_opened_and_what_ends_undecided(land):
    few, ending = (
        land.issued("ID", title="Sedikit dibuka"),
        land.issued("ID", title="Hampir habis", act_by=clock.today()),
    )
    old = land.issued("ID", title="Sudah lama")
    for bulletin in (few, ending, old):
        Bulletin.objects.filter(pk=bulletin.pk).update(issued_at=clock.now() - timedelta(days=4))
    Bulletin.objects.filter(pk=old.pk).update(issued_at=clock.now() - timedelta(days=40))
    for number in (0, 1):
        actions.open_(land.copy(ending, number).id, actor=land.boards[number])
    tasks.carry_errands()
    page = read(land.regency, "/kantor/")
    assert "Baru dibuka 0 dari 2 KIM" in page and "2 dari 2 KIM belum memutuskan" in page
    assert "Sudah lama" not in page
    assert "Baru dibuka 0 dari 1 KIM" in read(land.other, "/kantor/")


def test_an_agency_or_an_expert_has_no_packets_on_the_page(land):
    emergency(land, "Banjir")
    assert 'id="judul-info"' not in read(actor(Role.EXPERT, "35.02"), "/kantor/")
