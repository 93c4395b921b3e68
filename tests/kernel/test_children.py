"""What would let somebody find a particular child is seen before everybody reads it; talk of children is not."""

import time

import pytest

from kim.kernel.personal import masked, only_takes_away, traces_of_children


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Anak saya bernama Budi Contoh jatuh di sana.", "[dihapus] jatuh di sana."),
        ("Seorang siswi kelas 3 SD Negeri 2 dipukul.", "Seorang [dihapus] dipukul."),
        ("Ada murid SDN 2 Bangunsari yang sakit.", "Ada [dihapus] yang sakit."),
        ("Anak kami, yang bersekolah di SMP 1, dipalak.", "[dihapus], dipalak."),
        ("Anaknya umur 9 tahun demam.", "[dihapus] demam."),
        ("Seorang anak 7 tahun jatuh.", "Seorang [dihapus] jatuh."),
        ("Cucu saya berinisial R. terluka.", "[dihapus] terluka."),
        ("Anak saya Budi Santoso dipukul guru", "[dihapus] dipukul guru"),
        ("Anak saya, Budi (8 tahun)", "[dihapus]"),
        ("anak saya bernama budi", "[dihapus]"),
        ("ANAK SAYA BERNAMA BUDI", "[dihapus]"),
        ("Anak perempuan saya Siti kelas 3", "[dihapus]"),
        ("Anak saya kelas tiga SD", "[dihapus]"),
        ("Putri saya bernama Siti umur 7 tahun", "[dihapus]"),
        ("Keponakan saya umur 9 tahun", "[dihapus]"),
        ("Bayi bernama Ani", "[dihapus]"),
        ("Bocah 8 tahun tenggelam", "[dihapus] tenggelam"),
        ("adik saya kelas 4 SD", "[dihapus]"),
        ("Adiknya, Siti, menangis. Adik Siti itu 7 tahun.", "[dihapus], menangis. Adik Siti itu 7 tahun."),
        ("Anakku (usia tujuh tahun) takut.", "[dihapus] takut."),
        ("Anak saya namanya budi, kelas 2.", "[dihapus]."),
        ("Anak saya\nBudi dipukul. Dia takut.", "[dihapus] dipukul. Dia takut."),
    ],
)
def test_a_particular_child_is_seen_and_taken_away(words, left):
    assert traces_of_children(words) and masked(words) == left
    assert only_takes_away(words, left) and not traces_of_children(left)


@pytest.mark.parametrize(
    "words",
    [
        "Depan SD Negeri 2 jalan berlubang, anak-anak sering jatuh.",
        "Para murid SD menyeberang tanpa jembatan.",
        "Jalan ini berumur 9 tahun dan belum diperbaiki.",
        "Anak jalan ini rusak sejak 2 tahun lalu.",
        "Anak saya yang berusia 25 tahun mencari kerja.",
        "Bapak Budi Contoh, usia 45 tahun, mengantar anak ke sekolah.",
        "Posyandu untuk anak di RW 3 tutup.",
        "Siswa SD Negeri 2 harus menyeberang sungai",
        "Para siswa SDN 2 Bangunsari menyeberang",
        "murid kelas 1 sampai 6 tidak punya meja",
        "anak-anak SDN 2 banjir",
        "siswa-siswi kelas 3 SDN 2 belajar di tenda",
        "Para murid berumur 7 tahun belum menerima buku.",
        "Jalan ke sekolah anak sudah rusak berumur 9 tahun",
        "Anak Saya Tidak Bisa Sekolah",
        "ANAK SAYA TIDAK BISA SEKOLAH",
        "Anak saya namanya tidak ada di daftar KIP.",
        "Anak saya 2 tahun tidak menerima KIP.",
        "Anak usia 7 tahun ke atas boleh ikut.",
        "Anak saya, Budi Contoh, 25 tahun, mencari kerja.",
    ],
)
def test_talk_of_children_is_no_trace_of_one(words):
    assert traces_of_children(words) == [] and masked(words) == words


@pytest.mark.parametrize(
    "words",
    [
        "anak ",
        "Anak saya ",
        "Anak saya Budi ",
        "anak saya, ",
        "seorang anak kelas 1 ",
        "anak bernama ",
        "a",
        "1",
        "(",
        " ",
    ],
)
def test_a_long_text_is_looked_through_in_time_that_grows_with_it(words):
    began = time.process_time()
    traces_of_children(words * (200_000 // len(words)))
    assert time.process_time() - began < 5
