"""Taking personal data away from somebody's words, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from kim.kernel.personal import TAKEN_AWAY, masked, only_takes_away, traces

words = st.lists(st.sampled_from(["jalan", "rusak", "di", "Budi", "depan", "pasar", "08123456789"]), max_size=12)


@given(words=words, cut=st.sets(st.integers(0, 11)))
def test_words_that_are_marked_as_taken_away_may_go(words, cut):
    kept = [TAKEN_AWAY if n in cut else word for n, word in enumerate(words)]
    assert only_takes_away(" ".join(words), " ".join(kept))


@given(words=words, place=st.integers(0, 12))
def test_no_word_is_added(words, place):
    more = [*words[:place], "bohong", *words[place:]]
    assert not only_takes_away(" ".join(words), " ".join(more))


@given(words=words.filter(len), place=st.integers(0, 11))
def test_no_word_goes_unmarked(words, place):
    fewer = [word for n, word in enumerate(words) if n != place % len(words)]
    assert not only_takes_away(" ".join(words), " ".join(fewer))


def test_what_is_masked_has_no_traces_and_only_takes_away():
    text = "Pak RT, 0812 3456 7890 atau budi@contoh.id, NIK 3502171008990001, bilang jalan rusak."
    assert not traces(masked(text)) and only_takes_away(text, masked(text))
    assert masked("Jalan rusak.") == "Jalan rusak."
