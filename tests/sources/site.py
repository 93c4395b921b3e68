"""A site on this machine for tests: it says what it is told to, as slowly, hugely or wrongly as it is told to."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Site(ThreadingHTTPServer):
    """`pages` are what it has by path: bytes, or a function that is given the line and says whatever it likes."""

    daemon_threads = True

    def __init__(self, tls: SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.pages: dict[str, bytes | Callable[[Line], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.most_at_once, self._now, self._lock = 0, 0, threading.Lock()
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def door(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def at(self, path: str) -> str:
        return f"http://{self.door}{path}"

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A visitor who hangs up in the middle is what these tests are about."""

    def busy(self, more: int) -> None:
        with self._lock:
            self._now += more
            self.most_at_once = max(self.most_at_once, self._now)


class Line(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.busy(+1)
        page = self.server.pages.get(self.path)
        try:
            if callable(page):
                page(self)
            elif page is None:
                self.say(404)
            else:
                self.say(200, page)
        finally:
            self.server.busy(-1)

    def say(self, status: int, body: bytes = b"", kind: str = "application/rss+xml", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def rss(*titles: str, name: str = "Kabar Dinas Contoh", **summaries: str) -> bytes:
    """A feed with these items, identified by their place; `s1="…"` is the summary of the first."""
    items = "".join(
        f"<item><guid>n-{n}</guid><title>{title}</title><link>/kabar/{n}</link>"
        f"<pubDate>Mon, {n:02d} Nov 2025 09:00:00 +0700</pubDate><description>{summaries.get(f's{n}', '')}</description></item>"
        for n, title in enumerate(titles, 1)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title><link>https://dinas.example/</link>'
        f"<copyright>CC BY 4.0</copyright><language>id</language>{items}</channel></rss>"
    ).encode()


def certified(folder: Path, *names: str) -> tuple[SSLContext, SSLContext]:
    """A server's side of TLS for these names, and a client's that trusts nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Contoh")])
    now = datetime.now(UTC)
    alternatives = [x509.IPAddress(ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
    paper = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "paper.pem", folder / "key.pem"
    pem.write_bytes(paper.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = SSLContext(PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem, secret)
    return server, create_default_context(cafile=str(pem))
