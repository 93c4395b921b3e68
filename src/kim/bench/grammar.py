"""The grammar of the invented news: word lists, sentences with gaps, and how a gap is filled.

`words/words.txt` holds the lists. In `words/sentences.txt` a block `= name` is a pool of sentences for any text and
a block `@ topic weight` holds headlines (`#`) with their points (`-`) and openings (`:`), and details (`+`).
A gap `{tanaman}` says the same throughout one text, `{tanaman*}` is chosen anew, `{tanaman!}` begins a sentence;
`{n:5-90}` is a number. The first words of a list are chosen most often, as in any language.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import TypeVar

from kim.kernel.dates_id import spell

Choice = TypeVar("Choice")
Chance = Callable[[], float]
Piece = str | Callable[["Told"], str]
Sentence = list[Piece]
OF_PLACE = ("desa", "Desa", "sebut", "kec", "kab")


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of one village: its names by gap, its neighbours and its hamlets."""

    names: dict[str, str]
    neighbours: tuple[str, ...]
    hamlets: tuple[str, ...]


@dataclass(slots=True)
class Told:
    """One text while it is told: where, when, by which chance, and what was said already."""

    scene: Scene
    day: date
    chance: Chance
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Headline:
    title: Sentence
    points: list[Sentence]
    openings: list[Sentence]


@dataclass(frozen=True, slots=True)
class Topic:
    headlines: list[Headline]
    details: list[Sentence]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything of one file of sentences, ready to be told."""

    pools: dict[str, list[Sentence]]
    topics: dict[str, Topic]
    weights: list[float]

    def draw(self, chance: Chance) -> str:
        """A topic, the frequent ones more often."""
        value = chance() * self.weights[-1]
        return next(name for name, up_to in zip(self.topics, self.weights, strict=True) if value < up_to)


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The word lists by name, each in the order of the file."""
    lines = _read("words.txt").splitlines()
    pairs = (line.partition(": ") for line in lines if line)
    return {name: tuple(rest.split(", ")) for name, _, rest in pairs}


def person(chance: Chance) -> str:
    """An invented name."""
    first, last = words()["depan"], words()["belakang"]
    return f"{first[int(len(first) * chance())]} {last[int(len(last) * chance())]}"


def one(options: Sequence[Choice], chance: Chance) -> Choice:
    return options[int(len(options) * chance())]


def book() -> Book:
    """The news."""
    return read_book("sentences.txt")


@cache
def read_book(name: str) -> Book:
    """One file of sentences, compiled."""
    made, weights = Book({}, {}, []), []
    for block in _blocks(_read(name)):
        mark, name, *weight = block[0].split()
        if mark == "=":
            made.pools[name] = [_compile(line) for line in block[1:]]
        else:
            made.topics[name] = _topic(block[1:])
            weights.append(float(weight[0]))
    made.weights.extend(accumulate(weights))
    return made


def _read(name: str) -> str:
    return (resources.files("kim.bench") / "words" / name).read_text("utf-8")


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = []
    for line in filter(None, text.splitlines()):
        if line.startswith(("= ", "@ ")):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _topic(lines: list[str]) -> Topic:
    topic = Topic([], [])
    for line in lines:
        mark, sentence = line[0], _compile(line[2:])
        match mark:
            case "#":
                topic.headlines.append(Headline(sentence, [], []))
            case "-":
                topic.headlines[-1].points.append(sentence)
            case ":":
                topic.headlines[-1].openings.append(sentence)
            case "+":
                topic.details.append(sentence)
    return topic


def _compile(line: str) -> Sentence:
    """Literal parts as text, gaps as functions of the text being told."""
    head, *rest = line.split("{")
    pieces: Sentence = [head] if head else []
    for part in rest:
        gap, _, literal = part.partition("}")
        pieces.append(_gap(gap))
        if literal:
            pieces.append(literal)
    return pieces


def _gap(gap: str) -> Piece:
    key = gap.rstrip("!").replace("*", "")
    make = _maker(key)
    if "*" not in gap and key not in OF_PLACE:
        make = _kept(key, make)
    return _capital(make) if gap.endswith("!") else make


def _kept(key: str, make: Callable[[Told], str]) -> Callable[[Told], str]:
    def said(told: Told) -> str:
        if key not in told.kept:
            told.kept[key] = make(told)
        return told.kept[key]

    return said


def _capital(make: Callable[[Told], str]) -> Callable[[Told], str]:
    def said(told: Told) -> str:
        words = make(told)
        return words[:1].upper() + words[1:]

    return said


def _maker(key: str) -> Callable[[Told], str]:
    if key in OF_PLACE:
        return lambda told: told.scene.names[key]
    if key.startswith("n:"):
        low, high = map(int, key[2:].split("-"))
        return lambda told: str(low + int(told.chance() * (high - low + 1)))
    if key in _SPECIAL:
        return _SPECIAL[key]
    return _of_list(words()[key])


def _of_list(options: tuple[str, ...]) -> Callable[[Told], str]:
    number = len(options)

    def said(told: Told) -> str:
        return options[int(number * told.chance() ** 2)]  # the first half three times as often as the second

    return said


@cache
def _dated(day: date) -> str:
    return spell(day)


_SPECIAL: dict[str, Callable[[Told], str]] = {
    "nama": lambda told: person(told.chance),
    "lain": lambda told: one(told.scene.neighbours, told.chance),
    "dusun": lambda told: one(told.scene.hamlets, told.chance),
    "jam": lambda told: f"{7 + int(told.chance() * 14):02d}.{int(told.chance() * 4) * 15:02d}",
    "tanggal": lambda told: _dated(told.day + timedelta(days=int(told.chance() ** 2 * 20))),
}
