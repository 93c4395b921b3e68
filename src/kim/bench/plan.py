"""What is to be loaded: which villages, how many texts, voices and claims each, and in which portions."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from math import exp
from statistics import NormalDist
from typing import Any, Self

from kim.kernel import codes
from kim.kernel.results import NotAllowed
from kim.regions.models import Region

A_YEAR = 5_000_000  # texts of the whole nation at factor 1
QUIET = 0.36  # of the KIM never wrote
SPREAD = 1.4  # of the logarithm of the texts per KIM: two thirds of all texts come from a tenth of the KIM
LIVELIEST = 3.3  # nobody writes more than so many deviations above the middle
PORTION = 4_000  # texts, or rows of like weight, in one transaction
A_KIM = 5  # texts that weigh as much as a KIM with its members
NATION = 83_762  # villages and kelurahan of the whole country
A_MONTH, MONTHS = 100_000, 12  # voices of the whole nation, and for how long
CLAIMS = 100_000  # of the whole nation, in the same year
UNLIKE = 0.8  # of the logarithm of the people of a village
TOWN = 3.0  # as many people live in a kelurahan as in so many desa


@dataclass(frozen=True, slots=True)
class Order:
    """One load. The same order makes the same rows."""

    share: float
    articles: int
    seed: int
    until: str
    places: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return date.fromisoformat(self.until)

    @property
    def end(self) -> datetime:
        """Nothing is later: ten in the evening before that day, in Jakarta."""
        return datetime.combine(self.day - timedelta(days=1), time(15), UTC)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        return cls(**(kept | {"places": tuple(kept["places"])}))

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it; `read` makes it again."""
        return asdict(self) | {"places": list(self.places)}


@dataclass(frozen=True, slots=True)
class Share:
    """One village of the load: the number of its KIM, of its texts, voices and claims, and of the first of each."""

    code: str
    number: int
    articles: int
    first: int
    voices: int = 0
    first_voice: int = 0
    claims: int = 0
    first_claim: int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    """Villages written in one transaction: `first` up to and without `last`, as numbers of KIM."""

    number: int
    first: int
    last: int
    articles: int


def shares(order: Order) -> list[Share]:
    """The villages by code with their texts; a smaller share is contained in a larger one of the same seed."""
    every = _villages(order.places)
    number = min(len(every), max(1, round(len(every) * order.share)))
    chosen = sorted(sorted(every, key=lambda code: chance_that(order.seed, "village", code))[:number])
    texts = _dealt(order.articles, [_liveliness(order.seed, code) for code in chosen])
    people = [_people(order.seed, code) for code in chosen]
    voices = _dealt(round(A_MONTH * MONTHS * number / NATION), people)
    claims = _dealt(round(CLAIMS * number / NATION), people)
    rows = enumerate(zip(chosen, texts, voices, claims, strict=True))
    return [Share(code, at, *of_texts, *of_voices, *of_claims) for at, (code, of_texts, of_voices, of_claims) in rows]


def _dealt(total: int, weights: list[float]) -> list[tuple[int, int]]:
    """So many things dealt out by weight: how many each gets, and the number of its first."""
    whole = sum(weights) or 1.0
    ends = [int(total * upto / whole + 1e-6) for upto in accumulate(weights)]
    return [(end - begin, begin) for begin, end in zip([0, *ends], ends, strict=False)]


def portions(found: list[Share]) -> Iterator[Portion]:
    """Neighbouring villages together, each portion of about the same weight."""
    number, first, weight, articles = 0, 0, 0, 0
    for share in found:
        weight, articles = weight + share.articles + share.voices + A_KIM, articles + share.articles
        if weight >= PORTION or share.number == len(found) - 1:
            yield Portion(number, first, share.number + 1, articles)
            number, first, weight, articles = number + 1, share.number + 1, 0, 0


def _villages(places: tuple[str, ...]) -> list[str]:
    for place in places:
        if not codes.is_code(place):
            raise NotAllowed(f"{place} bukan kode wilayah.")
    every = Region.objects.in_force().filter(level=codes.Level.VILLAGE).order_by("code").values_list("code", flat=True)
    found = [code for code in every if not places or any(codes.within(code, place) for place in places)]
    if not found:
        raise NotAllowed("Belum ada desa atau kelurahan di sini. Jalankan dulu: kim manage regions load.")
    return found


def chance_that(seed: int, what: str, code: str) -> float:
    """A number from 0 up to 1 that belongs to this village."""
    digest = hashlib.blake2b(f"{seed}/{what}/{code}".encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") / 2**56


def _people(seed: int, code: str) -> float:
    """How many live there, compared with others: towns more, and no two alike."""
    deviation = NormalDist().inv_cdf(min(max(chance_that(seed, "people", code), 1e-9), 1 - 1e-9))
    return exp(UNLIKE * deviation) * (TOWN if code[9] == "1" else 1.0)


def _liveliness(seed: int, code: str) -> float:
    """How much a KIM writes compared with others: many nothing, most a little, very few daily."""
    place = chance_that(seed, "lively", code)
    if place < QUIET:
        return 0.0
    deviation = NormalDist().inv_cdf(min(max((place - QUIET) / (1 - QUIET), 1e-9), 1 - 1e-9))
    return exp(SPREAD * min(deviation, LIVELIEST))
