"""Another region's rows never appear: random trees, random mandates, and every way to find something through scope."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kim.accounts import queries as accounts
from kim.accounts.actor import Actor, Hat
from kim.accounts.models import KIM_ROLES, Mandate, Person, Role
from kim.discussion import queries as discussion
from kim.discussion.models import Room
from kim.importing import queries as importing
from kim.importing.models import Batch
from kim.importing.workflow import Stage as BatchStage
from kim.inbox import queries as inbox
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media import queries as media
from kim.media.models import PAPERS, Purpose, Upload
from kim.moderation import queries as moderation
from kim.moderation.models import Case
from kim.publishing import queries as publishing
from kim.publishing.models import Article
from kim.publishing.workflow import Stage as ArticleStage
from kim.regions.models import Region
from kim.registry import queries as registry
from kim.registry.models import Decree, Kim
from kim.registry.workflow import DecreeStage, Stage

OFFICES = (Role.REGENCY, Role.PROVINCE, Role.NATIONAL)
LEVELS = ("nation", "province", "regency", "district", "village")
# Neighbours on purpose: codes that share their first digits, and parts that look alike at other depths.
VILLAGES = st.tuples(
    st.sampled_from(["11", "12", "35"]),
    st.sampled_from(["01", "02", "12"]),
    st.sampled_from(["01", "12"]),
    st.sampled_from(["1001", "1002", "2001"]),
).map(".".join)


def above(code: str) -> list[str]:
    """The code and everything above it, from the nation down."""
    parts = code.split(".") if code != "ID" else []
    return ["ID", *(".".join(parts[: n + 1]) for n in range(len(parts)))]


def inside(code: str, prefix: str) -> bool:
    """Written a second time, part by part, so that it does not repeat a slip of the code it watches."""
    return prefix == "ID" or code.split(".")[: len(prefix.split("."))] == prefix.split(".")


@dataclass
class World:
    """What one example planted, and who looks at it."""

    people: list[Person]
    kims: list[Kim] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    homes: dict[UUID, list[Mandate]] = field(default_factory=dict)

    def region_of(self, kim_id: UUID) -> str:
        return next(kim.region_id for kim in self.kims if kim.pk == kim_id)


def plant_tree(villages: list[str]) -> None:
    codes = sorted({code for village in villages for code in above(village)}, key=lambda code: (code != "ID", code))
    Region.objects.bulk_create(
        Region(
            code=code, level=LEVELS[len(above(code)) - 1], kind="desa", name=code, display_name=code,
            local_term="Desa", time_zone="Asia/Jakarta", parent_id=above(code)[-2] if code != "ID" else None,
            chain="", slug=code.replace(".", "-"), search_key=code, sound_key=code, chain_key=code,
        )
        for code in codes
    )  # fmt: skip


def plant(world: World, village: str, draw) -> Kim:
    """One KIM with a text, a room, a decree with scan, and a list of its regency; each in any stage."""
    owner, who = draw(st.sampled_from(world.people)), draw(st.sampled_from(world.people))
    kim = Kim(region_id=village, name=f"KIM {village}", stage=draw(st.sampled_from(Stage.values)), created_by=owner)
    scan = Upload(
        purpose=draw(st.sampled_from(Purpose.values)), owner_id=who.pk, kim_id=kim.pk, region_code=village,
        name="sk.pdf", mime="application/pdf", size=1, sha256="0" * 64, is_public=draw(st.booleans()),
    )  # fmt: skip
    kim.save()
    scan.save()
    Decree.objects.create(kim=kim, scan=scan, stage=draw(st.sampled_from(DecreeStage.values)))
    article = Article.objects.create(
        kim=kim, region_id=village, author=who, stage=draw(st.sampled_from(ArticleStage.values))
    )
    Room.objects.create(key=article.key, kim_id=kim.pk, region_code=village, title="Bahas", url="/kerja/")
    regency = draw(st.sampled_from(above(village)))
    Batch.objects.create(
        owner=who,
        region_id=regency,
        name="daftar.xlsx",
        sha256="0" * 64,
        stage=draw(st.sampled_from(BatchStage.values)),
    )
    Delivery.objects.create(entry_id=new_id(), person_id=who.pk, text="Pesan", url="/kerja/")
    Case.objects.create(
        subject=article.key, title="Perkara", url="/", region_id=village, holder_id=regency, kim_id=kim.pk,
        digest="", reason="wrong", due_at=clock.now(),
    )  # fmt: skip
    Mandate.objects.create(person=who, role=draw(st.sampled_from(KIM_ROLES)), region_id=village, kim_id=kim.pk)
    world.kims.append(kim)
    world.uploads.append(scan)
    return kim


def plant_world(draw) -> World:
    villages = draw(st.lists(VILLAGES, min_size=2, max_size=5))
    plant_tree(villages)
    world = World([Person.objects.create(name=f"Orang {n}") for n in range(3)])
    for village in villages:
        plant(world, village, draw)
    for role in draw(st.lists(st.sampled_from([r for r in Role if r not in KIM_ROLES]), max_size=3, unique=True)):
        code = draw(st.sampled_from(above(draw(st.sampled_from(villages)))))
        Mandate.objects.create(person=draw(st.sampled_from(world.people)), role=role, region_id=code)
    for mandate in Mandate.objects.all():
        world.homes.setdefault(mandate.person_id, []).append(mandate)
    return world


def actor_in(world: World, draw) -> Actor:
    """Any role, worn over any level: also combinations no office would ever give."""
    who, role = draw(st.sampled_from(world.people)), draw(st.sampled_from([*Role, None]))
    if role is None:
        return Actor(who.pk, who.name)
    kim = draw(st.sampled_from(world.kims))
    kim_id = kim.pk if role in KIM_ROLES else None
    code = kim.region_id if kim_id else draw(st.sampled_from(above(kim.region_id)))
    hat = Hat(new_id(), role, code, kim_id, "Tugas")
    return Actor(who.pk, who.name, hat, (hat,))


def is_own(actor: Actor, kim_id: UUID) -> bool:
    return actor.wears(*KIM_ROLES) and actor.kim_id == kim_id


def watches(actor: Actor, code: str, *roles: Role) -> bool:
    return actor.wears(*(roles or OFFICES)) and inside(code, actor.region_code)


def strangers_among_kims(actor: Actor) -> list[Kim]:
    def may(kim: Kim) -> bool:
        seen = watches(actor, kim.region_id, *OFFICES, Role.VILLAGE) and kim.stage != Stage.DRAFT
        return is_own(actor, kim.pk) or kim.created_by_id == actor.person_id or seen

    return [kim for kim in registry.visible_to(actor) if not may(kim)]


def strangers_in_the_office(actor: Actor) -> list[object]:
    kims = [*registry.official(actor), *registry.office_list(actor)]
    kims += [decree.kim for decree in [*registry.waiting(actor), *registry.queue(actor)]]
    return [kim for kim in kims if not watches(actor, kim.region_id) or kim.stage == Stage.DRAFT]


def strangers_among_texts(actor: Actor) -> list[Article]:
    open_to_office = (ArticleStage.REVIEWED, ArticleStage.PUBLISHED, ArticleStage.UNPUBLISHED)

    def may(text: Article) -> bool:
        return is_own(actor, text.kim_id) or (watches(actor, text.region_id) and text.stage in open_to_office)

    return [text for text in publishing.visible_to(actor) if not may(text)]


def strangers_among_rooms(actor: Actor) -> list[Room]:
    rooms = [*discussion.visible_to(actor), *discussion.open_rooms(actor)]
    return [room for room in rooms if not is_own(actor, room.kim_id)]


def strangers_among_cases(actor: Actor) -> list[Case]:
    rows = moderation.visible_to(actor)
    return [case for case in rows if not is_own(actor, case.kim_id) and not watches(actor, case.region_id)]


def strangers_among_lists(actor: Actor) -> list[Batch]:
    rows = importing.visible_to(actor)
    return [b for b in rows if not watches(actor, b.region_id) or b.stage == BatchStage.DISCARDED]


def strangers_among_people(actor: Actor, world: World) -> list[Person]:
    def may(mandate: Mandate) -> bool:
        if actor.wears(*KIM_ROLES):
            return mandate.kim_id == actor.kim_id
        return inside(mandate.region_id, actor.region_code)

    shown = accounts.visible_to(actor)
    return [p for p in shown if not actor.hat or not all(map(may, p.hats)) or not any(map(may, world.homes[p.pk]))]


def strangers_among_files(actor: Actor, world: World) -> list[Upload]:
    def opens(upload: Upload) -> bool:
        try:
            return media.visible_to(actor, upload.pk) is not None
        except Upload.DoesNotExist:
            return False

    def may(upload: Upload) -> bool:
        is_mine = upload.owner_id == actor.person_id or is_own(actor, upload.kim_id)
        is_head = upload.purpose in PAPERS and watches(actor, upload.region_code, Role.VILLAGE)
        return upload.is_public or is_mine or watches(actor, upload.region_code) or is_head

    return [upload for upload in world.uploads if opens(upload) and not may(upload)]


def strangers_in_the_inbox(actor: Actor) -> list[Delivery]:
    return [note for note in inbox.visible_to(actor) if note.person_id != actor.person_id]


ONE_EXAMPLE_IS_A_WORLD = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a whole world takes minutes
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@pytest.mark.django_db
@ONE_EXAMPLE_IS_A_WORLD
@given(data=st.data())
def test_whatever_the_tree_and_the_mandate_nothing_of_another_region_is_found(data):
    with transaction.atomic():
        world = plant_world(data.draw)
        for _ in range(6):
            actor = actor_in(world, data.draw)
            assert strangers_among_kims(actor) == []
            assert strangers_in_the_office(actor) == []
            assert strangers_among_texts(actor) == []
            assert strangers_among_rooms(actor) == []
            assert strangers_among_cases(actor) == []
            assert strangers_among_lists(actor) == []
            assert strangers_among_people(actor, world) == []
            assert strangers_among_files(actor, world) == []
            assert strangers_in_the_inbox(actor) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
@ONE_EXAMPLE_IS_A_WORLD
@given(data=st.data())
def test_an_office_finds_everything_of_its_own_region_that_is_for_it(data):
    """The first test would be content with an empty house; this one is not."""
    with transaction.atomic():
        world = plant_world(data.draw)
        code = data.draw(st.sampled_from(above(data.draw(st.sampled_from(world.kims)).region_id)))
        hat = Hat(new_id(), data.draw(st.sampled_from(OFFICES)), code, None, "Kantor")
        actor = Actor(world.people[0].pk, "Petugas", hat, (hat,))
        kims = {kim.pk for kim in registry.official(actor)}
        texts = {text.pk for text in publishing.visible_to(actor)}
        batches = {batch.pk for batch in importing.visible_to(actor)}
        assert kims == {k.pk for k in world.kims if inside(k.region_id, code) and k.stage != Stage.DRAFT}
        opened = Article.objects.filter(stage__in=("reviewed", "published", "unpublished"))
        assert texts == {a.pk for a in opened if inside(a.region_id, code)}
        cases = {case.kim_id for case in moderation.visible_to(actor)}
        assert cases == {kim.pk for kim in world.kims if inside(kim.region_id, code)}
        kept = Batch.objects.exclude(stage=BatchStage.DISCARDED)
        assert batches == {b.pk for b in kept if inside(b.region_id, code)}
        transaction.set_rollback(True)
