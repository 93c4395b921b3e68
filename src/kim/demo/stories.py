"""Stories from patterns: `{a|b}` chooses, `{n:5-9}` counts, `{name}` is filled from the place. Deterministic by seed."""

import random
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_NUMBER = re.compile(r"\{n:(\d+)-(\d+)\}")
_WORD = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    category: str
    kind: str
    scenes: tuple[str, ...]
    title: str
    gist: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    category: str
    kind: str
    scene: str
    title: str
    gist: str
    body: str
    place: str


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns of the `stories` folder."""
    folder = resources.files("kim.demo") / "stories"
    texts = [file.read_text("utf-8") for file in sorted(folder.iterdir(), key=lambda f: f.name)]
    return tuple(_pattern(block.strip()) for text in texts for block in text.split("\n---\n"))


def _pattern(block: str) -> Pattern:
    head, title, *rest = block.split("\n")
    category, kind, *scenes = head.removeprefix("@ ").split()
    gist = tuple(line[2:] for line in rest if line.startswith("- "))
    prose = "\n".join(line for line in rest if not line.startswith("- "))
    paragraphs = tuple(part.strip() for part in prose.split("\n\n") if part.strip())
    return Pattern(category, kind, tuple(scenes), title.removeprefix("# "), gist, paragraphs)


def tell(pattern: Pattern, words: dict[str, tuple[str, ...]], chance: random.Random) -> Story:
    """One story of the pattern: each word keeps its filling throughout, choices and numbers are thrown."""
    chosen = {name: chance.choice(options) for name, options in words.items()}
    numbers: dict[str, str] = {}

    def fill(text: str) -> str:
        before = ""
        while before != text:
            before = text
            text = _numbered(_WORD.sub(lambda m: chosen.get(m[1], m[0]), text), numbers, chance)
            text = _CHOICE.sub(lambda m: chance.choice(m[1].split("|")), text)
        return text

    return Story(
        category=pattern.category,
        kind=pattern.kind,
        scene=fill(chance.choice(pattern.scenes)),
        title=_capital(fill(pattern.title)),
        gist="\n".join(_capital(fill(point)) for point in pattern.gist),
        body="".join(f"<p>{_sentence_case(fill(part))}</p>" for part in pattern.paragraphs),
        place=_capital(chosen["gedung"]),
    )


def _numbered(text: str, numbers: dict[str, str], chance: random.Random) -> str:
    """The same range in one story is the same number, so that gist and body agree."""
    return _NUMBER.sub(lambda m: numbers.setdefault(m[0], str(chance.randint(int(m[1]), int(m[2])))), text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence_case(text: str) -> str:
    """A filled word may begin a sentence; a quotation that goes on with "kata …" ends with a comma."""
    text = re.sub(r"([.?!]\s+\"?|^\"?)([a-z])", lambda m: m[1] + m[2].upper(), text)
    text = re.sub(r'\." (Kata|Ujar|Pesan|Katanya)', lambda m: f'," {m[1].lower()}', text)
    return re.sub(r'\."(?= (?:kata|ujar|pesan|katanya))', ',"', text)
