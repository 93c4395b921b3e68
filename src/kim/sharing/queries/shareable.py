"""What can be spread, as a value: the kit knows nothing else of a text, a packet, a product or a notice."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import date

DESIGN = 2  # counted up when cards or posters are drawn another way: their addresses change, and nobody shows old ones


@dataclass(frozen=True, slots=True)
class Own:
    """Texts that the one who issued it wrote, word for word; what is empty is made of the rest."""

    short: str = ""
    long: str = ""
    script: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Shareable:
    """A public thing in plain words. `source` says whose voice it is, addresses are absolute, `photo` may be empty.

    `points` are short sentences (when and where first); `advice` is what the one who spreads it adds; `stamp` is one or two
    words that say what to think of the title (done, alert or wait as its tone): a stamp on what is drawn, before the title in texts.
    """

    key: str
    title: str
    gist: str
    points: tuple[str, ...]
    source: str
    url: str
    short_url: str
    photo: str
    kind: str
    place: str
    valid_until: date | None = None
    advice: str = ""
    own: Own = Own()
    stamp: str = ""
    tone: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes with any word of it, and with the way it is drawn."""
        return hashlib.sha256(repr((DESIGN, astuple(self))).encode()).hexdigest()[:12]

    @property
    def headline(self) -> str:
        """The title, which never goes without its stamp."""
        return f"{self.stamp}: {self.title}" if self.stamp else self.title

    @property
    def scanned_url(self) -> str:
        """The short link as a QR on paper holds it: it says that somebody came that way."""
        return f"{self.short_url}?dari=qr"

    @property
    def village(self) -> str:
        """The place without what lies above it, for those who live there."""
        return self.place.partition(",")[0]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody handed in, as a slip to keep: a number to read aloud, a code to keep, and where to look.

    `link` is written out; `square` is what the QR holds, which may say more.
    """

    heading: str
    place: str
    number: str
    secret: str
    lines: list[str]
    warning: str
    link: str
    square: str
