"""The real web server: nobody waits for the counting, and a server that is stopped counts first."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from kim.config.launch.roles import web_command
from kim.reach import queries
from kim.reach.models import Readers, Way
from publishing.factories import house

PHONE = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile"
SOURCE = Path(__file__).parents[2] / "src"
OURS = {"KIM_PROXIES": "127.0.0.1", "DJANGO_SETTINGS_MODULE": "kim.config.settings", "PYTHONPATH": str(SOURCE)}


def database() -> str:
    told = {name: quote(str(value), safe="") for name, value in connection.settings_dict.items()}
    port = f":{told['PORT']}" if told["PORT"] else ""
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}{port}/{told['NAME']}"


@contextmanager
def server(home: Path) -> Iterator[HTTPConnection]:
    """A web server of two processes on the database of the test, stopped as `kim run` stops it."""
    (home / "static").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | OURS | {"DATABASE_URL": database(), "KIM_HOME": str(home)}
    process = subprocess.Popen([sys.executable, *web_command("127.0.0.1", port, 2)], env=env)
    try:
        yield reached(port, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def reached(port: int, process: subprocess.Popen) -> HTTPConnection:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return HTTPConnection("127.0.0.1", port, timeout=10)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


def knock(port: HTTPConnection, path: str, number: int) -> None:
    """One reader behind a line of their own, on a connection of their own, so that both processes are met."""
    port.request("POST", path, headers={"User-Agent": PHONE, "X-Forwarded-For": f"36.1.{number // 250}.{number % 250}"})
    answer = port.getresponse()
    assert (answer.status, answer.read(), answer.getheader("Set-Cookie")) == (204, b"", None)
    port.close()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_stopped_right_after_the_last_reader_has_counted_them_all(tmp_path):
    text = house().published()
    with server(tmp_path) as port:
        for number in range(300):
            knock(port, f"/dibaca/article/{text.id}/?dari=qr", number)
    assert queries.per_way(text.key) == {Way.QR: 300}
    assert Readers.objects.count() == 1
