"""A reader who looks at changing pages of one web server again and again, over several connections at once.

Run as a program of its own for each server. What it saw is written at the end, one line per look:
[page, connection, asked at, answered at, status, numbers of the storm that the page shows].
"""

import argparse
import http.client
import json
import re
import time
from pathlib import Path

CONNECTIONS = 4  # enough that each web process of the server holds one


def look(connection: http.client.HTTPConnection, path: str, mark: re.Pattern[str]) -> tuple[float, float, int, list]:
    asked = time.monotonic()
    connection.request("GET", path, headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    return asked, time.monotonic(), answer.status, sorted({int(number) for number in mark.findall(body)})


def watch(port: int, pages: list[str], storm: str, until: float) -> list[list]:
    """Every page over every connection in turn, until the time is over. Status 0 is a broken connection."""
    mark = re.compile(rf"Badai {storm}-(\d+)")
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(CONNECTIONS)]
    seen: list[list] = []
    while time.monotonic() < until:
        for number, connection in enumerate(connections):
            for page in pages:
                try:
                    asked, answered, status, numbers = look(connection, page, mark)
                except (OSError, http.client.HTTPException):
                    connection.close()
                    asked = answered = time.monotonic()
                    status, numbers = 0, []
                seen.append([page, number, asked, answered, status, numbers])
    return seen


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
