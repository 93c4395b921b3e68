"""Ticket numbers one can read aloud: nine digits of chance and a check digit, `4417-902-518`; and the reporter's secret."""

import secrets

# The quasigroup of Damm (2004): finds every single wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip
LENGTH = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
SECRET = 10  # of 31 signs: 49 bits; with the limit on tries nobody finds one by guessing


def check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def new_number() -> str:
    """Ten digits; says nothing of how many there are. Of millions kept, one in some hundred is met again: ask for another."""
    digits = str(secrets.randbelow(9) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(LENGTH - 2))
    return digits + check_digit(digits)


def read(typed: str) -> str | None:
    """The number somebody typed, however it is spaced; None when it is none or has a slip in it."""
    digits = "".join(sign for sign in typed if sign.isdigit() and sign.isascii())
    return digits if len(digits) == LENGTH and check_digit(digits) == "0" else None


def shown(number: str) -> str:
    """As it is written and read aloud."""
    return f"{number[:4]}-{number[4:7]}-{number[7:]}"


def new_secret() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(SECRET))
