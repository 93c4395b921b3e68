"""What kind of message somebody sent, as far as words alone can tell: a threat, or nothing but links."""

import re

from kim.kernel import fingerprint

_THREATS = re.compile(
    r"\b(?:bunuh|habisi|bacok|bakar\s+(?:rumah|kantor|balai)|tembak\s+(?:kamu|kau|dia|mereka)|bom\s+(?:rumah|kantor|masjid|"
    r"gereja|sekolah)|awas\s+(?:kamu|kau|lu|lo)\b|serang\s+(?:rumah|warga|kantor)|gorok|culik)\b",
    re.IGNORECASE,
)


def is_threat(text: str) -> bool:
    """Whether somebody may be in danger. A hint for people, never a verdict."""
    return _THREATS.search(text) is not None


def is_only_links(text: str) -> bool:
    """Whether nothing is left of it without its web addresses."""
    return bool(fingerprint.links(text)) and not fingerprint.words(text)
