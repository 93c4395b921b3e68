"""A text for the loudspeaker of a mosque, a church or the village hall, and one in big type for those who see badly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kim.kernel import text
from kim.kernel.dates_id import spell
from kim.kernel.spoken import spoken
from kim.sharing.queries.shareable import Shareable

WORDS_PER_MINUTE = 120
BREATH = 16  # words that are said in one breath
MOST_ESSENTIALS, MOST_SENTENCES = 3, 24
MOST_BIG, BIG_LINE = 4, 80  # lines of a sheet, signs of a line
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
PAUSE = re.compile(r"(?<=[,;:])\s+|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Script:
    """What is read aloud, paragraph by paragraph, each a list of short sentences; and how long that takes."""

    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> int:
        return sum(len(sentence.split()) for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def seconds(self) -> int:
        """At about 120 words a minute, rounded up to five seconds."""
        return -(-self.words * 60 // WORDS_PER_MINUTE // 5) * 5

    @property
    def plain(self) -> str:
        return "\n\n".join("\n".join(paragraph) for paragraph in self.paragraphs)


def loudspeaker(of: Shareable) -> Script:
    """Greeting, the news in short sentences without figures, the essentials once more, thanks.

    Whoever opens the window late still hears what it is about.
    """
    if of.own.script:
        return _as_written(of.own.script)
    body = list(_sentences(of.gist, *_points(of)))[:MOST_SENTENCES]
    title = list(_sentences(of.headline))
    essentials = [*title, *list(_sentences(*_points(of)[:MOST_ESSENTIALS] or [of.gist]))[: 2 * MOST_ESSENTIALS]]
    closing = [*_sentences(of.advice), *_validity(of), f"Sekian kabar dari {spoken(of.source)}.", "Terima kasih."]
    parts = (_greeting(of), title, body, ["Kami ulangi.", *essentials], closing)
    return Script(tuple(tuple(part) for part in parts if part))


def _as_written(script: str) -> Script:
    """A script that its author wrote to be spoken: word for word, a line for each sentence."""
    parts = re.split(r"\n\s*\n", script.replace("\r", "").strip())
    sentences = (
        [one for line in part.splitlines() for one in SENTENCE_END.split(line.strip()) if one] for part in parts
    )
    return Script(tuple(tuple(part) for part in sentences if part))


@dataclass(frozen=True, slots=True)
class BigSheet:
    """Few short lines for a page in letters that elders read without glasses."""

    title: str
    lines: tuple[str, ...]
    more: str


def big_sheet(of: Shareable) -> BigSheet:
    """Title and at most four points, shortened to what fits one A4 in type of 24 points (8.5 mm).

    What is no list of points has their room for its gist, and below it the advice.
    """
    kept = tuple(text.clip(line, BIG_LINE) for line in _points(of)[:MOST_BIG])
    until = f"Berlaku sampai {spell(of.valid_until)}." if of.valid_until else ""
    if not kept and of.gist:
        kept, until = (text.clip(of.gist, MOST_BIG * BIG_LINE),), until or text.clip(of.advice, BIG_LINE)
    return BigSheet(text.clip(of.headline, 2 * BIG_LINE if of.stamp else BIG_LINE), kept, until)


def _greeting(of: Shareable) -> list[str]:
    return ["Perhatian, perhatian.", f"Bapak, Ibu, dan Saudara warga {spoken(of.village)}.",
            f"Ada kabar dari {spoken(of.source)}."]  # fmt: skip


def _points(of: Shareable) -> list[str]:
    return [point for point in of.points if point.strip()]


def _validity(of: Shareable) -> list[str]:
    return [f"Ini berlaku sampai {spoken(spell(of.valid_until))}."] if of.valid_until else []


def _sentences(*texts: str) -> Iterator[str]:
    """Each sentence once, as it is spoken, long ones in breaths."""
    said: set[str] = set()
    for words in texts:
        for sentence in SENTENCE_END.split(spoken(words)):
            for breath in _breaths(sentence):
                if breath not in said:
                    said.add(breath)
                    yield breath


def _breaths(sentence: str) -> Iterator[str]:
    """The sentence itself, or its parts between commas joined as long as one breath holds them."""
    parts, breath = PAUSE.split(sentence), ""
    for part in parts if len(sentence.split()) > BREATH else [sentence]:
        if breath and len(f"{breath} {part}".split()) > BREATH:
            yield from _closed(breath)
            breath = ""
        breath = f"{breath} {part}".strip()
    yield from _closed(breath)


def _closed(words: str) -> Iterator[str]:
    """With a capital and a full stop; nothing for what holds no word."""
    words = words.strip(" ,;:–—-")
    if any(sign.isalpha() for sign in words):
        yield words[0].upper() + words[1:] + ("" if words[-1] in ".!?…" else ".")
