"""The KIM's desk is told how many read; nobody else is."""

import pytest
from django.test import Client

from kim.accounts.backends import PHONE
from publishing.factories import house, person_of
from reach.factories import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people", "words"), [(0, "kurang dari 10 orang"), (9, "kurang dari 10 orang"), (123, "kira-kira 120 orang")]
)
def test_the_desk_of_a_published_text_tells_about_how_many(people, words):
    home = house()
    text = home.published()
    read(text.key, *range(people))
    client = Client()
    client.force_login(person_of(home.member), backend=PHONE)
    page = client.get(f"/kerja/kabar/{text.id}/").content.decode()
    assert f"Dibaca <strong>{words}</strong> hari ini." in page
    assert "dihitung dua kali" in page
    assert "Dibaca" not in client.get(text.get_absolute_url()).content.decode()


def test_a_text_that_is_not_out_has_no_readers():
    home = house()
    client = Client()
    client.force_login(person_of(home.member), backend=PHONE)
    assert "Dibaca" not in client.get(f"/kerja/kabar/{home.draft().id}/").content.decode()
