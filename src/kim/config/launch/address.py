"""Where the site listens: a free port, the host names it answers to, and the moment it is ready."""

import errno
import http.client
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from kim.config.launch.trouble import Trouble

HEADERS = {
    "Host": "localhost",
    "X-Forwarded-Proto": "https",
}  # as a proxy asks, so that KIM_TLS does not redirect
ANYWHERE = ("0.0.0.0", "::")


def claim(host: str, port: int) -> None:
    """Fail with a sentence now rather than with a stack of them when the web server starts."""
    if not 0 < port < 65536:
        raise Trouble(f"Porta {port} tidak ada; pilih angka antara 1 dan 65535 dengan --port.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except socket.gaierror as error:
        raise Trouble(f"Alamat {host} tidak dikenal; periksa --host.") from error
    except PermissionError as error:
        raise Trouble(f"Porta {port} hanya boleh dipakai administrator; pilih yang lain dengan --port.") from error
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise Trouble(f"Alamat {host} bukan milik mesin ini; periksa --host.") from error
        raise Trouble(
            f"Porta {port} di {host} sudah dipakai program lain; hentikan program itu atau pilih --port lain."
        ) from error


def announce(host: str, port: int) -> str:
    """Tell the settings under which names visitors will come; return the address to show."""
    shown = local_address() if host in ANYWHERE else host
    shown = "localhost" if shown in ("127.0.0.1", "::1") else shown
    domain = os.environ.get("KIM_DOMAIN", "localhost")
    names = [
        "localhost",
        ".localhost",
        "127.0.0.1",
        "[::1]",
        domain,
        f".{domain}",
        shown,
        socket.gethostname(),
    ]
    os.environ.setdefault("KIM_HOSTS", ",".join(dict.fromkeys(names)))
    os.environ.setdefault("KIM_BASE_URL", f"http://{shown}:{port}")
    return os.environ["KIM_BASE_URL"]


def local_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def wait_until_ready(host: str, port: int, is_alive: Callable[[], bool], patience: float = 60) -> None:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not is_alive():
            raise Trouble("Server web berhenti sebelum siap; pesannya ada di atas.")
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(target, port, timeout=5)
            connection.request("GET", "/sehat/", headers=HEADERS)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise Trouble(f"Server web tidak menjawab dalam {patience:.0f} detik; coba lagi, atau lihat pesan di atas.")
