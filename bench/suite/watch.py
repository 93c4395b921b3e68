"""A reader who looks at changing pages of one web server again and again, over a connection to each of its processes.

Run as a program of its own for each server. What it saw is written at the end, one line per look:
[page, connection, asked at, answered at, status, numbers of the storm that the page shows].
"""

import argparse
import http.client
import json
import re
import time
from pathlib import Path

import psutil

PAUSE = 0.1  # seconds between two rounds of looks: fine enough for a bar of two seconds, and no load by itself
TRIES = 24  # connections opened to find one that each process of the server has taken


def look(connection: http.client.HTTPConnection, path: str, mark: re.Pattern[str]) -> tuple[float, float, int, list]:
    asked = time.monotonic()
    connection.request("GET", path, headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    return asked, time.monotonic(), answer.status, sorted({int(number) for number in mark.findall(body)})


def one_to_each(port: int) -> list[http.client.HTTPConnection]:
    """Open connections; one to each process that serves this port."""
    found: dict[int, http.client.HTTPConnection] = {}
    opened = {}
    for _ in range(TRIES):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.connect()
        opened[connection.sock.getsockname()[1]] = connection
        look(connection, "/sehat/", re.compile("$^"))
    for row in psutil.net_connections("tcp"):
        if row.laddr.port == port and row.raddr and row.raddr.port in opened and row.pid:
            found.setdefault(row.pid, opened[row.raddr.port])
    for connection in opened.values():
        if connection not in found.values():
            connection.close()
    return list(found.values()) or list(opened.values())[:1]


def watch(port: int, pages: list[str], storm: str, until: float) -> list[list]:
    """Every page over every connection in turn, until the time is over. Status 0 is a broken connection."""
    mark = re.compile(rf"Badai {storm}-(\d+)")
    connections = one_to_each(port)
    seen: list[list] = []
    due = time.monotonic()
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        seen += [[page, number, *tried(one, page, mark)] for number, one in enumerate(connections) for page in pages]
        due = max(due + PAUSE, time.monotonic())
    return seen


def tried(connection: http.client.HTTPConnection, page: str, mark: re.Pattern[str]) -> tuple[float, float, int, list]:
    try:
        return look(connection, page, mark)
    except (OSError, http.client.HTTPException):
        connection.close()
        return time.monotonic(), time.monotonic(), 0, []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("pages", type=json.loads)
    parser.add_argument("seen", type=Path)
    parser.add_argument("--storm", required=True)
    parser.add_argument("--until", type=float, required=True)
    options = parser.parse_args()
    options.seen.write_text(json.dumps(watch(options.port, options.pages, options.storm, options.until)))


if __name__ == "__main__":
    main()
