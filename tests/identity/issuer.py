"""An OpenID Connect issuer: a real HTTP server on the loopback that a test can bend."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

CONFIGURATION = "/.well-known/openid-configuration"
KEYS = "/keys"
AUDIENCE = "steelyard"
MAKERS = {
    "RS256": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "PS256": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
    "weak": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


@dataclass(frozen=True)
class Pair:
    """A private key, and how the issuer shows the public one."""

    key_id: str
    algorithm: str
    private: Any

    def public(self, **other: Any) -> dict[str, Any]:
        found = get_default_algorithms()[self.algorithm].to_jwk(self.private.public_key(), as_dict=True)
        return {**found, "kid": self.key_id, "use": "sig", **other}


@cache
def pair(key_id: str, algorithm: str = "ES256", maker: str | None = None) -> Pair:
    """A key pair of that name; the same one in every test, as RSA keys take their time."""
    return Pair(key_id, algorithm, MAKERS[maker or algorithm]())


class Issuer:
    """What the server answers: `documents` by path; `delay` in seconds; `asked` counts by path."""

    def __init__(self, address: str, *pairs: Pair) -> None:
        self.address = address
        self.delay = 0.0
        self.asked: list[str] = []
        self.documents: dict[str, Any] = {
            CONFIGURATION: {"issuer": address, "jwks_uri": f"{address}{KEYS}"},
        }
        self.status: dict[str, tuple[int, dict[str, str]]] = {}
        self.show(*pairs)

    def show(self, *pairs: Pair) -> None:
        """Publish these keys alone."""
        self.documents[KEYS] = {"keys": [each.public() for each in pairs]}

    def fetches(self) -> int:
        """How often the keys were fetched."""
        return self.asked.count(KEYS)

    def claims(self, **other: Any) -> dict[str, Any]:
        now = int(time.time())
        usual = {"iss": self.address, "aud": AUDIENCE, "sub": "alice", "iat": now, "exp": now + 300}
        return {name: value for name, value in {**usual, **other}.items() if value is not None}

    def token(
        self,
        signer: Pair,
        *,
        headers: dict[str, Any] | None = None,
        algorithm: str | None = None,
        **claims: Any,
    ) -> str:
        """A token about alice, signed by a pair; a claim that is None is left out."""
        named = {"kid": signer.key_id, **(headers or {})}
        kept = {name: value for name, value in named.items() if value is not None}
        return jwt.encode(self.claims(**claims), signer.private, algorithm or signer.algorithm, headers=kept)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    issuers: ClassVar[dict[int, Issuer]] = {}

    def do_GET(self) -> None:
        issuer = self.issuers[self.server.server_port]  # the server's own port tells whose it is
        issuer.asked.append(self.path)
        time.sleep(issuer.delay)
        status, headers = issuer.status.get(self.path, (200, {}))
        found = issuer.documents.get(self.path)
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        if found is None:
            status, body = (status if status != 200 else 404), b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Clients that turn away from a slow or huge answer are what is tested."""


@contextmanager
def running_issuer(*pairs: Pair) -> Iterator[Issuer]:
    """Run an issuer that shows these keys until the end of the block."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        issuer = Issuer(f"http://127.0.0.1:{server.server_port}", *pairs)
        _Handler.issuers[server.server_port] = issuer
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()


def encoded(value: Any) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def shared_secret(issuer: Issuer, secret: bytes, algorithm: str = "HS256") -> str:
    """A token signed with a secret that everybody knows: the issuer's public key."""
    head = f"{encoded({'alg': algorithm, 'kid': 'one'})}.{encoded(issuer.claims())}"
    return f"{head}.{encoded(hmac.new(secret, head.encode(), hashlib.sha256).digest())}"
