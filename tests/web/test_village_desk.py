"""The desk of a village head: the KIM of the own village, and nothing of another."""

from datetime import timedelta

import pytest

from accounts.factories import actor as make_actor
from accounts.factories import mandate, person
from kim.accounts.models import Person, Role
from kim.kernel import clock
from kim.registry.workflow import Stage
from registry.factories import decree, kim, submitted
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL, SAHANG = "35.02.19.2007", "35.02.19.2008"


@pytest.fixture
def head(client):
    who = make_actor(Role.VILLAGE, NGEBEL, name="Wahyudi Contoh")
    client.force_login(Person.objects.get(pk=who.person_id))
    return client


def read(client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def test_the_desk_of_a_head_is_the_desk_of_the_village(head):
    kim(NGEBEL)
    answer = head.get("/kerja/", follow=True)
    assert answer.redirect_chain == [("/kerja/desa/", 302)]
    assert "Wahyudi Contoh" in answer.content.decode()
    assert "Anda belum tercatat" not in answer.content.decode()


def test_both_axes_are_shown_and_the_kim_without_sk_in_force_comes_first(head):
    decree(kim(NGEBEL, name="KIM Aman", last_news_at=clock.now()))
    decree(kim(NGEBEL, name="KIM Lapuk", last_news_at=clock.now() - timedelta(days=70)), days_left=-3)
    page = read(head, "/kerja/desa/").partition('id="judul-kim"')[2]
    assert page.index("KIM Lapuk") < page.index("KIM Aman")
    for words in ("SK habis", "Tidak aktif", "SK berlaku", "Aktif"):
        assert words in page


def test_what_asks_for_the_head_is_a_task(head):
    decree(kim(NGEBEL, name="KIM Lapuk", last_news_at=clock.now() - timedelta(days=70)), days_left=-3)
    tasks = read(head, "/kerja/desa/").partition('id="judul-kim"')[0]
    assert "Siapkan SK untuk KIM Lapuk" in tasks
    assert "Sapa pengurus KIM Lapuk" in tasks


def test_a_village_without_kim_is_offered_one(head):
    page = read(head, "/kerja/desa/")
    assert "belum punya KIM" in page
    assert f"/daftar-kim/?desa={NGEBEL}" in page


def test_an_application_is_shown_as_one_and_a_draft_is_not(head):
    submitted(NGEBEL, name="KIM Baru Dikirim")
    kim(NGEBEL, name="KIM Masih Konsep", stage=Stage.DRAFT, slug=None)
    page = read(head, "/kerja/desa/")
    assert "KIM Baru Dikirim" in page
    assert "Menunggu verifikasi" in page
    assert "KIM Masih Konsep" not in page


def test_the_news_of_the_village_are_there_and_only_those(head):
    article(kim(NGEBEL), title="Panen di Ngebel")
    article(kim(SAHANG), title="Panen di Sahang")
    page = read(head, "/kerja/desa/")
    assert "Panen di Ngebel" in page
    assert "Panen di Sahang" not in page


def test_one_kim_shows_its_papers_but_no_phone_number(head):
    one = kim(NGEBEL)
    decree(one, number="12/SK/2026")
    one.seats.create(position="chair", name="Rahma Contoh")
    one.members.create(name="Rahma Contoh", phone="+6281299998888")
    page = read(head, f"/kerja/desa/kim/{one.id}/")
    assert "12/SK/2026" in page
    assert "Rahma Contoh" in page
    assert "9999" not in page


def test_another_village_does_not_exist_here(head):
    assert head.get(f"/kerja/desa/kim/{kim(SAHANG).id}/").status_code == 404


def test_the_head_lets_in_whoever_lost_the_pin(head):
    one = kim(NGEBEL)
    writer = person("Darmawan Contoh")
    mandate(writer, Role.MEMBER, NGEBEL, kim_id=one.id)
    assert f"/akun/kode/{writer.pk}/" in read(head, "/kerja/desa/orang/")
    assert f"/akun/kode/{writer.pk}/" in read(head, f"/kerja/desa/kim/{one.id}/")
    assert "/kerja/desa/orang/" in read(head, f"/akun/kode/{writer.pk}/")


def test_a_code_that_would_open_more_than_the_village_is_refused_with_the_reason(head):
    writer = person("Darmawan Contoh")
    mandate(writer, Role.MEMBER, NGEBEL, kim_id=kim(NGEBEL).id)
    mandate(writer, Role.EDITOR, SAHANG, kim_id=kim(SAHANG).id)
    page = read(head, "/kerja/desa/orang/")
    assert "Darmawan Contoh" in page
    assert "Kode masuk hanya dapat dibuat" in page
    assert f"/akun/kode/{writer.pk}/" not in page


def test_the_page_asks_the_database_no_more_with_more_kim(head, django_assert_max_num_queries):
    for _ in range(2):
        decree(kim(NGEBEL))
    read(head, "/kerja/desa/")
    for _ in range(10):
        article(kim(NGEBEL))
    with django_assert_max_num_queries(14):
        head.get("/kerja/desa/")


def test_the_menu_of_a_head_leads_only_where_a_head_may_go(head):
    page = read(head, "/kerja/desa/")
    assert "/kerja/tulis/" not in page
    assert 'href="/kerja/desa/orang/"' in page
