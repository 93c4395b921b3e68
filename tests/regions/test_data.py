"""The packed tree that comes with the project: complete, well formed, and speaking each place's own words."""

import csv
import io
import shutil
import tarfile
from collections import Counter
from datetime import date

import pytest

from kim.kernel import codes
from kim.kernel.results import Refused
from kim.regions.data import changes, pack
from kim.regions.data.changes import Change
from kim.regions.data.places import described

SOURCE = {"source": "uji", "effective_on": date(2026, 1, 1)}


@pytest.fixture(scope="module")
def places():
    return {place.code: place for place in described(pack.read())}


def below(places, prefix, kind):
    return sum(codes.within(code, prefix) and place.kind == kind for code, place in places.items())


def test_the_whole_country_is_there():
    assert pack.read().counts() == {"province": 38, "regency": 514, "district": 7285, "village": 83762}


def test_ponorogo_and_west_kalimantan_agree_with_the_sources(places):
    assert [below(places, "35.02", kind) for kind in ("kecamatan", "desa", "kelurahan")] == [21, 281, 26]
    assert below(places, "61", "kabupaten") + below(places, "61", "kota") == 14


@pytest.mark.parametrize(
    ("code", "term", "zone"),
    [
        ("11.01.01.2001", "Gampong", "Asia/Jakarta"),
        ("13.06.01.2001", "Nagari", "Asia/Jakarta"),
        ("13.09.01.2007", "Desa", "Asia/Jakarta"),
        ("18.06.01.2016", "Pekon", "Asia/Jakarta"),
        ("34.04.01", "Kapanewon", "Asia/Jakarta"),
        ("34.71.01", "Kemantren", "Asia/Jakarta"),
        ("34.04.01.2001", "Kalurahan", "Asia/Jakarta"),
        ("35.02.17.1008", "Kelurahan", "Asia/Jakarta"),
        ("64.03.01.2001", "Kampung", "Asia/Makassar"),
        ("64.08.04.2001", "Desa", "Asia/Makassar"),
        ("93.01.01", "Distrik", "Asia/Jayapura"),
        ("93.01.01.2001", "Kampung", "Asia/Jayapura"),
        ("91.03.01.3007", "Desa Adat", "Asia/Jayapura"),
        ("61.71", "Kota", "Asia/Jakarta"),
    ],
)
def test_each_place_has_its_own_word_and_clock(places, code, term, zone):
    assert (places[code].local_term, places[code].time_zone) == (term, zone)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("19.71", "Kota Pangkalpinang"),
        ("31", "DKI Jakarta"),
        ("31.71", "Kota Jakarta Pusat"),
        ("16.71.01.1001", "35 Ilir"),
        ("16.71.02.1004", "3-4 Ulu"),
        ("16.71.05.1007", "20 Ilir D III"),
        ("61.71.01.1004", "Parit Tokaya"),
        ("91.03.01.3007", "Yoboi"),
    ],
)
def test_odd_official_spellings_have_an_everyday_form(places, code, shown):
    assert places[code].display_name == shown


def test_the_chain_names_everything_above(places):
    assert places["64.08.04.2001"].chain == "Kec. Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur"
    assert places["64.08"].chain == "Kalimantan Timur"
    assert places["64"].chain == "Indonesia"


def test_every_region_can_be_found_and_fits_its_column(places):
    assert all(place.search_key and place.sound_key and place.slug for place in places.values())
    assert max(len(place.chain) for place in places.values()) <= 250
    assert max(len(place.display_name) for place in places.values()) <= 100
    assert not [place.name for place in places.values() if '"' in place.name]


def test_no_two_regions_share_a_code_and_kinds_follow_levels(places):
    kinds = Counter((place.level, place.kind) for place in places.values())
    assert set(kinds) == {
        ("nation", "negara"), ("province", "provinsi"), ("regency", "kabupaten"), ("regency", "kota"),
        ("district", "kecamatan"), ("village", "desa"), ("village", "kelurahan"), ("village", "desa_adat"),
    }  # fmt: skip


def csv_folder(path, rows):
    path.mkdir(parents=True)
    for name, level in zip(pack.FILES, (2, 5, 8, 13), strict=True):
        lines = [("code", "name"), *((code, title) for code, title in rows.items() if len(code) == level)]
        with (path / name).open("w", newline="") as out:
            csv.writer(out).writerows(lines)
    return path


