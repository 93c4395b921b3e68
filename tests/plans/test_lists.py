"""No page fetches a list whole: every address that shows something, in a country where there is much of everything."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver

from accounts.factories import mandate, person
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import Mandate, Person, Role
from kim.discussion.models import Room
from kim.importing.models import Batch
from kim.inbox.models import Delivery
from kim.kernel.ids import new_id
from kim.publishing.models import Article, Revision
from kim.registry.models import Decree, Kim

pytestmark = pytest.mark.django_db
MOST = 110  # rows of one question
MANY = 250
VILLAGE = "14.03.02.2005"
MEMBERS, OFFICES = (Role.MEMBER, Role.EDITOR, Role.BOARD), (Role.REGENCY, Role.PROVINCE, Role.NATIONAL)
# What is whole by nature: the person's own data, the lines of the file that was brought, the list for robots.
WHOLE = {"akun/data.json", "kantor/impor/<uuid:batch_id>/perlu-dibetulkan.<str:kind>", "sitemap/<str:part>.xml"}


@pytest.fixture
def crowd(country) -> dict[str, Any]:
    """One KIM, one office and one person with much of everything; what fills the gaps of the addresses."""
    kim = Kim.objects.get(region_id=VILLAGE)
    Kim.objects.filter(pk=kim.pk).update(stage="registered")
    who = {
        role: person(f"Orang {role}", pin="246810" if role in MEMBERS else "")
        for role in (*MEMBERS, *OFFICES, Role.VILLAGE)
    }
    places = {Role.REGENCY: "14.03", Role.PROVINCE: "14", Role.NATIONAL: "ID"}
    for role, one in who.items():
        mandate(one, role, places.get(role, VILLAGE), kim_id=kim.pk if role in MEMBERS else None)
    stages = ("draft", "decided", "returned", "reviewed", "published", "unpublished", "discussed")
    texts = Article.objects.bulk_create(
        Article(
            kim=kim, region_id=VILLAGE, author=who[Role.BOARD], title=f"Teks {n}", slug=f"teks-{n}", stage=stages[n % 7], 
            body="<p>Isi.</p>", short_code=f"teks{n}", published_at=kim.registered_at, revision=1,
        )
        for n in range(MANY * 4)
    )  # fmt: skip
    talked = next(text for text in texts if text.stage == "discussed")
    Revision.objects.bulk_create(
        Revision(article=talked, number=n, author=who[Role.BOARD], is_settled=True) for n in range(1, MANY)
    )
    Room.objects.bulk_create(
        Room(key=text.key, kim_id=kim.pk, region_code=VILLAGE, title=text.title, url="/x/")
        for text in texts
        if text.stage == "discussed"
    )
    for one in who.values():
        Delivery.objects.bulk_create(
            Delivery(entry_id=new_id(), person_id=one.pk, text=f"Pesan {n}", url="/x/") for n in range(MANY)
        )
    Batch.objects.bulk_create(Batch(**batch(who[Role.REGENCY])) for _ in range(MANY))
    for n in range(MANY):
        code = f"14.03.0{1 + n % 5}.20{1 + n % 9:02d}"
        Mandate.objects.create(person=person(f"Petugas {n}"), role=Role.VILLAGE, region_id=code, label="Kepala desa")
    decree = Decree.objects.filter(kim__regency_code="14.03", stage="submitted").first()
    return {
        "who": who,
        "kim_id": kim.pk,
        "kim_slug": kim.slug,
        "article_id": talked.pk,
        "code": "14.03",
        "category": "kesehatan",
        "form": "atom",
        "decree_id": decree.pk,
        "number": 2,
        "batch_id": Batch.objects.first().pk,
        "part": "kim",
        "tail": "x-teks4",
    }


def batch(who: Person) -> dict[str, Any]:
    return {"region_id": "14.03", "name": "daftar.xlsx", "sha256": str(new_id()), "owner": who}


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    found: list[str] = []
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        found += routes(one, here) if isinstance(one, URLResolver) else [here]
    return found


def filled(route: str, crowd: dict[str, Any]) -> str:
    """The address with its gaps filled; nothing where the crowd has no such thing."""
    gaps = re.findall(r"<(?:\w+:)?(\w+)>", route)
    if not set(gaps) <= set(crowd):
        return ""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(crowd[gap[1]]), route)


def largest(client: Client, path: str) -> tuple[int, str]:
    """The most rows that one question of this page brought, and the question."""
    found = (0, "")

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal found
        answer = execute(sql, params, many, context)
        if re.match(r"\s*(SELECT|WITH|SET LOCAL)", sql):
            found = max(found, (context["cursor"].rowcount, sql))
        return answer

    with connection.execute_wrapper(count):
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return found


def test_no_page_fetches_a_list_whole(crowd):
    asked, whole = 0, []
    for role, who in crowd["who"].items():
        client = Client(raise_request_exception=True)
        client.force_login(who, backend=STRONG if role in OFFICES else PHONE)
        for route in routes(get_resolver()):
            if route in WHOLE or not (path := filled(route, crowd)):
                continue
            rows, sql = largest(client, path)
            asked += 1
            if rows > MOST:
                whole.append(f"{role} {path}: {rows} rows by {sql[:160]}")
    assert asked > 300
    assert not whole, "\n".join(sorted(set(whole)))
