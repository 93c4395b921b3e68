"""A small OpenID Connect provider on this machine: discovery, authorize, token (RS256), userinfo, keys."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "kim", "rahasia-sso"


class Provider:
    """Runs until closed; `claims` is whoever would sign in there now, `key` what it signs with."""

    def __init__(self) -> None:
        self.key = self.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict = {}
        self.codes: dict[str, dict] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300} | self.claims
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "satu"})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self._json(self._discovery())
        elif address.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.provider.published.public_key()))
            self._json({"keys": [public | {"kid": "satu", "use": "sig", "alg": "RS256"}]})
        elif address.path == "/userinfo":
            self._json(self.provider.claims)
        else:
            code = secrets.token_urlsafe(8)
            self.provider.codes[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"]})
            )
            self.end_headers()

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.provider.codes.pop(body["code"][0])
        proof = hashlib.sha256(body["code_verifier"][0].encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(proof).decode().rstrip("=")
        assert body["client_secret"] == [SECRET]
        self._json(
            {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self.provider.id_token()}
        )

    def _discovery(self) -> dict:
        here = self.provider.url
        return {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo", "jwks_uri": f"{here}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def _json(self, data: dict) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
