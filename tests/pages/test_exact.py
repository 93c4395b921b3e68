"""After every act that a reader could notice, what is kept says exactly what Django would say now."""

from datetime import date

import pytest
from django.test import Client

from kim.config import tasks
from kim.evaluation import actions as evaluation
from kim.pages import memory, touched
from kim.publishing import actions as publishing
from kim.publishing.models import Article
from kim.regions.models import Region
from kim.registry import actions as registry
from kim.registry.models import Kim
from publishing.factories import House, house
from registry.factories import decree

pytestmark = pytest.mark.django_db(transaction=True)
NEAR, FAR = "35.02.17.1008", "64.08.04.2001"


def places() -> list[str]:
    """Pages with counters on them, which follow an act a moment later than the rest."""
    found = ["/", "/kim/"]
    for code in (NEAR, NEAR[:5], NEAR[:2], FAR[:5]):
        found += [f"/wilayah/{code}/", f"/kim/?wilayah={code}"]
    return found


def paths() -> list[str]:
    """Every kind of public page of the country as it is now: whatever can be kept."""
    found = ["/kabar/", "/tentang/", "/kabar/topik/pertanian/", "/kabar/umpan.xml", f"/wilayah/{NEAR[:5]}/umpan.xml"]
    found += [f"/kabar/?wilayah={code}" for code in (NEAR, NEAR[:5], FAR[:2])]
    for group in Kim.objects.exclude(slug=None).order_by("slug"):
        found += [f"/{group.slug}/", f"/{group.slug}/kabar/", f"/{group.slug}/umpan.xml"]
        found += [f"/sertifikat/{group.registry_number}/"]
        found += [f"/sertifikat/{group.registry_number}.pdf"] if group.region_id == NEAR else []
    for text in Article.objects.exclude(short_code=None).select_related("kim").order_by("short_code"):
        found += [text.get_absolute_url(), f"{text.get_absolute_url()}cetak/"]
        found += [f"{text.get_absolute_url()}versi/1/"] if text.corrected_at else []
    return found


def acts(near: House, far: House) -> list:
    """What happens in a country, one thing after another; each is one or more ledger entries."""
    state: dict[str, Article] = {}

    def publish() -> None:
        state["first"] = near.published()

    def publish_far() -> None:
        state["far"] = far.published(title="Panen lada di Kutai")

    def neighbour() -> None:
        other = house("35.02.17.1009")
        state["second"] = other.published(title="Lomba desa")

    def correct() -> None:
        first = Article.objects.get(id=state["first"].id)
        words = {"title": "Panen durian diundur", "gist": first.gist, "body": first.body}
        publishing.correct(first.id, fields=words, ralat="Harinya keliru.", version=first.version, actor=near.editor)

    def urgent() -> None:
        state["urgent"] = near.urgent(title="Jembatan ditutup")

    def settle_urgent() -> None:
        publishing.confirm(state["urgent"].id, revision=state["urgent"].revision, actor=near.board)

    def withdraw() -> None:
        publishing.unpublish(state["first"].id, category="wrong", reason="Keliru", actor=near.editor)

    def restore() -> None:
        publishing.restore(state["first"].id, actor=near.editor)

    def rename() -> None:
        fields = {"name": "KIM Telaga Biru", "about": "Kami menulis."}
        registry.edit_profile(near.kim.id, fields=fields, channels=[], actor=near.board)

    return [
        publish, publish_far, neighbour, urgent, settle_urgent, correct, withdraw, restore,
        lambda: publishing.reply(state["first"].id, name="Bu Contoh", text="Saya menjawab.", actor=near.editor),
        rename,
        lambda: registry.add_member(near.kim.id, name="Anggota Baru", actor=near.board),
        lambda: registry.open_seat(
            near.kim.id, position="chair", name="Ketua Baru", since=date(2026, 1, 5), actor=near.board
        ),
        lambda: registry.dissolve(far.kim.id, reason="Bergabung", actor=far.regency),
        move_a_place,
    ]  # fmt: skip


def move_a_place() -> None:
    """The tree is loaded anew: a village has another name."""
    Region.objects.filter(code=NEAR).update(display_name="Ngebel Baru")
    touched("*")


def test_after_every_act_each_kept_page_says_what_is_true_now(keep, monkeypatch):
    monkeypatch.setattr(memory, "GRACE", 0.0)  # the grace is time, and this is about what is forgotten
    near, far = house(NEAR), house(FAR)
    for group in (near.kim, far.kim):
        decree(group)
    evaluation.recount()
    kept, fresh = keep().begin(), Client(headers={"host": "localhost"})
    kept_once = 0
    for act in acts(near, far):
        for path in (*paths(), *places()):
            kept.get(path)
        kept_once += len(kept.memory.pages)
        act()
        kept.catch_up()
        compare(kept, fresh, act, (*paths(), *places()))
        tasks.carry_errands()
        kept.catch_up()
        compare(kept, fresh, act, places())
    assert kept_once > 200


def compare(kept, fresh, act, asked) -> None:
    for path in asked:
        status, _, body = kept.ask(path)
        true = fresh.get(path)
        assert int(status[:3]) == true.status_code, (path, act)
        if true.status_code == 200:
            assert body == true.content, (path, act)


def test_a_quiet_act_drops_nothing(keep):
    near = house(NEAR)
    kept = keep().begin()
    kept.get("/")
    near.draft()
    kept.catch_up()
    assert not kept.memory.get("localhost/?").is_old
