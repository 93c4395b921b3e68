"""News of invented events in Indonesian, told by `grammar` from patterns, the place and chance."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kim.bench.grammar import Book, Chance, Choice, Headline, Scene, Sentence, Told, Topic, book, one, person, words

__all__ = ["Chance", "Scene", "Story", "chance_of", "person", "tell", "words"]


@dataclass(frozen=True, slots=True)
class Story:
    """A finished text. `paragraphs` are (tag, words)."""

    category: str
    title: str
    points: list[str]
    paragraphs: list[tuple[str, str]]

    @property
    def body(self) -> str:
        return "".join(f"<{tag}>{words}</{tag}>" for tag, words in self.paragraphs)

    @property
    def plain(self) -> str:
        """What `text.plain` makes of points and body."""
        return " ".join([*self.points, *(words for _, words in self.paragraphs)])


def tell(scene: Scene, day: date, chance: Chance) -> Story:
    """One text of about 170 words about an invented event of that day."""
    lore = book()
    category = lore.draw(chance)
    topic, told = lore.topics[category], Told(scene, day, chance)
    headline = one(topic.headlines, chance)
    title = _say(headline.title, told)[:160]
    points = [_say(point, told) for point in headline.points]
    return Story(category, title, points, _paragraphs(lore, topic, headline, told))


def _paragraphs(lore: Book, topic: Topic, headline: Headline, told: Told) -> list[tuple[str, str]]:
    """Opening, details, what people say, the background, the end: four to six paragraphs."""
    chance, pools = told.chance, lore.pools
    details = _some(topic.details, 4 + int(chance() * 3), chance)
    background = _some(pools["latar"], 2 + int(chance() * 3), chance)
    spoken = _some(pools["kutipan"], 1 + int(chance() * 2), chance)
    made = [("p", [one(headline.openings, chance), *details[:2]]), ("p", [*details[2:], spoken[0]])]
    if chance() < 0.3:
        made.append(("h2", [one(pools["subjudul"], chance)]))
    made.append(("p", background))
    if len(spoken) > 1:
        made.append(("p", [spoken[1], one(pools["latar"], chance)]))
    made.append(("p", _some(pools["tutup"], 1 + int(chance() * 2), chance)))
    return [(tag, " ".join([_say(sentence, told) for sentence in sentences])) for tag, sentences in made]


def _say(sentence: Sentence, told: Told) -> str:
    return "".join([piece if piece.__class__ is str else piece(told) for piece in sentence])  # type: ignore[operator]


def _some(options: Sequence[Choice], number: int, chance: Chance) -> list[Choice]:
    """That many different ones, neighbours in a circle walked in steps: cheap and never the same twice."""
    start, size = int(len(options) * chance()), len(options)
    step = 1 + int(chance() * 3)
    found: list[Choice] = []
    for n in range(number):
        option = options[(start + n * step) % size]
        if not any(option is other for other in found):
            found.append(option)
    return found


def chance_of(seed: int, name: str) -> random.Random:
    """The chance of one thing: the same for the same seed and name, whoever asks and when."""
    return random.Random(f"{seed}/{name}")
