"""What would let somebody find a particular child is seen before everybody reads it; talk of children is not."""

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
    ],
)
def test_talk_of_children_is_no_trace_of_one(words):
    assert traces_of_children(words) == [] and masked(words) == words
