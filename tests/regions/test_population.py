"""How many live where: brought by a file, added up only where nothing is missing, and never a guess."""

import pytest
from django.core.management import CommandError, call_command

from kim.kernel.results import Refused
from kim.regions import actions, queries
from kim.regions.data.heads import Count, read
from kim.regions.models import Population
from regions.factories import plant

pytestmark = pytest.mark.django_db
VILLAGES = ("35.02.17.1008", "35.02.17.1009", "35.02.19.2007")


@pytest.fixture(autouse=True)
def places():
    plant(*VILLAGES)


def kept() -> dict[str, tuple[int, int, bool]]:
    return {one.region_id: (one.number, one.year, one.is_sum) for one in Population.objects.all()}


def villages(*numbers: int, year: int = 2024) -> list[Count]:
    return [Count(code, number, year, "Dukcapil") for code, number in zip(VILLAGES, numbers, strict=False)]


def test_a_place_above_has_the_sum_once_every_place_below_has_its_number():
    assert actions.count_people(villages(100, 200)) == (2, 1)
    assert kept()["35.02.17"] == (300, 2024, True) and "35.02" not in kept()
    actions.count_people([Count(VILLAGES[2], 50, 2023, "Kantor desa")])
    assert kept()["35.02"] == kept()["35"] == kept()["ID"] == (350, 2023, True)
    assert Population.objects.get(region_id="35.02").source == "Dukcapil dan lainnya"


def test_a_number_that_was_brought_stands_before_a_sum_and_is_replaced_by_a_newer_one():
    actions.count_people([Count("35.02", 999, 2022, "BPS"), *villages(100, 200, 50)])
    assert kept()["35.02"] == (999, 2022, False)
    actions.count_people([Count("35.02", 360, 2025, "BPS")])
    assert kept()["35.02"] == (360, 2025, False) and kept()["35"] == (360, 2025, True)


def test_an_unknown_code_keeps_nothing_of_the_file():
    with pytest.raises(Refused, match="99"):
        actions.count_people([*villages(1, 2, 3), Count("99", 5, 2024, "BPS")])
    assert not kept()


def test_the_command_reads_what_a_spreadsheet_writes(tmp_path, capsys):
    file = tmp_path / "jiwa.csv"
    file.write_bytes("Kode;Jumlah;Tahun;Sumber\n35.02;962.105;2024;Dukcapil\n;;;\n".encode("utf-8-sig"))
    call_command("regions", "population", str(file))
    assert "1 wilayah disimpan" in capsys.readouterr().out
    place = queries.get("35.02")
    assert queries.people_of(place).number == 962_105 and queries.people_of(queries.get("ID")).is_sum


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kode,jumlah\n35,1\n", "year"),
        ("kode,jumlah,tahun,sumber\n35,banyak,2024,BPS\n", "Baris 2"),
        ("kode,jumlah,tahun,sumber\nabc,1,2024,BPS\n", "abc"),
        ("kode,jumlah,tahun,sumber\n35,1,2024,\n", "sumber"),
        ("kode,jumlah,tahun,sumber\n35,-1,2024,BPS\n", "tidak mungkin"),
        ("kode,jumlah,tahun,sumber\n35,1,1800,BPS\n", "tidak mungkin"),
        ("", "Kolom"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, text, word):
    file = tmp_path / "jiwa.csv"
    file.write_text(text)
    with pytest.raises(Refused, match=word):
        read(file)
    with pytest.raises(CommandError):
        call_command("regions", "population", str(file))
    assert not kept()
