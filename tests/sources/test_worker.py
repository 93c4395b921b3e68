"""No errand of ours waits for a stranger's machine."""

import signal
import threading

import pytest

from kim.config.management.commands import worker


@pytest.mark.django_db
def test_a_feed_that_never_answers_holds_up_no_errand(monkeypatch):
    carried, waiting = [], threading.Event()

    def carry() -> None:
        carried.append(waiting.wait(5))
        if len(carried) == 2:
            signal.raise_signal(signal.SIGTERM)
            let_go.set()  # two errands were carried while the stranger was silent; now the worker may end

    def wait_for_a_stranger() -> None:
        waiting.set()
        let_go.wait(30)

    let_go = threading.Event()
    monkeypatch.setattr(worker, "EVERY", [(0, carry)])
    monkeypatch.setattr(worker, "BESIDE", [(0, wait_for_a_stranger)])
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    worker.Command().handle()
    for name, handler in before.items():
        signal.signal(name, handler)
    assert carried == [True, True]
