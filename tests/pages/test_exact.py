"""After every act that a reader could notice, what is kept says exactly what Django would say now."""

from datetime import date

import pytest
from django.test import Client

from accounts.factories import actor
from kim.accounts import actions as accounts
from kim.accounts.models import Role
from kim.config import tasks
from kim.dissemination import actions as dissemination
from kim.dissemination.models import Bulletin
from kim.evaluation import actions as evaluation
from kim.kernel.ids import new_id
from kim.pages import memory, touched
from kim.publishing import actions as publishing
from kim.publishing.models import Article
from kim.regions.models import Region
from kim.registry import actions as registry
from kim.registry.models import BoardSeat, Kim, Member
from media.factories import pdf
from publishing.factories import POINTS, House, house, jpeg
from registry.factories import decree, plain_decree, submitted

pytestmark = pytest.mark.django_db(transaction=True)
NEAR, NEXT, FAR = "35.02.17.1008", "35.02.17.1010", "64.08.04.2001"


def places() -> list[str]:
    """Pages with counters on them, which follow an act a moment later than the rest."""
    found = ["/", "/kim/"]
    for code in (NEAR, NEXT, NEAR[:8], NEAR[:5], NEAR[:2], FAR[:5]):
        found += [f"/wilayah/{code}/", f"/kim/?wilayah={code}"]
    return found


def paths() -> list[str]:
    """Every kind of public page of the country as it is now: whatever can be kept."""
    found = ["/kabar/", "/tentang/", "/kabar/topik/pertanian/", "/kabar/umpan.xml", f"/wilayah/{NEAR[:5]}/umpan.xml"]
    found += [f"/kabar/?wilayah={code}" for code in (NEAR, NEAR[:5], FAR[:2])]
    found += [f"/layar/{NEAR}/", f"/layar/{FAR}/"]
    found += ["/info/", "/info/umpan.xml", *(f"/info/?wilayah={code}" for code in (NEAR, NEAR[:5], FAR))]
    for packet in Bulletin.objects.exclude(short_code=None).order_by("short_code"):
        found += [
            packet.get_absolute_url(),
            *(f"{packet.short_url}{name}" for name in ("bagikan/", "siaran/", "kartu.png")),
        ]
    for group in Kim.objects.exclude(slug=None).order_by("slug"):
        found += [f"/{group.slug}/", f"/{group.slug}/kabar/", f"/{group.slug}/umpan.xml"]
        found += [f"/sertifikat/{group.registry_number}/"]
        found += [f"/sertifikat/{group.registry_number}.pdf"] if group.region_id == NEAR else []
    for text in Article.objects.exclude(short_code=None).select_related("kim").order_by("short_code"):
        found += [text.get_absolute_url(), f"{text.get_absolute_url()}cetak/"]
        found += [f"{text.short_url}{name}" for name in ("bagikan/", "siaran/", "lembar-besar/")]
        found += [f"{text.short_url}kartu.png", f"{text.short_url}poster-a4.pdf"] if text.region_id == NEAR else []
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
        *acts_of_the_register(near),
        lambda: registry.dissolve(far.kim.id, reason="Bergabung", actor=far.regency),
        *acts_of_others(near),
        *acts_of_offices(),
        move_a_place,
    ]  # fmt: skip


def acts_of_the_register(near: House) -> list:
    """What changes who and where a KIM is."""

    def renew() -> None:
        board = [{"position": "chair", "name": "Sari Contoh", "since": None}]
        papers = plain_decree(number="9/SK/2026")
        made = registry.write_renewal(near.kim.id, actor=near.board, fields=papers, board=board, scan=pdf())
        registry.accept_decree(registry.submit_decree(made.id, actor=near.board).id, actor=near.regency)

    def replace() -> None:
        seat = BoardSeat.objects.get(kim=near.kim, until=None)
        registry.replace_seat(seat.id, actor=near.board, name="Tuti Contoh", on=date(2030, 1, 1))

    def leave() -> None:
        member = Member.objects.get(kim=near.kim, name="Anggota Baru")
        registry.end_membership(member.id, actor=near.board, left_on=date.today())

    def supplement() -> None:
        group = Kim.objects.get(name="KIM Daftar Lama")
        registry.supplement_imported(group.id, actor=near.regency, details={"reported_members": 40}, **from_a_list())

    return [
        renew, replace, leave,
        lambda: registry.approve(submitted(NEXT).id, actor=near.regency),
        lambda: registry.register_imported(
            actor=near.regency, region_code=NEXT, name="KIM Daftar Lama", details={}, **from_a_list()
        ),
        supplement,
    ]  # fmt: skip


