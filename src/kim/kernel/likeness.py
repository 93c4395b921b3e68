"""Which short texts ask the same: by the words they share. A suggestion for a person who then decides."""

import re
from collections.abc import Iterable, Sequence

ALIKE = 0.5  # of the words of the shorter text
_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:kah|lah|nya|pun)$")
_FILLER_WORDS = (
    "ada adalah agar akan aku anda apa apabila apakah atau bagaimana bagi bahwa belum berapa bisa boleh buat dalam dan"
    " dapat dari dengan di dia dong gimana hal hanya harus ini itu jadi jika juga kah kalau kami kan kapan karena ke kita"
    " lagi lalu lah maka mana masih mau mohon nah nanti oleh pada para perlu pun saat saja sampai sangat saya sebagai"
    " sekarang semua seperti siapa sudah supaya tanya tapi telah tetapi tidak tolong untuk ya yaitu yang bapak ibu pak bu"
    " mas mbak kak min admin maaf permisi terima kasih assalamualaikum selamat pagi siang sore malam"
)
_FILLERS = frozenset(_FILLER_WORDS.split())


def gist(text: str) -> frozenset[str]:
    """The words that say what a text is about."""
    words = (_ENDINGS.sub("", word) for word in re.findall(r"[a-z0-9]+", text.lower()))
    return frozenset(word for word in words if len(word) > 2 and word not in _FILLERS)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter one is in the other: 0 to 1, and 0 when one says nothing."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def nearest(words: frozenset[str], others: Sequence[frozenset[str]]) -> int | None:
    """The place of the one most alike; nothing when none is alike enough."""
    scored = [(overlap(words, other), -place) for place, other in enumerate(others)]
    best, place = max(scored, default=(0.0, 0))
    return -place if best >= ALIKE else None


def heaps(texts: Iterable[str]) -> list[list[int]]:
    """The places of texts that seem to ask the same, in the order they came; each text lies in one heap.

    A text joins the heap whose first text it is most like, so a heap does not wander from what it is about.
    """
    firsts: list[frozenset[str]] = []
    found: list[list[int]] = []
    for place, text in enumerate(texts):
        words = gist(text)
        home = nearest(words, firsts)
        if home is None:
            firsts.append(words)
            found.append([place])
        else:
            found[home].append(place)
    return found
