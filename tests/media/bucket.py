"""A small S3 for tests: one private bucket in memory that checks the signature of every request (AWS SigV4).

Written from the protocol's own description, not from the client's code: a request that signs something else than what
it sends is refused. `mood` makes it ill: "500" answers so, "silent" never answers.
"""

import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

KEY, SECRET, REGION, NAME = "kunci-uji", "rahasia-uji", "id-1", "kim-berkas"


class Store(ThreadingHTTPServer):
    """The server; `files` is what it keeps, `refused` why it said no."""

    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1") -> None:
        super().__init__((address, 0), Handler)
        self.files: dict[str, tuple[bytes, str]] = {}
        self.refused: list[str] = []
        self.mood = ""
        self.waking = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://{self.server_address[0]}:{self.server_port}"

    def close(self) -> None:
        self.waking.set()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.mood == "silent":
            self.server.waking.wait(60)
            self.close_connection = True
            return
        if self.server.mood == "500":
            return self.say(500, b"<Error><Code>InternalError</Code></Error>")
        reason = self.wrong(body)
        if reason:
            self.server.refused.append(reason)
            return self.say(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        bucket, _, name = urlsplit(self.path).path.lstrip("/").partition("/")
        if bucket != NAME:
            return self.say(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        return self.act(name, body)

    do_GET = do_HEAD = do_PUT = do_DELETE = handle_one

    def act(self, name: str, body: bytes) -> None:
        if self.command == "PUT":
            self.server.files[name] = (body, self.headers["Content-Type"])
            return self.say(200)
        if self.command == "DELETE":
            self.server.files.pop(name, None)
            return self.say(204)
        if name not in self.server.files:
            return self.say(404, b"<Error><Code>NoSuchKey</Code></Error>")
        data, kind = self.server.files[name]
        return self.say(200, data, kind)

    def say(self, status: int, body: bytes = b"", kind: str = "application/xml") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
        self.send_header("Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def wrong(self, body: bytes) -> str:
        """Why this request is not to be believed; nothing when it is."""
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(",")) if rest else {}
        if scheme != "AWS4-HMAC-SHA256" or "Signature" not in said:
            return "not signed"
        key, day, region, service, end = said["Credential"].split("/")
        if (key, region, service, end) != (KEY, REGION, "s3", "aws4_request"):
            return f"signed for {said['Credential']}"
        if self.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
            return "the body is not what was signed"
        scope = f"{day}/{region}/{service}/{end}"
        told = hashlib.sha256(self.canonical(said["SignedHeaders"]).encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, told])
        secret = f"AWS4{SECRET}".encode()
        for word in (day, region, service, end):
            secret = hmac.digest(secret, word.encode(), "sha256")
        mine = hmac.new(secret, text.encode(), "sha256").hexdigest()
        return "" if hmac.compare_digest(mine, said["Signature"]) else "the signature does not fit"

    def canonical(self, signed: str) -> str:
        address = urlsplit(self.path)
        query = "&".join(
            f"{quote(name, safe='')}={quote(value, safe='')}"
            for name, value in sorted(parse_qsl(address.query, keep_blank_values=True))
        )
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in signed.split(";"))
        return "\n".join([self.command, address.path, query, headers, signed, self.headers["x-amz-content-sha256"]])
