"""Prints as JSON what a measurement of this site needs: addresses, sessions, drafts, rows to import."""

import argparse
import json
import sys
from typing import Any

from inside import addresses, drafts, people
from inside.packet import WORDS
from kim.accounts.models import Role
from kim.dissemination.models import Bulletin
from kim.kernel.codes import NATION
from kim.regions.models import Region


def prepared(count: int, asked: dict[str, list[str]] | None) -> dict[str, Any]:
    """Everything, as plain values. `count` drafts are made for the publish measurement."""
    places = addresses.busiest()
    asked = asked or addresses.questions()
    drafts.forget()
    hats = people.boards()
    titles = [f"Kabar ukur {number:05d}" for number in range(count)]
    officer = people.official(Role.REGENCY, places["regency"])
    return {
        "places": places,
        "questions": asked,
        "amounts": addresses.amounts(),
        "paths": addresses.paths(places, asked),
        "pin": people.PIN,
        "hash_ms": people.hashing_milliseconds(),
        "boards": [{"phone": hat.person.phone, "cookie": people.cookie(hat)} for hat in hats],
        "ministry": (ministry := people.cookie(people.official(Role.NATIONAL, NATION))),
        "desks": desks(people.cookie(hats[0]) if hats else "", people.cookie(officer), ministry),
        "drafts": drafts.prepare(hats, titles) if hats else [],
        "villages": villages(places["regency"]),
    }


def desks(board: str, office: str, ministry: str) -> dict[str, tuple[str, str]]:
    """Pages of people who are signed in: name → address and cookie. What the nation does not have is left out."""
    found = {"desk": ("/kerja/", board), "inbox": ("/kerja/info/", board), "office": ("/kantor/", office)}
    found["packets"] = ("/kantor/info/", ministry)
    packet = (
        Bulletin.objects.filter(region_id=NATION, stage="issued")
        .exclude(agency=WORDS["agency"])
        .order_by("-issued_at")
        .first()
    )
    return found | ({"reach": (f"/kantor/info/{packet.id}/jangkauan/", ministry)} if packet else {})


def villages(code: str) -> list[str]:
    """Villages for the list that is imported."""
    found = Region.objects.filter(level="village", code__startswith=code, valid_until=None).order_by("code")
    return list(found.values_list("code", flat=True)[:200])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=200)
    parser.add_argument("--questions", type=json.loads)
    options = parser.parse_args()
    json.dump(prepared(options.drafts, options.questions), sys.stdout)


if __name__ == "__main__":
    main()
