"""Other people's machines, played in threads on this one: an HTTP gateway in any mood, and a small SMTP server.

They speak what the documents say (Graph API, RFC 8030, RFC 5321), not what our adapters expect: each keeps what it was
sent, so that a test reads the request as a provider would.
"""

import json
import socketserver
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)


@dataclass
class Reply:
    """What a gateway says next; `after` seconds of silence before, `drip` bytes one by one."""

    status: int = 200
    body: object = b""
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    endless: bool = False


class HttpGateway(ThreadingHTTPServer):
    """Answers with `replies` one after the other, then with `usual`; a callable makes the reply from the request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, usual=None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.usual = usual or Reply(200, b"OK")
        self.replies: list[Reply] = []
        self.asked: list[Asked] = []
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address) -> None:
        """A caller who hung up is no news."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: HttpGateway
    protocol_version = "HTTP/1.1"

    def log_message(self, *args) -> None:
        """Quiet."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, self.path, dict(self.headers), body)
        with self.server.lock:
            self.server.asked.append(asked)
            reply = self.server.replies.pop(0) if self.server.replies else self.server.usual
        reply = reply(asked) if callable(reply) else reply
        time.sleep(reply.after)
        words = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(10**9 if reply.endless else len(words)))
        self.end_headers()
        self.wfile.write(words)
        while reply.endless:
            self.wfile.write(b"x" * 65536)

    do_GET = do_POST = do_PUT = _answer


class SmtpServer(socketserver.ThreadingTCPServer):
    """RFC 5321 as far as one letter needs it. `refuse` maps an address to the line that turns it away."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.letters: list[tuple[str, list[str], bytes]] = []
        self.refuse: dict[str, str] = {}
        self.at_data = ""
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Smtp(socketserver.StreamRequestHandler):
    server: SmtpServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 surat.contoh.id ESMTP")
        sender, to = "", []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                self.say("250 surat.contoh.id")
            elif verb == "MAIL":
                sender, to = line, []
                self.say("250 OK")
            elif verb == "RCPT":
                address = line.split("<")[1].split(">")[0]
                refusal = self.server.refuse.get(address)
                to += [] if refusal else [address]
                self.say(refusal or "250 OK")
            elif verb == "DATA":
                self._take(sender, to)
            elif verb == "QUIT":
                self.say("221 Sampai jumpa")
                return
            else:
                self.say("250 OK")

    def _take(self, sender: str, to: list[str]) -> None:
        if self.server.at_data:
            return self.say(self.server.at_data)
        self.say("354 Silakan")
        words = b""
        while (line := self.rfile.readline()) != b".\r\n":
            words += line
        self.server.letters.append((sender, to, words))
        return self.say("250 Diterima")
