"""Opening a packet to everybody: its address."""

from kim.dissemination.models import Bulletin
from kim.kernel.ids import short_code

CODE_LENGTH = 7  # one letter more than that of an article: by its length a code says what it leads to


def give_address(bulletin: Bulletin) -> None:
    """The short code; given once, kept for ever."""
    while not bulletin.short_code:
        code = short_code(CODE_LENGTH)
        bulletin.short_code = None if Bulletin.objects.filter(short_code=code).exists() else code
