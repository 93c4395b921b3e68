"""Indonesian phone numbers as people type them, kept as E.164."""

import phonenumbers

MISSING = "Isi nomor HP."


class BadPhone(ValueError):
    """The message says in Indonesian what to mend."""


def normalise(text: str) -> str:
    """`0812-3456 7890` becomes `+6281234567890`; raises BadPhone with a helpful sentence."""
    raw = "".join(ch for ch in text if ch.isdigit() or ch == "+")
    if not raw:
        raise BadPhone(MISSING)
    try:
        number = phonenumbers.parse(raw, "ID")
    except phonenumbers.NumberParseException as error:
        raise BadPhone("Nomor HP belum dikenali. Tulis angkanya saja, misalnya 0812 3456 7890.") from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise BadPhone("Nomor HP kurang panjang. Periksa lagi angkanya.")
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise BadPhone("Nomor HP terlalu panjang. Periksa lagi angkanya.")
    if not phonenumbers.is_valid_number(number):
        raise BadPhone("Nomor HP belum dikenali. Periksa lagi angkanya, misalnya 0812 3456 7890.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(e164: str) -> str:
    """`+6281234567890` as people say it: `0812-3456-7890`."""
    return phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.NATIONAL)


def masked(e164: str) -> str:
    """Enough to recognise one's own number, too little to call it: `0812••••890`."""
    digits = "0" + e164.removeprefix("+62")
    return f"{digits[:4]}••••{digits[-3:]}"
