"""Which tests share something costly and therefore run on one worker (pytest 9.2 no longer takes xdist's own mark for
it), and which take long and therefore begin first, so that no worker waits at the end."""

from xdist.scheduler import LoadScopeScheduling

GROUPS = {
    "tests/scale/": "scale",  # a country on several machines
    "tests/config/test_run.py": "run",  # a data folder that a first start has filled
    "tests/config/test_wheel.py": "run",
}

LONG = ("tests/axe/", "tests/journeys/", "tests/pages/test_exact.py", "tests/sharing/test_screen.py")


def long_first(items: list) -> None:
    """The tests in their order, the long ones before the others."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


class Together(LoadScopeScheduling):
    """Every test goes to whoever is free, except that a group stays on one worker, in its order."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for start, group in GROUPS.items() if nodeid.startswith(start)), nodeid)
