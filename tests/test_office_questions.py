"""The pages of an office ask the same few questions of the database, however many rows lie behind them."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.factories import mandate, person
from kim.accounts.models import Agency, Role
from kim.aspirations.models import Aspiration
from kim.kernel import clock
from kim.publishing.models import Article
from kim.regions.models import Holiday
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member
from kim.registry.workflow import DecreeStage, Stage
from walking import COLUMNS, LINES, address, knock, media_root, same_files, world

__all__ = ["media_root", "same_files", "world"]

PAGES = [
    (line.route, line.subject)
    for line in LINES
    if line.method == "GET"
    and line.cells[COLUMNS.index("kab")] == "ok"
    and line.route.startswith(
        (
            "registry:office",
            "registry:queue",
            "registry:verify",
            "publishing:office",
            "importing:",
            "sources:",
            "aspirations:",
            "moderation:office",
        )
    )
    and line.route not in ("importing:example", "importing:errors", "sources:check")
] + [("office", ""), ("office_coverage", ""), ("accounts:officials", "")]


def asked(world, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert knock(world, "kab", "GET", path).status_code == 200, path
    return len([one for one in caught if not (one["sql"] or "").startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])


def grow(world, numbers: range) -> None:
    """More of everything an office looks at."""
    here, writer = world.ponorogo, world.people["pengurus"]
    for n in numbers:
        kim = Kim.objects.create(
            name=f"KIM Ke-{n}", slug=f"ke-{n}", region_id=here.village, stage=Stage.REGISTERED, registered_at=clock.now(),
            registry_number=f"KIM-X-{n}", last_news_at=clock.now() - timedelta(days=3 * n), public_phone=here.phone,
        )  # fmt: skip
        Decree.objects.create(
            kim=kim, number=f"{n}", stage=DecreeStage.SUBMITTED if n % 2 else DecreeStage.ACCEPTED, accepted_at=clock.now(),
            submitted_at=clock.now(), issued_on=date(2025, 1, 5), valid_until=clock.today() + timedelta(days=n),
        )  # fmt: skip
        for kept in (here.kim, here.waiting):
            one = person(f"Anggota {n}")
            Member.objects.create(kim=kept, name=one.name, phone=one.phone, person=one)
            BoardSeat.objects.create(kim=kept, position="secretary", name=f"Pengurus {n}", since=date(2025, 1, 5))
            Channel.objects.create(kim=kept, kind="board", address=f"Papan {n}")
        head = person(f"Kepala {n}")
        mandate(head, Role.VILLAGE, here.village)
        Aspiration.objects.create(
            kind="wish", category="road", text="Jalan rusak.", secret="x", region_id=here.village, holder_code=here.code,
            stage="escalated", captured_at=clock.now(), due_at=clock.now() + timedelta(days=n),
        )  # fmt: skip
        Agency.objects.create(region_id=here.code, name=f"Dinas Ke-{n}")
        Holiday.objects.create(region_id=here.code, on=clock.today() + timedelta(days=n + 1), name="Libur", source="SE")
        Article.objects.create(
            kim=here.kim, region_id=here.village, author=writer, stage="reviewed", title=f"Kabar {n}", slug=f"kabar-{n}",
            body="<p>Isi.</p>",
        )  # fmt: skip


# The first look and the papers of one KIM gather many things; a list is one thing.
MOST = {
    "office": 16, "registry:verify": 13, "registry:office_kim": 12, "aspirations:office_one": 15, "aspirations:agencies": 10,
}  # fmt: skip


@pytest.mark.django_db
def test_questions_are_few_and_the_same_with_ten_times_the_rows(world):
    paths = {f"{route} {subject}": address(route, subject, world.ponorogo, world) for route, subject in PAGES}
    with transaction.atomic():
        grow(world, range(2))
        few = {name: asked(world, path) for name, path in paths.items()}
        grow(world, range(2, 20))
        many = {name: asked(world, path) for name, path in paths.items()}
        transaction.set_rollback(True)
    assert {name: many[name] for name in paths if many[name] > few[name]} == {}
    assert {name: n for name, n in few.items() if n > MOST.get(name.partition(" ")[0], 8)} == {}