SMALL = {"35": "Jawa Timur", "35.02": "Kabupaten Ponorogo", "35.02.14": "Ngebel", "35.02.14.2001": 'Nge"bel'}


def test_a_folder_a_package_and_an_archive_give_the_same_bytes(tmp_path):
    folder = csv_folder(tmp_path / "package" / "data", SMALL)
    archive = tmp_path / "idn.tgz"
    with tarfile.open(archive, "w:gz") as out:
        out.add(tmp_path / "package", "package")
    trees = [pack.from_package(path, **SOURCE) for path in (folder, tmp_path / "package", archive)]
    for tree in trees:
        pack.write(tree, tmp_path / "tree.csv.xz")
        assert pack.read.__wrapped__(tmp_path / "tree.csv.xz") == trees[0]
    assert len({tree.digest for tree in trees}) == 1
    assert trees[0].names["35.02.14.2001"] == "Nge'bel"


@pytest.mark.parametrize("extra", [{"35.02.15.2001": "Yatim"}, {"3502": "Tanpa titik"}, {"35.03": ""}])
def test_a_tree_with_a_hole_or_a_wrong_code_is_refused(tmp_path, extra):
    with pytest.raises(Refused):
        pack.checked(pack.Tree(SMALL | extra, **SOURCE))


def test_missing_and_broken_files_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refused, match="tidak ditemukan"):
        pack.from_package(tmp_path, **SOURCE)
    broken = tmp_path / "broken.xz"
    broken.write_bytes(b"not xz")
    with pytest.raises(Refused, match="bukan data wilayah"):
        pack.read(broken)
    shutil.copy(pack.PACK, tmp_path / "half.xz")
    (tmp_path / "half.xz").write_bytes(pack.PACK.read_bytes()[:5000])
    with pytest.raises(Refused):
        pack.read(tmp_path / "half.xz")


def test_the_differences_of_two_trees_are_listed():
    after = {**SMALL, "35.02.14.2002": "Baru", "35.02": "Kabupaten Panaraga"}
    del after["35.02.14.2001"]
    lines = pack.differences(pack.Tree(SMALL, **SOURCE), pack.Tree(after, **SOURCE))
    assert lines == [
        "Baru 1, hilang 1, berganti nama 1.", "+ 35.02.14.2002 Baru", '- 35.02.14.2001 Nge"bel',
        "~ 35.02 Kabupaten Ponorogo → Kabupaten Panaraga",
    ]  # fmt: skip


def change_file(tmp_path, *lines):
    path = tmp_path / "changes.csv"
    path.write_text("\n".join(["kind,from_code,to_code,effective_on,source", *lines]))
    return path


def test_a_change_file_is_read_in_order(tmp_path):
    path = change_file(tmp_path, "merged,35.02.14.2001,35.02.14.2002,2026-01-31,Perda 1/2026")
    assert changes.read(path) == [Change("merged", "35.02.14.2001", "35.02.14.2002", date(2026, 1, 31), "Perda 1/2026")]


@pytest.mark.parametrize(
    "line",
    [
        "renamed,35,36,2026-01-01,x", "merged,35,35,2026-01-01,x", "merged,3,35,2026-01-01,x",
        "split,ID,35,2026-01-01,x",
        "merged,35,36,31-01-2026,x", "merged,35",
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(tmp_path, line):
    with pytest.raises(Refused, match="Baris 2"):
        changes.read(change_file(tmp_path, line))


def test_a_recoded_region_takes_its_own_regions_along_unless_they_are_named():
    day = date(2026, 1, 1)
    old = {"91.01", "91.01.01", "91.01.02", "91.01.03"}
    new = {"93.01", "93.01.01", "93.01.02", "93.01.09"}
    named = [Change("recoded", "91.01", "93.01", day, ""), Change("recoded", "91.01.02", "93.01.09", day, "")]
    assert [(c.from_code, c.to_code) for c in changes.spread(named, old, new)] == [
        ("91.01", "93.01"), ("91.01.02", "93.01.09"), ("91.01.01", "93.01.01"),
    ]  # fmt: skip


def test_the_history_that_comes_along_can_be_read():
    assert ("91", "93") in {(change.from_code, change.to_code) for change in changes.read()}
    assert io.StringIO(changes.HISTORY.read_text()).readline().startswith("kind,")
