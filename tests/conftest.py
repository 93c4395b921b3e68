"""The strict suite: real PostgreSQL, no sockets beyond this machine, files in a throw-away folder."""

import socket

import pytest

from browser import address, browser, pictures, visit
from together import Together, long_first

__all__ = ["address", "browser", "pictures", "visit"]  # one Chromium for the whole run

LOOPBACK = ("127.", "localhost", "::1", "0.0.0.0")


@pytest.fixture(autouse=True)
def files_go_nowhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True, scope="session")
def no_sockets_beyond_this_machine():
    real = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith(LOOPBACK):
            raise RuntimeError(f"a test reached for {host}")
        return real(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = real


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items):
    long_first(items)
