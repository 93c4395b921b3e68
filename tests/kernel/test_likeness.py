"""Which texts ask the same: a suggestion that holds what it promises, whatever is typed."""

from hypothesis import given
from hypothesis import strategies as st

from kim.kernel.likeness import gist, heaps, nearest, overlap

TEXTS = st.lists(
    st.text(max_size=80) | st.sampled_from(["Apakah harus puasa?", "Harus puasa dulu, Pak?", "Di mana?"]), max_size=12
)


def test_fillers_and_endings_say_nothing():
    assert gist("Apakah harus puasa dulu ya, Pak?") == {"puasa", "dulu"}
    assert gist("Biayanya berapa?") == gist("Berapa biaya?") == {"biaya"}


def test_the_same_question_in_other_words_lies_in_one_heap():
    asked = [
        "Apakah harus puasa dulu?",
        "Bawa kartu apa saja?",
        "Puasa nggak sebelum cek?",
        "Kartunya apa yang dibawa?",
    ]
    assert heaps(asked) == [[0, 2], [1, 3]]


def test_questions_without_a_word_of_their_own_stay_alone():
    assert heaps(["Apa?", "Bagaimana?", "???"]) == [[0], [1], [2]]


def test_the_nearest_is_the_first_of_the_best_and_nothing_when_none_is_near():
    known = [gist("jadwal posyandu"), gist("jadwal imunisasi balita"), gist("jadwal imunisasi")]
    assert nearest(gist("Kapan jadwal imunisasi?"), known) == 1
    assert nearest(gist("Pupuk habis"), known) is None and nearest(gist("apa saja"), []) is None


@given(TEXTS)
def test_every_text_lies_in_exactly_one_heap_in_the_order_they_came(texts):
    found = heaps(texts)
    assert sorted(place for heap in found for place in heap) == list(range(len(texts)))
    assert all(heap == sorted(heap) for heap in found)
    assert [heap[0] for heap in found] == sorted(heap[0] for heap in found)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_from_both_sides(one, other):
    assert overlap(gist(one), gist(other)) == overlap(gist(other), gist(one))
    assert 0 <= overlap(gist(one), gist(other)) <= 1
