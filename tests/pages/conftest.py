"""Kept pages that are stopped when the test is over."""

import pytest

from pages.keeping import Kept


@pytest.fixture
def keep(tmp_path):
    """Makes fronts; each call is one more web process on the same machine, unless it names another folder."""
    made: list[Kept] = []

    def make(folder: str = "pages", **more) -> Kept:
        made.append(Kept(tmp_path / folder, **more))
        return made[-1]

    yield make
    for kept in made:
        kept.stop()
