"""The register of a body and the cases of an office's area are walks along one index, however many there are elsewhere."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from accounts.factories import actor
from aspirations.factories import officer as officer_of
from kim.accounts.models import Agency, Role
from kim.aspirations import queries
from kim.aspirations.models import Aspiration, InformationRequest, Objection
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.moderation import queries as moderation
from kim.moderation.models import Case
from plans.conftest import heard
from plans.test_plans import plan

pytestmark = pytest.mark.django_db
PROVINCE, REGENCY, NUMBER = "14", "14.03", 6000
VILLAGES = [f"1{1 + n % 8}.0{1 + n % 5}.0{1 + n % 3}.200{1 + n % 9}" for n in range(360)]


@pytest.fixture
def much(country) -> Iterator[Agency]:
    """Six thousand requests, half of them with one of thirty agencies, and as many cases all over the country."""
    now = clock.now()
    agencies = [Agency(region_id=f"14.0{1 + n % 5}", name=f"Dinas {n}") for n in range(30)]
    Agency.objects.bulk_create(agencies)
    voices = [
        Aspiration(id=new_id(), number=f"{n:010}", kind="request", text="Anggaran.", secret="x", region_id="14.03.02.2005",
                   holder_code=REGENCY, captured_at=now, stage="handled")
        for n in range(NUMBER)
    ]  # fmt: skip
    Aspiration.objects.bulk_create(voices, batch_size=2000)
    bodies = [agencies[2] if n % 2 else agencies[n % 30] for n in range(NUMBER)]
    requests = [
        InformationRequest(aspiration=voice, body_code=body.region_id, agency=body, year=2026, sequence=n,
                           registered_at=now - timedelta(minutes=n), due_at=now)
        for n, (voice, body) in enumerate(zip(voices, bodies, strict=True))
    ]  # fmt: skip
    InformationRequest.objects.bulk_create(requests)
    Objection.objects.bulk_create(
        Objection(
            request=one, reason="a", sequence=n, due_at=now + timedelta(minutes=n), replied_at=now if n % 40 else None
        )
        for n, one in enumerate(requests[::3])
    )
    Case.objects.bulk_create([_case(n) for n in range(NUMBER)], batch_size=2000)
    with connection.cursor() as cursor:
        for table in (
            "aspirations_aspiration",
            "aspirations_informationrequest",
            "aspirations_objection",
            "moderation_case",
        ):
            cursor.execute(f"ANALYZE {table}")
    yield agencies[2]


def _case(n: int) -> Case:
    now, village = clock.now() - timedelta(minutes=n), VILLAGES[n % 360]
    decided = {"stage": "dismissed", "decided_at": now, "decided_code": village[:5]} if n % 4 else {"stage": "waiting"}
    return Case(subject=f"article:{new_id()}", title="Perkara", url="/x/", region_id=village, digest="x", reason="other",
                holder_id=village[:5] if n % 8 else village[:2], opened_at=now, due_at=now, is_urgent=n % 9 == 0, **decided)  # fmt: skip


def planned(ask: Callable[[], object], table: str) -> str:
    with heard() as asked:
        ask()
    sql, params = next(one for one in asked if table in one[0])
    return plan(sql, params)


def test_the_register_of_an_agency_walks_its_index(much):
    officer = officer_of(much)
    assert len(queries.register(officer)) == 40
    text = planned(lambda: queries.register(officer), "aspirations_informationrequest")
    assert "request_register" in text and "Sort" not in text and "Seq Scan on aspirations_" not in text, text


@pytest.mark.parametrize(("role", "code"), [(Role.REGENCY, REGENCY), (Role.NATIONAL, "ID")])
def test_the_objections_that_wait_are_found_by_their_clock(much, role, code):
    text = planned(lambda: queries.open_objections(actor(role, code)), "aspirations_objection")
    assert "Seq Scan on aspirations_" not in text, text
    assert role == Role.NATIONAL or "objection_open" in text, text  # no request lies with the ministry here


@pytest.mark.parametrize(("role", "code"), [(Role.REGENCY, REGENCY), (Role.PROVINCE, PROVINCE), (Role.NATIONAL, "ID")])
@pytest.mark.parametrize("shelf", ["bawah", "selesai"])
def test_the_cases_of_an_area_walk_an_index_of_that_area(much, role, code, shelf):
    text = planned(lambda: moderation.queue(actor(role, code), shelf), "moderation_case")
    assert not re.search(r"Seq Scan on moderation_case", text), text
    if role != Role.NATIONAL:
        assert re.search(r"case_(below|log)_(regency|province)", text) and "Sort" not in text, text
