"""Counting leaves the kept pages alone: same bytes, still kept, and never asked of Django."""

import pytest

from kim.reach.actions import counter
from pages.conftest import keep
from publishing.factories import house
from reach.test_beacon import PHONE, noted

__all__ = ["keep", "noted"]
pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"HTTP_USER_AGENT": PHONE}


def test_a_page_stays_kept_and_the_same_to_the_byte_while_it_is_counted(keep, noted):
    text = house().published()
    path, kept = text.get_absolute_url(), keep().begin()
    first = kept.get(path)
    page = kept.page(path)
    assert kept.ask(f"/dibaca/article/{text.id}/", method="POST", **TOLD)[0].startswith("204")
    assert kept.ask(f"/dibaca/article/{text.id}.gif", **TOLD)[1]["cache-control"] == "no-store"
    counter.COUNTER.count()
    kept.catch_up()
    assert kept.get(path) == kept.get(f"{path}?ref=qr") == first
    assert kept.page(path) is page and not page.is_old
    assert not kept.keeps(f"/dibaca/article/{text.id}.gif")


def test_every_dot_reaches_the_counting_though_its_address_is_the_same(keep, noted):
    kept = keep().begin()
    for number in range(3):
        kept.ask("/dibaca/article/1.gif", REMOTE_ADDR=f"36.1.1.{number}", **TOLD)
    assert [one.address for one in noted] == ["36.1.1.0", "36.1.1.1", "36.1.1.2"]
