"""`kim manage worker`: carries the ledger's errands and does the timed work of config/tasks.py."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from kim.config.tasks import EVERY, OUTSIDE

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs until it is told to stop (SIGTERM or Ctrl-C)."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        threading.Thread(target=self._walk, args=(OUTSIDE, stop), name="outside", daemon=True).start()
        self._walk(EVERY, stop)

    def _walk(self, tasks, stop: threading.Event) -> None:
        """Each task at its time, one after the other, until it is told to stop."""
        due = {task: 0.0 for _, task in tasks}
        while not stop.is_set():
            for seconds, task in tasks:
                if due[task] <= time.monotonic():
                    self._do(task)
                    due[task] = time.monotonic() + seconds
            stop.wait(0.5)

    def _do(self, task) -> None:
        """One task; a failure is written down and tried again at its next time."""
        close_old_connections()
        try:
            task()
        except Exception:
            log.exception("%s failed", task.__name__)
