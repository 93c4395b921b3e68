"""A sketch counts different ones: exactly when they are few, to the standard error when they are many, in any order."""

import hashlib
import random
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kim.kernel.sketch import MOST_MARKS, REGISTERS, Sketch

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=60)
ERROR = 1.04 / sqrt(REGISTERS)


def sketch(hashes) -> Sketch:
    made = Sketch()
    for one in hashes:
        made.add(one)
    return made


def both(*sketches: Sketch) -> Sketch:
    made = Sketch()
    for one in sketches:
        made.merge(one)
    return made


def crowd(size: int, seed: int = 0) -> list[int]:
    chance = random.Random(seed)
    return [chance.getrandbits(64) for _ in range(size)]


CROWD = sketch(crowd(5000))  # beyond the marks


@given(HASHES, HASHES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_merging_is_commutative_to_the_byte(one, other, is_many):
    first, second = both(sketch(one), CROWD) if is_many else sketch(one), sketch(other)
    assert both(first, second) == both(second, first) == both(sketch(one + other), *([CROWD] if is_many else []))


@given(HASHES, HASHES, HASHES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_merging_is_associative_to_the_byte(one, two, three, is_many):
    first, second, third = sketch(one), both(sketch(two), *([CROWD] if is_many else [])), sketch(three)
    assert both(both(first, second), third) == both(first, both(second, third))


@given(HASHES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_merging_is_idempotent_and_adding_again_changes_nothing(hashes, is_many):
    one = both(sketch(hashes), *([CROWD] if is_many else []))
    before = bytes(one)
    one.merge(one)
    assert bytes(one) == bytes(both(one, one)) == before
    for again in hashes:
        one.add(again)
    assert bytes(one) == before


@given(HASHES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_kept_is_read_again(hashes, is_many):
    one = both(sketch(hashes), *([CROWD] if is_many else []))
    assert Sketch.of(bytes(one)) == one
    assert Sketch.of(bytes(one)).estimate() == one.estimate()


@given(st.permutations(crowd(MOST_MARKS + 40, seed=4)[:200]), st.integers(0, 200))
@settings(max_examples=15, deadline=None)
def test_the_order_and_the_cut_make_no_difference_where_marks_become_registers(order, cut):
    rest = crowd(MOST_MARKS + 40, seed=4)[200:]
    whole = sketch(crowd(MOST_MARKS + 40, seed=4))
    assert both(sketch(order[:cut]), sketch(rest + order[cut:])) == whole == sketch(order + rest)


@pytest.mark.parametrize("size", [0, 1, 2, 9, 10, 99, 100, 1000, MOST_MARKS])
@pytest.mark.parametrize("seed", range(4))
def test_few_are_counted_as_they_are(size, seed):
    assert abs(sketch(crowd(size, seed)).estimate() - size) <= (1 if size >= 1000 else 0)


@pytest.mark.parametrize("size", [MOST_MARKS + 1, 5_000, 20_000, 100_000])
@pytest.mark.parametrize("seed", range(5))
def test_many_are_counted_within_three_per_cent(size, seed):
    found = sketch(crowd(size, seed)).estimate()
    assert abs(found / size - 1) <= 0.03


def test_the_error_of_many_sketches_is_the_standard_error_and_leans_to_no_side():
    errors = [sketch(crowd(30_000, seed)).estimate() / 30_000 - 1 for seed in range(40)]
    spread = sqrt(sum(error**2 for error in errors) / len(errors))
    assert spread < 1.5 * ERROR
    assert abs(sum(errors) / len(errors)) < ERROR / 2


def test_a_page_with_few_readers_takes_a_few_bytes_and_a_nation_twelve_thousand():
    assert [len(bytes(sketch(crowd(size)))) for size in (0, 1, 20, 100)] == [2, 6, 82, 402]
    assert len(bytes(sketch(crowd(100_000)))) == 2 + REGISTERS * 6 // 8


EDGES = [0, 1, 2**64 - 1, 1 << 37, 1 << 38, 1 << 49, 1 << 50, 0x0123456789ABCDEF]


def test_the_format_never_changes_silently():
    """Whoever changes it writes a new version, and reads this one for as long as rows of it are kept."""
    marks = "01000000002700000067000200270004002701234541ffffffc1"
    assert bytes(sketch(EDGES)).hex() == marks
    assert Sketch.of(bytes.fromhex(marks)).estimate() == 6
    many = bytes(sketch([*EDGES, *(_hash(n) for n in range(20_000))]))
    assert many[:2] == b"\x01\x01"
    assert hashlib.sha256(many).hexdigest() == "06ba9e9475ce1eebe68e779920b9bf3e636861ad7e4a30f839a29f5343d03fc5"
    assert Sketch.of(many).estimate() == 19_816


def test_the_registers_are_those_of_the_definition():
    """However the marks were kept before: the longest run of zeros after the fourteen bits that choose a register."""
    hashes = [*EDGES, *crowd(MOST_MARKS + 500)]
    plain = bytearray(REGISTERS)
    for one in hashes:
        run = 50 - (one & (1 << 50) - 1).bit_length() + 1
        plain[one >> 50] = max(plain[one >> 50], run)
    assert sketch(hashes)._registers == plain


def _hash(n: int) -> int:
    return int.from_bytes(hashlib.blake2b(str(n).encode(), digest_size=8).digest())


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x02\x00", b"\x01\x02", b"\x01\x00abc", b"\x01\x01" + b"\0" * 9])
def test_bytes_of_no_known_version_are_refused(broken):
    with pytest.raises(ValueError, match="version"):
        Sketch.of(broken)
