"""Property tests: a code alone says its level, what lies above it and what lies within it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import codes
from kim.kernel.codes import Level

pairs = st.integers(0, 99).map("{:02d}".format)
fours = st.integers(0, 9999).map("{:04d}".format)


@st.composite
def any_code(draw) -> str:
    depth = draw(st.integers(0, 4))
    if depth == 0:
        return codes.NATION
    parts = [draw(pairs) for _ in range(min(depth, 3))]
    return ".".join([*parts, draw(fours)] if depth == 4 else parts)


@given(any_code())
def test_every_code_lies_within_itself_and_all_its_ancestors(code):
    assert codes.is_code(code)
    assert codes.within(code, code)
    assert all(codes.within(code, above) for above in codes.ancestors(code))


@given(any_code())
def test_ancestors_go_down_from_the_nation_one_level_at_a_time(code):
    chain = codes.chain(code)
    assert chain[0] == codes.NATION
    assert [codes.level(link) for link in chain] == list(Level)[: len(chain)]
    assert chain[-1] == code
    assert codes.parent(code) == (chain[-2] if len(chain) > 1 else None)


@given(any_code(), any_code())
def test_within_means_exactly_that_the_prefix_is_in_the_chain(code, prefix):
    assert codes.within(code, prefix) == (prefix in codes.chain(code))


@given(any_code(), any_code())
def test_two_codes_within_each_other_are_the_same(one, other):
    assert (codes.within(one, other) and codes.within(other, one)) == (one == other)


@given(st.text(max_size=15))
def test_any_text_is_a_code_or_is_refused(text):
    if codes.is_code(text):
        assert codes.level(text) in Level
    else:
        assert not codes.within(text, codes.NATION)
        with pytest.raises(ValueError):
            codes.level(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "350",
        "35.",
        "35.2",
        "35.02.",
        "35.02.17.100",
        "35.02.17.10088",
        "id",
        "３５",
        "35\n",
        "35,02",
        "KIM",
    ],
)
def test_a_text_that_only_looks_like_a_code_is_none(text):
    assert not codes.is_code(text)


def test_a_prefix_cut_inside_a_part_holds_nothing():
    assert not codes.within("35.02.17", "35.0")
    assert not codes.within("35.02.17", "3")
    assert not codes.within("35.02.17", "")
