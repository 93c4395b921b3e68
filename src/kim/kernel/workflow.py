"""A workflow is a table: verb, the stages it may start from, and the stage it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass

from kim.kernel.results import NotAllowed


@dataclass(frozen=True, slots=True)
class Move:
    sources: tuple[str, ...]
    to: str


def move(*sources: str, to: str) -> Move:
    return Move(tuple(sources), to)


class Workflow:
    """Gives the page its buttons, the action its guard and the tests every stage × verb."""

    def __init__(self, table: dict[str, Move]) -> None:
        self._table = table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __getitem__(self, verb: str) -> Move:
        return self._table[verb]

    def allows(self, verb: str, stage: str) -> bool:
        return stage in self._table[verb].sources

    def verbs(self, stage: str) -> list[str]:
        """The verbs open at this stage, in the table's order."""
        return [verb for verb, row in self._table.items() if stage in row.sources]

    def after(self, verb: str, stage: str) -> str:
        """The stage that follows; raises NotAllowed when the verb is closed at this stage."""
        if not self.allows(verb, stage):
            raise NotAllowed(
                "Langkah ini sudah tidak bisa dilakukan karena keadaannya sudah berubah. "
                "Muat ulang halaman untuk melihat keadaan terbaru."
            )
        return self._table[verb].to
