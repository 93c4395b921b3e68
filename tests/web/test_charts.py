"""Charts are drawn by the server and always say their numbers."""

from django.template import Context, Template

from kim.web.tilemap import COLUMNS, ROWS, TILES, fill_level, thresholds


def drawn(source: str, **context: object) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


def test_every_province_has_its_own_place_on_the_map():
    places = {(tile.column, tile.row) for tile in TILES.values()}
    assert len(TILES) == len(places) == len({tile.letters for tile in TILES.values()}) == 38
    assert all(tile.column < COLUMNS and tile.row < ROWS for tile in TILES.values())


def test_the_fuller_tile_means_more():
    steps = thresholds(612)
    assert [fill_level(value, steps) for value in (0, 1, 50, 100, 200)] == [0, 1, 2, 3, 4]


def test_a_tile_says_name_and_number_and_leads_to_its_province():
    page = drawn("{% tile_map values %}", values={"35": 1612})
    assert 'href="/wilayah/35/"' in page
    assert "JI 1.612: Jawa Timur, 1.612 KIM" in page
    assert "Papua, belum ada KIM" in page


def test_one_dot_is_one_village():
    page = drawn("{% village_dots 3 15 %}")
    assert page.count("<circle") == 15
    assert page.count('class="no"') == 12


def test_too_many_villages_become_a_bar():
    page = drawn("{% village_dots 50 200 %}")
    assert "<circle" not in page
    assert 'rect width="25"' in page


def test_coverage_names_the_base():
    page = drawn("{% coverage rows %}", rows=[("Babadan", 3, 15), ("Ngrayun", 0, 11, "/wilayah/35.02.01/")])
    assert "3 dari 15 desa" in page
    assert "belum ada, 11 desa" in page


def test_bars_are_shares_of_the_highest():
    page = drawn('{% bar_chart rows unit="KIM" %}', rows=[("Ngebel", 8), ("Siman", 2)])
    assert 'width="100" height="10"/' in page
    assert 'width="25" height="10"/' in page
    assert "8 KIM" in page


def test_a_series_says_its_highest_and_last_value():
    page = drawn("{% area_series points %}", points=[("Juni", 4), ("Juli", 9), ("Agustus", 7)])
    assert "Paling tinggi Juli: 9" in page
    assert "Terakhir Agustus: <strong>7" in page


def test_empty_data_draws_nothing_that_breaks():
    assert drawn("{% area_series points %}", points=[]).strip() == ""
    assert "<li>" not in drawn("{% bar_chart rows %}", rows=[])
    assert drawn("{% bar 1 0 %}")
    assert drawn("{% village_dots 0 0 %}")