def from_a_list() -> dict:
    return {"decree": plain_decree(), "board": {"chair": "Bu Contoh"}, "members": ["Pak Contoh"]}


def acts_of_others(near: House) -> list:
    """A text with a photo, one that went out in a hurry and was taken back, and somebody who goes."""
    state: dict[str, Article] = {}

    def show() -> None:
        text = near.draft(title="Panen dalam gambar", category="wisata")
        photo = publishing.add_photo(text.id, file=jpeg(), actor=near.member)
        words = {photo.id: {"alt": "Durian di pohon", "credit": "Hartini", "has_consent": True}}
        publishing.describe_photos(text.id, words=words, actor=near.member)
        text = publishing.discuss(text.id, actor=near.member)
        publishing.agree(text.id, revision=text.revision, note="Datanglah.", actor=near.board)
        publishing.publish(text.id, points=POINTS, actor=near.editor)

    def hurry() -> None:
        state["urgent"] = near.urgent(title="Banjir di kali")

    def retract() -> None:
        publishing.retract(state["urgent"].id, revision=state["urgent"].revision, actor=near.board)

    return [show, hurry, retract, lambda: accounts.withdraw_consent(actor=near.second)]


def acts_of_offices() -> list:
    """Government information: of a regency for some of its places, of the nation in an emergency."""
    officer, national, second = actor(Role.REGENCY, NEAR[:5]), *(actor(Role.NATIONAL, "ID") for _ in range(2))
    words = {"agency": "Dinas Contoh", "title": "Posyandu pindah", "body": "Datanglah.", "points": ["Gratis"]}
    state: dict[str, Bulletin] = {}

    def issue() -> None:
        begun = dissemination.start(new_id(), actor=national)
        dissemination.edit(begun.id, fields=words, targets=[NEXT], actor=national)
        dissemination.attach(begun.id, file=pdf(), actor=national)
        state["packet"] = dissemination.issue(begun.id, actor=national)

    def alarm() -> None:
        begun = dissemination.start(new_id(), actor=national)
        urgent = words | {"title": "Gempa", "urgency": "emergency"}
        dissemination.edit(begun.id, fields=urgent, targets=["ID"], actor=national)
        dissemination.request_check(begun.id, actor=national)
        state["alarm"] = dissemination.issue(begun.id, actor=second)

    def correct() -> None:
        changed = words | {"title": "Posyandu pindah lagi"}
        dissemination.correct(state["packet"].id, fields=changed, change="Tempatnya.", actor=national)

    return [
        issue,
        lambda: dissemination.pass_on(state["packet"].id, codes=[NEAR[:8]], actor=officer),
        correct, alarm,
        lambda: dissemination.withdraw(state["alarm"].id, reason="Sudah aman.", actor=national),
        lambda: dissemination.withdraw(state["packet"].id, reason="Keliru.", actor=national),
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
    kept.fill((*paths(), *places()))
    compared = 0
    for act in acts(near, far):
        act()
        kept.catch_up()
        compared += compare(kept, fresh, act, (*paths(), *places()))
        tasks.carry_errands()
        kept.catch_up()
        compared += compare(kept, fresh, act, places())
    assert compared > 300


def compare(kept, fresh, act, asked) -> int:
    """Every page that is still kept as new is what Django says; the others are made anew. Returns how many were kept."""
    held = [path for path in asked if kept.keeps(path) and not kept.page(path).is_old]
    for path in held:
        true = fresh.get(path)
        assert (true.status_code, kept.get(path)) == (200, true.content), (path, act)
    kept.fill(asked)
    return len(held)


def test_a_quiet_act_drops_nothing(keep):
    near = house(NEAR)
    kept = keep().begin()
    kept.get("/")
    near.draft()
    kept.catch_up()
    assert not kept.memory.get("localhost/?").is_old
