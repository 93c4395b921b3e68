"""The pages of a list, as an officer meets them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from importing.factories import NGEBEL, WATES_JENANGAN, book_of, brought, messy_book, officer, uploaded
from kim.accounts.backends import STRONG
from kim.accounts.models import Person, Role
from kim.importing import actions
from kim.importing.models import Batch, Row
from kim.importing.workflow import Outcome, Stage
from kim.kernel.spreadsheet import read
from kim.registry.models import Kim

pytestmark = pytest.mark.django_db
HOME = "/kantor/impor/"


def enter(client, who):
    client.force_login(Person.objects.get(pk=who.person_id), backend=STRONG)
    return client


@pytest.fixture
def who():
    return officer()


@pytest.fixture
def desk(client, who):
    return enter(client, who)


def send(client, data: bytes, name: str = "daftar.xlsx", **more):
    return client.post(HOME, {"file": SimpleUploadedFile(name, data), **more})


def test_a_list_goes_from_file_to_register_by_forms_alone(desk):
    answer = send(desk, messy_book())
    batch = Batch.objects.get()
    assert answer["Location"] == f"{HOME}{batch.id}/"
    page = desk.get(answer["Location"], follow=True)
    assert (
        "PENGURUS KETUA" in page.text
        and "Contoh isi: " in page.text
        and "Lembar lain tidak dibaca: Sampul" in page.text
    )
    mapping = {bound.html_name: bound.initial for bound in page.context["form"]}
    page = desk.post(f"{HOME}{batch.id}/kolom/", mapping, follow=True)
    assert "Ini yang akan terjadi" in page.text and "Tulis 3 baris yang sudah benar" in page.text
    assert "Desa/kelurahan masih kosong." in page.text
    assert not Kim.objects.exists()
    page = desk.post(f"{HOME}{batch.id}/tulis/", follow=True)
    assert 'http-equiv="refresh"' in page.text and "0 dari 3" in page.text
    actions.carry_on()
    page = desk.get(f"{HOME}{batch.id}/")
    assert "Daftar ini sudah ditulis" in page.text and "refresh" not in page.text
    assert Kim.objects.count() == 3


def test_the_same_bytes_lead_to_the_earlier_list(desk):
    data = messy_book()
    first, second = send(desk, data), send(desk, data, "salinan.xlsx")
    assert first["Location"] == second["Location"]
    assert "sudah pernah diunggah" in desk.get(second["Location"], follow=True).text
    assert Batch.objects.count() == 1


def test_a_double_click_uploads_once(desk):
    key = "0198c2f0-0000-7000-8000-000000000001"
    answers = {send(desk, messy_book(), kunci=key)["Location"] for _ in range(2)}
    assert len(answers) == 1 and Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("daftar.xlsx", b"MZ\x90\x00\x03" + b"\x00" * 500, "bukan berkas Excel"),
        ("daftar.xlsx", b"", "kosong"),
        ("daftar.csv", b"\x00" * 40, "bukan berkas Excel"),
        ("daftar.xlsx", b"P" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_bad_file_is_answered_beside_its_field(desk, name, data, words):
    page = send(desk, data, name)
    assert page.status_code == 422 and words in page.text
    assert not Batch.objects.exists()


def test_no_file_at_all_is_said_too(desk):
    assert "belum diisi" in desk.post(HOME).text


def test_a_semicolon_csv_of_an_old_excel_works_too(desk):
    text = "Nama KIM;Desa;Tgl SK;No SK;No HP\r\nKIM Café;Kel. Bangunsari;12/1/22;=1+1;81234567890\r\n"
    answer = send(desk, text.encode("cp1252"), "daftar.csv")
    batch = Batch.objects.get()
    desk.get(answer["Location"])
    actions.map_columns(
        batch.id, actor=officer(), mapping={"0": "kim_name", "1": "village", "2": "decree_date", "3": "decree_number"}
    )
    page = desk.post(f"{HOME}{batch.id}/periksa/", follow=True)
    assert "KIM Café" in page.text


def test_columns_must_name_the_kim_and_its_village_once(desk, who):
    batch = uploaded(who, messy_book())
    page = desk.post(f"{HOME}{batch.id}/kolom/", {f"k{at}": "chair" if at < 2 else "-" for at in range(12)})
    assert page.status_code == 422
    for words in ("lebih dari satu kolom", "berisi Nama KIM", "berisi Desa/kelurahan"):
        assert words in page.text
    assert Batch.objects.get().stage == Stage.UPLOADED


def test_an_officers_mapping_is_remembered_for_the_next_list(desk, who):
    first = uploaded(who, book_of(["Perkumpulan", "Desa", "Kecamatan"], ["KIM A", "Ngebel", "Ngebel"]))
    actions.map_columns(first.id, actor=who, mapping={"0": "kim_name", "1": "village"})
    second = uploaded(who, book_of(["Kecamatan", "Desa", "Perkumpulan"], ["Ngebel", "Ngebel", "KIM A"]))
    form = desk.get(f"{HOME}{second.id}/kolom/").context["form"]
    assert [bound.initial for bound in form] == ["district", "village", "kim_name"]


def test_a_village_is_chosen_in_place(desk, who):
    batch = brought(who, book_of(["Nama KIM", "Desa"], ["KIM W", "Wates"]))
    page = desk.get(f"{HOME}{batch.id}/")
    assert "Ada 2 desa/kelurahan bernama sama" in page.text and "Bukan salah satu di atas" in page.text
    wrong = desk.post(f"{HOME}{batch.id}/baris/2/", {"code": NGEBEL, "village": "Wates"})
    assert wrong.status_code == 422
    page = desk.post(f"{HOME}{batch.id}/baris/2/", {"code": WATES_JENANGAN, "village": "Wates"}, follow=True)
    assert "Baris 2: KIM baru." in page.text
    assert Row.objects.get().outcome == Outcome.NEW


def test_a_corrected_name_is_typed_and_stays_when_the_page_is_loaded_again(desk, who):
    batch = brought(who, book_of(["Nama KIM", "Desa"], ["KIM W", "Entah"]))
    page = desk.post(f"{HOME}{batch.id}/baris/2/", {"village": "Tetap Entah"}, follow=True)
    assert "Baris 2: Perlu dibetulkan." in page.text and 'value="Tetap Entah"' in page.text
    desk.post(f"{HOME}{batch.id}/baris/2/", {"village": "Desa Wates Kec. Jenangan"})
    assert Row.objects.get().outcome == Outcome.NEW


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_faulty_rows_go_out_without_formulas_and_come_back_corrected(desk, who, kind):
    batch = brought(
        who, book_of(["Nama KIM", "Desa", "Ketua", "No HP"], ["KIM A", "Entah", "=cmd|' /C calc'!A0", "+6281234567890"])
    )
    row = batch.rows.get()
    assert row.cells[2] == ""  # a formula has only its value, and this one never had any
    Row.objects.update(cells=["KIM A", "Entah", "=cmd|' /C calc'!A0", "+6281234567890"])
    answer = desk.get(f"{HOME}{batch.id}/perlu-dibetulkan.{kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="perlu-dibetulkan.{kind}"'
    rows = read(answer.content)[0].rows
    assert rows[0][0] == "Yang perlu dibetulkan" and "tidak ketemu" in rows[1][0]
    assert rows[1][3:] == ["'=cmd|' /C calc'!A0", "'+6281234567890"]
    if kind == "xlsx":
        cells = [cell for line in load_workbook(io.BytesIO(answer.content)).active for cell in line]
        assert all(cell.data_type != "f" for cell in cells)
    again = brought(who, answer.content.replace(b"Entah", b"Ngebel") if kind == "csv" else _mended(answer.content))
    assert again.rows.get().outcome == Outcome.NEW


def _mended(data: bytes) -> bytes:
    rows = read(data)[0].rows
    return book_of(rows[0], [cell.replace("Entah", "Ngebel") for cell in rows[1]])


def test_the_example_can_be_uploaded_as_it_is(desk, who):
    answer = desk.get(f"{HOME}contoh.xlsx")
    batch = brought(who, answer.content)
    assert batch.counts == {"new": 2}


def test_fifty_rows_stand_on_a_page_and_filters_narrow_them(desk, who):
    lines = [[f"KIM Ke {n}", "Ngebel" if n % 2 else "Entah"] for n in range(120)]
    batch = brought(who, book_of(["Nama KIM", "Desa"], *lines))
    page = desk.get(f"{HOME}{batch.id}/?lihat=baru")
    assert len(page.context["page"]) == 50 and "KIM Ke 1<" in page.text and "Entah" not in page.text
    following = desk.get(f"{HOME}{batch.id}/{page.context['next_url']}")
    assert len(following.context["page"]) == 10
    assert desk.get(f"{HOME}{batch.id}/?lihat=aneh&sesudah=%01").status_code == 200


def test_queries_do_not_grow_with_the_rows(desk, who, django_assert_max_num_queries):
    batch = brought(who, book_of(["Nama KIM", "Desa"], *([f"KIM {n}", "Entah"] for n in range(50))))
    with django_assert_max_num_queries(9):
        desk.get(f"{HOME}{batch.id}/")
    with django_assert_max_num_queries(26):
        actions.check(batch.id, actor=who)


def test_a_list_is_discarded_on_a_page_of_its_own(desk, who):
    batch = brought(who, messy_book())
    assert "Hapus daftar" in desk.get(f"{HOME}{batch.id}/hapus/").text
    page = desk.post(f"{HOME}{batch.id}/hapus/", follow=True)
    assert "Daftar dihapus" in page.text and "Belum ada daftar" in page.text


def test_another_regency_does_not_even_see_that_a_list_exists(client, who):
    batch = brought(who, messy_book())
    enter(client, officer("35.19"))
    paths = ["", "kolom/", "hapus/", "perlu-dibetulkan.csv"]
    assert [client.get(f"{HOME}{batch.id}/{path}").status_code for path in paths] == [404] * 4
    for path in ("periksa/", "tulis/", "berhenti/", "hapus/", "baris/7/", "kolom/"):
        assert client.post(f"{HOME}{batch.id}/{path}").status_code == 404
    assert batch.name not in client.get(HOME).text


def test_no_other_hat_comes_in(client):
    assert client.get(HOME).status_code == 302
    for role in (Role.MEMBER, Role.BOARD, Role.VILLAGE, Role.EXPERT, Role.AGENCY):
        assert enter(client, officer(NGEBEL, role)).get(HOME).status_code == 403
