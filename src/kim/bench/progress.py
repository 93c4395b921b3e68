"""How far it is, how fast it goes and how long it will take: one line that is written over, or plain lines."""

import time

from django.core.management.base import OutputWrapper

EVERY = 15.0  # seconds between plain lines


class Progress:
    """Tells of one task of known size."""

    def __init__(self, out: OutputWrapper, what: str, total: float) -> None:
        self.out, self.what, self.total = out, what, max(total, 1)
        self.begun, self.told = time.monotonic(), 0.0
        self.first: float | None = None
        self.lives, self.is_over = out.isatty(), False

    def tell(self, done: float, rows: int = 0) -> None:
        """So much of the total is done, so many rows are written."""
        now = time.monotonic()
        self.first = done if self.first is None else self.first
        if self.is_over or (done < self.total and now - self.told < (0.5 if self.lives else EVERY)):
            return
        self.told, self.is_over = now, done >= self.total
        self.out.write(f"\r{self._line(done, rows, now)}\033[K" if self.lives else f"{self._line(done, rows, now)}\n")
        self.out.flush()

    def end(self) -> None:
        if self.lives:
            self.out.write("\n")

    def _line(self, done: float, rows: int, now: float) -> str:
        gone = now - self.begun
        line = f"{self.what} {100 * done / self.total:5.1f} %, {gone:.0f} detik"
        here = done - (self.first or 0)
        if rows and gone > 1:
            line += f", {rows / gone:,.0f} baris/detik".replace(",", ".").replace(". ", ", ", 1)
        if here > 0 and done < self.total:
            line += f", sisa {gone * (self.total - done) / here:.0f} detik"
        return line
