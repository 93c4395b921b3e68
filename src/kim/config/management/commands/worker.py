"""`kim manage worker`: carries the ledger's errands and does the timed work of config/tasks.py."""

import logging
import signal
import threading
import time
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from kim.config.tasks import BESIDE, EVERY

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs until it is told to stop (SIGTERM or Ctrl-C)."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        beside = threading.Thread(target=self._walk, args=(BESIDE, stop))
        beside.start()
        self._walk(EVERY, stop)
        beside.join()

    def _walk(self, tasks: list[tuple[float, Callable[[], None]]], stop: threading.Event) -> None:
        """One task after the other, each as often as it wants, until it is time to stop."""
        due = {task: 0.0 for _, task in tasks}
        while not stop.is_set():
            for seconds, task in tasks:
                if due[task] <= time.monotonic() and not stop.is_set():
                    self._do(task)
                    due[task] = time.monotonic() + seconds
            stop.wait(0.5)
        connections.close_all()

    def _do(self, task) -> None:
        """One task; a failure is written down and tried again at its next time."""
        close_old_connections()
        try:
            task()
        except Exception:
            log.exception("%s failed", task.__name__)
