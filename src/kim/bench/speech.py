"""What people say to offices, what these answer, and what is passed on from phone to phone: told from `words/voices.txt`.

The file is written as `grammar` explains; a topic is a category of voices, its headlines are the ways to begin one.
"""

from datetime import date

from kim.bench.grammar import Chance, Scene, Sentence, Told, one, read_book
from kim.bench.tables import words

OUTCOMES = (
    ("done", "selesai", 0.52),
    ("explained", "jelas", 0.76),
    ("planned", "jadwal", 0.92),
    ("unmet", "tidak", 1.01),
)


class Speaker:
    """Somebody of one village who tells of one thing; everything said is ready for COPY."""

    def __init__(self, scene: Scene, day: date, chance: Chance) -> None:
        self.told, self.lore, self.chance = Told(scene, day, chance), read_book("voices.txt"), chance

    def plea(self) -> tuple[str, str]:
        """A category and the words of one voice: what is wrong, one or two sentences about it, and a wish."""
        category = self.lore.draw(self.chance)
        begin = one(self.lore.topics[category].headlines, self.chance).title
        more = [self.pool("jalan") for _ in range(1 + int(self.chance() * 2.4))]
        return category, words(" ".join([self._say(begin), *more, self.pool("harap")]))

    def place(self) -> str:
        """Where it is, as a neighbour would find it."""
        return one(self.told.scene.hamlets, self.chance)

    def answer(self) -> tuple[str, str]:
        """An outcome and what the office says to it."""
        value = self.chance()
        outcome, pool, _ = next(row for row in OUTCOMES if value < row[2])
        return outcome, self.pool(pool)

    def rumour(self) -> str:
        """A message that is passed on, long enough to be known again by what it says."""
        first = self.pool("pesan")
        return words(" ".join([first, *(self.pool("sisipan") for _ in range(2 + int(self.chance() * 3))), "Sebarkan!"]))

    def pool(self, name: str) -> str:
        """One sentence of a pool."""
        return words(self._say(one(self.lore.pools[name], self.chance)))

    def _say(self, sentence: Sentence) -> str:
        return "".join([piece if piece.__class__ is str else piece(self.told) for piece in sentence])  # type: ignore[operator]
