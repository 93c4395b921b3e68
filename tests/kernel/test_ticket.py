"""Numbers that are read aloud: a slip of one digit or a swap of neighbours is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import ticket

NUMBERS = st.integers(10**8, 10**9 - 1).map(str).map(lambda digits: digits + ticket.check_digit(digits))


@given(NUMBERS, st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_noticed(number, place, digit):
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert (ticket.read(wrong) == number) if wrong == number else ticket.read(wrong) is None


@given(NUMBERS, st.integers(0, 8))
def test_two_swapped_neighbours_are_noticed(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or ticket.read(swapped) is None


def test_a_new_number_is_read_however_it_is_spaced():
    for _ in range(200):
        number = ticket.new_number()
        assert len(number) == 10 and number[0] != "0"
        assert ticket.read(f" {ticket.shown(number)} ") == ticket.read(number) == number
    assert ticket.read("12 34") is None and ticket.read("") is None
    assert len({ticket.new_secret() for _ in range(200)}) == 200
