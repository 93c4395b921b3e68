"""Readers for tests."""

from datetime import date

from kim.kernel import clock
from kim.kernel.sketch import Sketch
from kim.reach import actions
from kim.reach.models import Way


def read(key: str, *people: int, way: str = Way.PAGE.value, day: date | None = None) -> None:
    """These people had it before their eyes; a person is a number here, and the same one on every day."""
    sketch = Sketch()
    for person in people:
        sketch.add(person * 0x9E3779B97F4A7C15 % 2**64)
    actions.fold({(key, day or clock.today(), way): sketch})
