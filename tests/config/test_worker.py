"""The worker's two lanes: what waits for other people's machines holds up nothing else."""

import signal
import time

import pytest

from kim.config.management.commands import worker


@pytest.fixture
def handlers():
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


@pytest.mark.django_db  # it closes the connection another test has left
def test_a_slow_gateway_holds_up_no_errand_and_a_stop_waits_for_both(monkeypatch, handlers):
    ticks, slow = [], []

    def tick():
        ticks.append(time.monotonic())
        if len(ticks) == 3:
            signal.raise_signal(signal.SIGTERM)

    def crawl():
        time.sleep(1.2)
        slow.append(time.monotonic())

    monkeypatch.setattr(worker, "EVERY", [(0, tick)])
    monkeypatch.setattr(worker, "BESIDE", [(0, crawl)])
    worker.Command().handle()
    assert len(ticks) == 3 and len(slow) == 1
    assert ticks[1] < slow[0]
