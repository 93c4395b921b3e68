"""Loading the tree, and what becomes of regions and of everything attached when a newer tree arrives."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from kim.kernel.results import Refused
from kim.regions import actions, queries
from kim.regions.actions import loading
from kim.regions.data import pack
from kim.regions.data.changes import Change
from kim.regions.models import LocalRule, Region, RegionChange, TreeLoad

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
NGEBEL, SAHANG, NEW = "35.02.14.2001", "35.02.14.2002", "35.02.14.2009"
# The history that comes with the project names these provinces.
PROVINCES = {code: name for code, name in pack.read().names.items() if len(code) == 2}
SMALL = PROVINCES | {
    "35.02": "Kabupaten Ponorogo", "35.02.14": "Ngebel", NGEBEL: "Ngebel", SAHANG: "Sahang",
    "35.02.15": "Babadan", "35.02.15.2001": "Pondok",
}  # fmt: skip


def tree(names):
    return pack.Tree(names, source="Kepmendagri uji", effective_on=DAY)


def without(*codes):
    return {code: name for code, name in SMALL.items() if code not in codes}


def change(kind, from_code, to_code):
    return Change(kind, from_code, to_code, DAY, "Perda 1/2026")


def hang(code, key="minimum_members"):
    return LocalRule.objects.create(region_id=code, key=key, value=1)


def rows():
    return list(Region.objects.order_by("code").values_list())


@pytest.fixture
def loaded(db):
    return actions.load(tree=tree(SMALL))


def test_the_first_load_makes_every_region_and_records_only_the_known_history(loaded):
    assert loaded.created == len(SMALL) + 1
    assert Region.objects.get(code="ID").title == "Indonesia"
    assert Region.objects.get(code=NGEBEL).full_title == "Desa Ngebel, Kec. Ngebel, Kab. Ponorogo, Jawa Timur"
    assert set(RegionChange.objects.values_list("kind", flat=True)) == {"split"}
    south_papua = Region.objects.get(code="93")
    assert (south_papua.predecessor_id, south_papua.valid_from) == ("91", date(2022, 7, 25))


def test_every_kept_page_is_told_once_and_only_when_something_changed(monkeypatch):
    told = []
    monkeypatch.setattr(loading, "touched", lambda *tags: told.extend(tags))
    for _ in range(2):
        actions.load(tree=tree(SMALL))
    assert told == ["*"]


def test_a_second_load_is_seen_to_be_the_same(loaded, django_assert_max_num_queries):
    before = rows()
    with django_assert_max_num_queries(6):
        assert actions.load(tree=tree(SMALL)).is_unchanged
    assert (rows(), TreeLoad.objects.count()) == (before, 1)


def test_loading_again_from_scratch_changes_nothing_either(loaded):
    before, changes = rows(), RegionChange.objects.count()
    TreeLoad.objects.all().delete()
    again = actions.load(tree=tree(SMALL))
    assert (again.created, again.updated, again.renamed, again.closed) == (0, 0, 0, 0)
    assert (rows(), RegionChange.objects.count()) == (before, changes)


def test_the_whole_country_loads_by_copy_in_a_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        outcome = actions.load(tree=pack.read())
    assert outcome.counts == {"province": 38, "regency": 514, "district": 7285, "village": 83762}
    assert Region.objects.count() == 91_600
    assert queries.census("35.02") == {"kecamatan": 21, "desa": 281, "kelurahan": 26}
    assert queries.census_words("35.02") == "21 kecamatan, 281 desa, 26 kelurahan"
    assert queries.children("61").count() == 14


def test_a_renamed_region_keeps_its_code_and_its_former_name_is_on_record(loaded):
    hang(SAHANG)
    outcome = actions.load(tree=tree(SMALL | {SAHANG: "Sahang Indah"}))
    assert outcome.renamed == 1
    region = Region.objects.get(code=SAHANG)
    assert (region.display_name, region.search_key, region.slug) == (
        "Sahang Indah",
        "sahangindah",
        "sahang-indah",
    )
    record = queries.story(SAHANG).get()
    assert (record.kind, record.from_name, record.to_name, record.effective_on) == (
        "renamed", "Sahang", "Sahang Indah", DAY,
    )  # fmt: skip
    assert region.local_rules.count() == 1


def test_a_renamed_regency_is_named_anew_in_the_chain_of_all_under_it(loaded):
    actions.load(tree=tree(SMALL | {"35.02": "Kabupaten Wengker"}))
    assert Region.objects.get(code=SAHANG).chain == "Kec. Ngebel, Kab. Wengker, Jawa Timur"
    assert not queries.story(SAHANG).exists()


def test_a_new_region_is_recorded_as_made(loaded):
    actions.load(tree=tree(SMALL | {NEW: "Baru"}))
    assert queries.story(NEW).get().kind == "created"
    assert Region.objects.get(code=NEW).valid_from == DAY


def test_a_merged_region_stays_as_history_and_what_hung_on_it_moves(loaded):
    rule = hang(SAHANG)
    outcome = actions.load(tree=tree(without(SAHANG)), changes=[change("merged", SAHANG, NGEBEL)])
    rule.refresh_from_db()
    assert (rule.region_id, outcome.moved) == (NGEBEL, 1)
    closed = Region.objects.get(code=SAHANG)
    assert (closed.name, closed.valid_until, closed.is_in_force) == ("Sahang", DAY, False)
    record = queries.story(SAHANG).get()
    assert (record.kind, record.effective_on, record.source) == ("merged", DAY, "Perda 1/2026")
    assert record.moved == {"regions.localrule": 1}
    assert Region.objects.get(code=NGEBEL).predecessor_id is None
    assert queries.successor(SAHANG).code == NGEBEL


def test_what_the_other_region_already_has_stays_with_the_old_code(loaded):
    mine, theirs, other = hang(SAHANG), hang(NGEBEL), hang(SAHANG, "term_years_max")
    actions.load(tree=tree(without(SAHANG)), changes=[change("merged", SAHANG, NGEBEL)])
    assert [LocalRule.objects.get(pk=rule.pk).region_id for rule in (mine, theirs, other)] == [
        SAHANG,
        NGEBEL,
        NGEBEL,
    ]
    assert queries.story(SAHANG).get().moved == {"regions.localrule": 1}


def test_a_split_region_that_goes_on_keeps_everything(loaded):
    rule = hang(SAHANG)
    actions.load(tree=tree(SMALL | {NEW: "Sahang Timur"}), changes=[change("split", SAHANG, NEW)])
    rule.refresh_from_db()
    assert rule.region_id == SAHANG
    made = Region.objects.get(code=NEW)
    assert (made.predecessor_id, made.valid_from) == (SAHANG, DAY)
    assert queries.story(NEW).get().sentence == "Sahang Timur dibentuk dari Sahang."


def test_a_split_region_that_ends_gives_everything_to_the_first_successor_named(loaded):
    rule = hang(SAHANG)
    names = without(SAHANG) | {NEW: "Sahang Barat", "35.02.14.2010": "Sahang Timur"}
    actions.load(
        tree=tree(names), changes=[change("split", SAHANG, NEW), change("split", SAHANG, "35.02.14.2010")]
    )  # fmt: skip
    rule.refresh_from_db()
    assert rule.region_id == NEW
    assert Region.objects.get(code="35.02.14.2010").predecessor_id == SAHANG
    assert [record.moved for record in queries.story(SAHANG).order_by("to_code")] == [
        {"regions.localrule": 1},
        {},
    ]


def test_a_recoded_region_takes_all_under_it_along(loaded):
    high, low = hang("35.02"), hang(SAHANG)
    names = {code.replace("35.02", "36.02"): name for code, name in SMALL.items()}
    outcome = actions.load(tree=tree(names), changes=[change("recoded", "35.02", "36.02")])
    assert (outcome.changes, outcome.moved, outcome.closed) == (6, 2, 0)
    assert [LocalRule.objects.get(pk=rule.pk).region_id for rule in (high, low)] == ["36.02", "36.02.14.2002"]
    moved = Region.objects.get(code="36.02.14.2002")
    assert (moved.predecessor_id, moved.parent_id) == (SAHANG, "36.02.14")
    assert moved.chain == "Kec. Ngebel, Kab. Ponorogo, Banten"
    assert not Region.objects.within("35.02").in_force().exists()


def test_two_regions_may_trade_their_codes(loaded):
    first, second = hang(NGEBEL), hang(SAHANG)
    actions.load(
        tree=tree(SMALL | {NGEBEL: "Sahang", SAHANG: "Ngebel"}),
        changes=[change("recoded", NGEBEL, SAHANG), change("recoded", SAHANG, NGEBEL)],
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.region_id, first.region.name) == (SAHANG, "Ngebel")
    assert (second.region_id, second.region.name) == (NGEBEL, "Sahang")


def test_a_vanished_region_in_use_is_refused_by_name_and_nothing_is_written(loaded):
    hang(SAHANG)
    before = rows()
    with pytest.raises(Refused, match=r"35\.02\.14\.2002 Sahang \(1 aturan setempat\).*--changes"):
        actions.load(tree=tree(without(SAHANG, "35.02.15.2001") | {NGEBEL: "Lain"}))
    assert rows() == before


def test_a_vanished_region_nobody_uses_is_closed_and_may_come_back(loaded):
    assert actions.load(tree=tree(without(SAHANG))).closed == 1
    assert Region.objects.get(code=SAHANG).valid_until == DAY
    actions.load(tree=tree(SMALL))
    assert Region.objects.get(code=SAHANG).is_in_force
    assert [record.kind for record in queries.story(SAHANG).order_by("applied_at", "id")] == [
        "closed",
        "restored",
    ]


def test_a_change_is_applied_once(loaded):
    merged = [change("merged", SAHANG, NGEBEL)]
    actions.load(tree=tree(without(SAHANG)), changes=merged)
    assert actions.load(tree=tree(without(SAHANG)), changes=merged).is_unchanged
    assert queries.story(SAHANG).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("merged", SAHANG, NGEBEL), "masih berlaku"),
        (("merged", SAHANG, "35.02.99"), "tidak ada di data"),
        (("split", "35.02.88", NGEBEL), "tidak dikenal"),
    ],
)
def test_a_change_that_contradicts_the_tree_is_refused(loaded, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.load(tree=tree(SMALL), changes=[change(*wrong)])


def test_the_region_of_every_installed_model_moves_and_the_past_stays():
    keys = {f"{key.model._meta.label}.{key.name}" for key in actions.attachments()}
    assert {"regions.LocalRule.region", "accounts.Mandate.region"} <= keys
    assert not any("Event" in key or key.startswith("regions.Region.") for key in keys)


STAY_BEHIND = {
    "regions.Region.code": "it is the code",
    "regions.RegionChange.from_code": "history",
    "regions.RegionChange.to_code": "history",
    "ledger.Entry.region_code": "append-only: where it happened, as the place was called then",
    "aspirations.Theme.place_code": "counted anew by actions.follow_regions",
    "aspirations.Theme.above_code": "counted anew by actions.follow_regions",
}


def test_every_code_kept_as_text_moves_or_says_why_not():
    """In whatever app: a new column fails until its model names it in `moves_with_region` or it stands above."""
    text = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.max_length == Region._meta.get_field("code").max_length
        and not (field.is_relation or field.generated or field.choices or hasattr(model, "pgh_tracked_model"))
    }
    told = {
        f"{model._meta.label}.{name}" for model in apps.get_models() for name in getattr(model, "moves_with_region", ())
    }
    assert told.isdisjoint(STAY_BEHIND) and text == told | set(STAY_BEHIND)
    assert told < {f"{key.model._meta.label}.{key.name}" for key in actions.attachments()}


def test_the_command_rebuilds_reports_and_loads(tmp_path, capsys):
    small = tree(SMALL)
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, length in zip(pack.FILES, (2, 5, 8, 13), strict=True):
        lines = [f"{code},{title}" for code, title in small.names.items() if len(code) == length]
        (folder / name).write_text("\n".join(["code,name", *lines]))
    packed = tmp_path / "tree.csv.xz"
    command = ["regions", "rebuild", str(folder), "--into", str(packed), "--effective-on", "2026-03-01"]
    call_command(*command)
    call_command(*command)
    (folder / "villages.csv").write_text(f"code,name\n{NGEBEL},Ngebel Raya\n{NEW},Baru\n")
    call_command(*command)
    said = capsys.readouterr().out
    assert "Tidak ada yang berubah. 38 provinsi, 1 kabupaten/kota, 2 kecamatan, 3 desa/kelurahan." in said
    assert "Baru 1, hilang 2, berganti nama 1." in said
    assert f"~ {NGEBEL} Ngebel → Ngebel Raya" in said
    call_command("regions", "load", "--tree", str(packed))
    call_command("regions", "load", "--tree", str(packed))
    said = capsys.readouterr().out
    assert "Data wilayah siap" in said
    assert "sudah yang terbaru" in said
    with pytest.raises(CommandError, match="tidak bisa dibaca"):
        call_command("regions", "load", "--changes", str(tmp_path / "none.csv"))
