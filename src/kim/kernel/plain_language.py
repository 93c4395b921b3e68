"""Hints for Indonesian that a neighbour understands: long sentences, office words, passives, abbreviations, capitals."""

import re
from dataclasses import dataclass

from kim.kernel.plain_words import KNOWN_ABBREVIATIONS, SIMPLER

LONGEST_SENTENCE = 20
MOST_HINTS = 40

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_TITLES = re.compile(
    r"\b(?:dr|drg|drs|ir|hj?|prof|no|jl|kab|kec|rp|dll|dsb|dst|tgl|pkl|st|sdr|yth|a\.n|s\.d)\.", re.IGNORECASE
)
_OFFICE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, SIMPLER), key=len, reverse=True)) + r")\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\bdi(?!mas\b|a\b|ri\b)[a-z]{4,}(?:kan|i)?\b")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")
_SHOUT = re.compile(r"\b[A-Z]{4,}(?:\s+[A-Z]{2,}){2,}\b")
_NOT_PASSIVE = {
    "dimana",
    "dinas",
    "dinding",
    "dingin",
    "diri",
    "disiplin",
    "disini",
    "disana",
    "digital",
    "diskusi",
    "diskon",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One place that could be simpler: what kind, which words, and what to do."""

    kind: str
    words: str
    advice: str


def hints(text: str) -> list[Hint]:
    """What could be said more simply, in the order of the text, each thing once. Advice only: nobody has to follow it."""
    found = [
        *_long_sentences(text),
        *_office_words(text),
        *_passive_chains(text),
        *_abbreviations(text),
        *_shouts(text),
    ]
    ordered = sorted(found, key=lambda pair: pair[0])
    return list(dict.fromkeys(hint for _, hint in ordered))[:MOST_HINTS]


def sentences(text: str) -> list[tuple[int, str]]:
    """Each sentence with its place; a dot after Rp, Jl. or between digits ends nothing."""
    quiet = _TITLES.sub(lambda m: m[0].replace(".", "\u2024"), text)
    return [(m.start(), m[0].replace("\u2024", ".").strip()) for m in _SENTENCE.finditer(quiet) if m[0].strip()]


def _long_sentences(text: str) -> list[tuple[int, Hint]]:
    found = []
    for place, sentence in sentences(text):
        size = len(sentence.split())
        if size > LONGEST_SENTENCE:
            advice = f"Kalimat ini {size} kata. Coba pecah jadi dua: satu kalimat, satu pokok pikiran."
            found.append((place, Hint("Kalimat panjang", _short(sentence), advice)))
    return found


def _office_words(text: str) -> list[tuple[int, Hint]]:
    return [
        (match.start(), Hint("Kata kantor", match[0], f"Lebih sederhana: {SIMPLER[_key(match[0])]}."))
        for match in _OFFICE.finditer(text)
    ]


def _passive_chains(text: str) -> list[tuple[int, Hint]]:
    found = []
    for place, sentence in sentences(text):
        verbs = [verb for verb in _PASSIVE.findall(sentence) if verb not in _NOT_PASSIVE and len(verb) > 5]
        if len(verbs) >= 3:
            advice = "Banyak kata di-. Sebut siapa yang melakukannya, misalnya “warga menanam”, bukan “ditanam”."
            found.append((place, Hint("Siapa pelakunya?", ", ".join(verbs[:4]), advice)))
    return found


def _abbreviations(text: str) -> list[tuple[int, Hint]]:
    found = []
    for match in _ABBREVIATION.finditer(_SHOUT.sub(lambda m: m[0].lower(), text)):
        word = match[0]
        explained = re.search(rf"\b{word}\s*\([a-zA-Z]|\(\s*{word}\s*\)", text)
        if word not in KNOWN_ABBREVIATIONS and not explained:
            advice = f"Jelaskan saat pertama disebut: {word} (kepanjangannya)."
            found.append((match.start(), Hint("Singkatan", word, advice)))
    first = {hint.words: (place, hint) for place, hint in reversed(found)}
    return list(first.values())


def _shouts(text: str) -> list[tuple[int, Hint]]:
    advice = "HURUF BESAR SEMUA susah dibaca. Pakai huruf besar di awal saja."
    return [(match.start(), Hint("Huruf besar semua", _short(match[0]), advice)) for match in _SHOUT.finditer(text)]


def _key(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _short(sentence: str, limit: int = 110) -> str:
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + " …"
