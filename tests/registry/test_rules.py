"""What the register promises apart from any page: who may do what, warnings, the two axes, scope."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as tuning
from hypothesis import strategies as st

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, Actor, Hat
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.kernel import clock, codes
from kim.kernel.ids import new_id
from kim.regions.models import DEFAULT_RULES, LocalRule, Region
from kim.regions.queries import Rule
from kim.registry import actions, policies, queries
from kim.registry.actions.naming import RESERVED
from kim.registry.models import BoardSeat, Decree, Kim
from kim.registry.workflow import DECREE_WORKFLOW, WORKFLOW, Stage
from regions.factories import plant
from registry.factories import decree, kim, submitted

VILLAGE = "35.02.17.1008"
TODAY = date(2025, 11, 22)
RULES = {key: Rule(key, value) for key, value in DEFAULT_RULES.items()}


def wearing(role: Role, code: str, kim_id=None) -> Actor:
    hat = Hat(new_id(), role, code, kim_id, role.label)
    return Actor(new_id(), "Sari Contoh", hat, (hat,))


# --- stage × verb, role × verb --------------------------------------------------------------------------------

STAGES = {
    "submit": {Stage.DRAFT, Stage.RETURNED},
    "return_": {Stage.SUBMITTED},
    "approve": {Stage.SUBMITTED},
    "refuse": {Stage.SUBMITTED},
    "suspend": {Stage.REGISTERED},
    "reinstate": {Stage.SUSPENDED},
    "dissolve": {Stage.REGISTERED, Stage.SUSPENDED},
}


def test_every_verb_is_open_at_its_stages_only():
    assert set(WORKFLOW) == set(STAGES)
    for verb, stages in STAGES.items():
        assert {stage for stage in Stage if WORKFLOW.allows(verb, stage)} == stages
    assert set(DECREE_WORKFLOW) == {"submit_decree", "return_decree", "accept_decree"}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", ["ID", "35", "35.02", "35.03", VILLAGE])
@pytest.mark.parametrize("verb", ["suspend", "reinstate"])
def test_only_an_office_above_the_kim_closes_its_site_and_opens_it_again(role, code, verb):
    group = Kim(region_id=VILLAGE, stage=Stage.REGISTERED)
    own = group.id if role in KIM_ROLES else None
    allowed = bool(getattr(policies, f"can_{verb}")(wearing(role, code, own), group))
    assert allowed == (role in OFFICES and codes.within(VILLAGE, code))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", ["ID", "35", "35.02", "35.03", VILLAGE])
@pytest.mark.parametrize("verb", ["approve", "return", "refuse", "dissolve", "accept_decree", "return_decree"])
def test_only_the_regency_above_the_kim_decides(role, code, verb):
    group = Kim(region_id=VILLAGE, stage=Stage.SUBMITTED)
    own = group.id if role in KIM_ROLES else None
    allowed = bool(getattr(policies, f"can_{verb}")(wearing(role, code, own), group))
    assert allowed == (role == Role.REGENCY and codes.within(VILLAGE, code))


@pytest.mark.parametrize("role", list(Role))
def test_only_the_board_of_a_registered_kim_edits(role):
    group = Kim(region_id=VILLAGE, stage=Stage.REGISTERED)
    assert bool(policies.can_edit(wearing(role, VILLAGE, group.id), group)) == (role == Role.BOARD)
    assert not policies.can_edit(wearing(role, VILLAGE, new_id()), group)
    assert not policies.can_edit(wearing(role, VILLAGE, group.id), Kim(id=group.id, stage=Stage.DISSOLVED))


def test_a_scan_is_for_its_kim_its_office_its_head_and_its_registrant():
    group = Kim(region_id=VILLAGE, stage=Stage.SUBMITTED, resume_hash=Kim.digest("ABCD2345"))
    assert policies.can_see_scan(ANONYMOUS, group, code="ABCD2345")
    assert policies.can_see_scan(wearing(Role.MEMBER, VILLAGE, group.id), group)
    assert policies.can_see_scan(wearing(Role.VILLAGE, VILLAGE), group)
    assert policies.can_see_scan(wearing(Role.PROVINCE, "35"), group)
    for stranger in (ANONYMOUS, wearing(Role.REGENCY, "35.03"), wearing(Role.BOARD, VILLAGE, new_id())):
        assert not policies.can_see_scan(stranger, group)
    group.stage = Stage.DRAFT
    assert not policies.can_see_scan(wearing(Role.REGENCY, "35.02"), group)


# --- warnings -------------------------------------------------------------------------------------------------


def paper(**fields) -> Decree:
    made = {"number": "1", "issued_on": date(2025, 1, 1), "valid_until": date(2027, 12, 31), "issuer_level": "village"}
    return Decree(**(made | fields))


@pytest.mark.parametrize(
    ("people", "fields", "found"),
    [
        (6, {}, []),
        (2, {}, ["few_members"]),
        (6, {"issuer_level": "office"}, ["issuer_level"]),
        (6, {"valid_until": date(2031, 1, 2)}, ["long_term"]),
        (6, {"valid_until": date(2030, 1, 1)}, []),
        (6, {"valid_until": None}, ["no_end"]),
        (6, {"issued_on": date(2020, 2, 29), "valid_until": date(2024, 12, 31)}, ["lapsed"]),
        (6, {"valid_from": date(2026, 1, 1)}, ["not_yet"]),
    ],
)
def test_a_warning_names_what_does_not_fit(people, fields, found):
    seen = policies.warnings(Kim(), paper(**fields), RULES, TODAY, people=people)
    assert [warning.code for warning in seen] == found
    assert not any(warning.is_blocking for warning in seen)


def test_a_rule_that_holds_back_makes_its_warning_block():
    strict = RULES | {"minimum_members": Rule("minimum_members", 9, is_blocking=True)}
    seen = policies.warnings(Kim(), paper(), strict, TODAY, people=6)
    assert [w.is_blocking for w in seen] == [True]
    verdict = policies.can_approve(wearing(Role.REGENCY, "35.02"), Kim(region_id=VILLAGE), seen)
    assert not verdict and "paling sedikit 9" in verdict.reason


@pytest.mark.django_db
def test_a_region_may_hold_back_a_registration():
    waiting = submitted()
    LocalRule.objects.create(region_id="35.02", key="minimum_members", value=40, is_blocking=True)
    with pytest.raises(Exception, match="paling sedikit 40"):
        actions.approve(waiting.id, actor=wearing(Role.REGENCY, "35.02"))
    waiting.refresh_from_db()
    assert waiting.stage == Stage.SUBMITTED


def test_people_are_counted_once_and_a_patron_is_no_member():
    seats = [BoardSeat(position="chair", name="SARI  contoh"), BoardSeat(position="patron", name="Pak Kades")]
    members = [BoardSeat(name="Sari Contoh"), BoardSeat(name="Budi Contoh")]
    assert queries.headcount(members, seats) == 2


# --- the two axes ---------------------------------------------------------------------------------------------


def standing(until=None, has=True, news=None) -> Kim:
    group = Kim(last_news_at=news)
    group.decree_now, group.decree_number, group.decree_until = (new_id() if has else None), "1", until
    return group


@pytest.mark.parametrize(
    ("until", "words", "tone"),
    [
        (TODAY - timedelta(days=1), "SK habis 21 Nov 2025", "alert"),
        (TODAY, "SK habis hari ini", "wait"),
        (TODAY + timedelta(days=90), "SK habis dalam 90 hari", "wait"),
        (TODAY + timedelta(days=91), "SK berlaku sampai 21 Feb 2026", "done"),
        (None, "SK berlaku tanpa batas waktu", "done"),
    ],
)
def test_the_legal_state_is_said_in_words(until, words, tone):
    found = queries.legal_status(standing(until), TODAY)
    assert (found.text, found.tone) == (words, tone)


@pytest.mark.parametrize(("days", "code"), [(0, "aktif"), (30, "aktif"), (31, "jarang"), (60, "jarang"), (61, "vakum")])
def test_activity_is_read_from_the_last_news(days, code):
    assert queries.activity_status(standing(news=clock.now() - timedelta(days=days))).code == code


def test_a_kim_without_sk_or_news_says_so():
    group = standing(has=False)
    assert queries.legal_status(group, TODAY).text == "Belum ada SK"
    assert queries.activity_status(group, TODAY).text == "Belum ada kabar"


# --- what the public reads ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_public_lists_hold_registered_kim_only(django_assert_num_queries):
    seen, lapsed = kim(name="KIM Anggrek"), kim("35.02.18.2003", name="KIM Bakung")
    decree(seen, days_left=20)
    decree(lapsed, days_left=-1)
    kim(stage=Stage.SUBMITTED, registry_number=None, name="KIM Cempaka")
    with django_assert_num_queries(1):
        page = queries.directory("35.02")
        assert [(k.name, queries.legal_status(k).code) for k in page] == [
            ("KIM Anggrek", "segera"),
            ("KIM Bakung", "habis"),
        ]
    assert queries.by_slug(seen.slug) == seen
    assert list(queries.expiring("35", 30)) == [seen]
    assert list(queries.expiring("35.02", 0)) == [lapsed]
    assert set(queries.silent("35.02", 90)) == {seen, lapsed}


# --- names and numbers ----------------------------------------------------------------------------------------


def test_every_first_part_of_an_address_is_reserved():
    parts = set()
    for pattern in get_resolver("kim.config.urls").url_patterns:
        inner = getattr(pattern, "url_patterns", [pattern])
        prefix = str(pattern.pattern) if hasattr(pattern, "url_patterns") else ""
        parts |= {(prefix + str(one.pattern)).lstrip("^").split("/")[0].split(".")[0] for one in inner}
    named = {part for part in parts if part and "<" not in part and "(" not in part}
    assert named and not named - RESERVED, named - RESERVED


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Masuk", "KIM Kantor", "kim", "KIM Wilayah", "🌾🌾", "KIM"])
def test_no_kim_takes_an_address_of_the_site_itself(name):
    waiting = submitted(name=name)
    made = actions.approve(waiting.id, actor=actor(Role.REGENCY, "35.02"))
    assert made.slug and made.slug not in RESERVED and made.slug.replace("-", "").isalnum()


@pytest.mark.django_db
def test_a_second_kim_of_the_village_gets_the_next_number_and_another_address():
    officer = actor(Role.REGENCY, "35.02")
    one = actions.approve(submitted(phone="+6281234500001").id, actor=officer)
    two = actions.approve(submitted(phone="+6281234500002").id, actor=officer)
    assert (one.registry_number, two.registry_number) == ("KIM-3502171008-01", "KIM-3502171008-02")
    assert one.slug == "teluk-contoh" and two.slug.startswith("teluk-contoh-")


@pytest.mark.django_db
def test_a_region_may_write_its_numbers_its_own_way():
    plant(VILLAGE)
    LocalRule.objects.create(region_id="35.02", key="registry_number_format", value="PO/{code}/{number:03d}")
    assert actions.approve(submitted().id, actor=actor(Role.REGENCY, "35.02")).registry_number == "PO/3502171008/001"


# --- scope ----------------------------------------------------------------------------------------------------

PARTS = st.tuples(
    st.sampled_from(["11", "12"]), *[st.sampled_from(["01", "02"])] * 2, st.sampled_from(["1001", "2002"])
)
KIMS = st.lists(st.tuples(PARTS.map(".".join), st.sampled_from(list(Stage))), min_size=1, max_size=8)
LEVELS = {5: "regency", 2: "province", 8: "district", 13: "village"}


def tree(villages: set[str]) -> None:
    """Just enough of a made-up tree to hang KIM on."""
    needed = sorted(
        {code for village in villages for code in codes.chain(village)}, key=lambda c: (c != "ID", len(c), c)
    )
    words = {"kind": "desa", "local_term": "Desa", "time_zone": "Asia/Jakarta", "chain": "", "chain_key": ""}
    for code in needed:
        own = {"name": code, "display_name": code, "slug": code, "search_key": code, "sound_key": code}
        level = "nation" if code == "ID" else LEVELS[len(code)]
        Region.objects.get_or_create(
            code=code, defaults=words | own | {"level": level, "parent_id": codes.parent(code)}
        )


@pytest.mark.django_db
@tuning(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kims=KIMS, role=st.sampled_from(list(Role)), cut=st.integers(0, 4), own=st.integers(0, 7), begun=st.integers(0, 7)
)
def test_no_hat_sees_papers_beyond_its_reach(kims, role, cut, own, begun):
    with transaction.atomic():
        tree({code for code, _ in kims})
        made = [
            Kim.objects.create(region_id=code, stage=stage, name=f"KIM {n}") for n, (code, stage) in enumerate(kims)
        ]
        home = made[own % len(made)]
        code = codes.chain(home.region_id)[cut]
        someone = wearing(role, code, home.id if role in KIM_ROLES else None)
        watches = role in (*OFFICES, Role.VILLAGE)
        expected = {k.id for k in made if watches and k.stage != Stage.DRAFT and codes.within(k.region_id, code)}
        expected |= {home.id} if role in KIM_ROLES else set()
        assert {k.id for k in queries.visible_to(someone)} == expected
        office = {k.id for k in queries.official(someone)}
        assert office == (expected if role in OFFICES else set())
        assert not set(queries.visible_to(ANONYMOUS).values_list("id", flat=True))
        transaction.set_rollback(True)
