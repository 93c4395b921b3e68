"""A real streaming replica: who reads from it, who does not, what its delay and its death do."""

import pytest

from scale.conftest import needs_nginx
from scale.machines import Front, Postgres, Web, until
from scale.test_machines import Readers

pytestmark = [pytest.mark.slow, needs_nginx]
READ = 'FROM "publishing_article"'
FRESH = "/kabar/?tanya=1"  # a public page with a question that is never kept


class Replica(Postgres):
    """It writes down every statement, so that a test can see who asked it."""

    more = "-c log_statement=all -c hot_standby_feedback=on"

    @property
    def asked(self) -> int:
        return self.log.read_text(errors="replace").count(READ)


@pytest.fixture(scope="module")
def pair(country):
    """A replica, a web machine that may read from it, and the way to that machine."""
    replica = Replica(country.folder / "replica", country.net, of=country.primary)
    place = country.net.place("r")
    web = Web(place, country.folder / "r", **country.settings, KIM_REPLICA_URL=replica.url())
    front = Front(country.folder / "front-r", country.static)
    front.open("r", web)
    front.start()
    try:
        front.wait("r", web)
        yield replica, front, web
    finally:
        for one in (front, web, replica):
            one.stop()


def test_readers_are_served_from_the_replica_and_writers_are_not(country, pair):
    replica, front, _ = pair
    search = FRESH
    until(lambda: front.get("r", search).status == 200 and replica.asked, "a search is put to the replica")
    before = replica.asked
    assert front.get("r", search, cookie="kim_menulis=1").status == 200
    assert front.get("r", search, cookie=f"sessionid={country.told['session']}").status == 200
    assert front.get("r", "/kerja/", cookie=f"sessionid={country.told['session']}").status == 200
    assert replica.asked == before


def test_behind_or_not_nobody_is_shown_an_older_state(country, pair):
    replica, front, _ = pair
    until(lambda: front.get("r", country.site).status == 200, "the page is kept")
    replica.ask("SELECT pg_wal_replay_pause()")
    try:
        title = country.publish(front, "r")
        assert title in front.get("r", country.site, cookie="kim_menulis=1").text
        until(
            lambda: title in front.get("r", country.site).text,
            "everybody sees it while the replica does not know it",
            2,
        )
        assert not replica.ask("SELECT 1 FROM publishing_article WHERE title = %s AND stage = 'published'", title)
    finally:
        replica.ask("SELECT pg_wal_replay_resume()")
    before = replica.asked
    until(lambda: front.get("r", FRESH).status == 200 and replica.asked > before, "it is used again")


def test_a_replica_that_dies_costs_no_reader_a_page(pair):
    replica, front, web = pair
    before = replica.asked
    with Readers(front, "r", FRESH, "/cari/?q=panen", count=3) as readers:
        until(lambda: replica.asked > before, "it is in use")
        replica.stop("immediate")
        readers.wait_for(60)
    replica.start()
    assert set(readers.statuses) == {200}
    assert "reading from the primary for" in web.said
