"""Hostile requests over HTTP: what is sent, as what, from where, and in whose name."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from abuse.documents import TEXTS, Grower

PATHS = (
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/schemes/..%2f..%2fetc/ranking.csv?period=2025-01",
    "/schemes/desk.desk/ranking.csv?period=../../x",
    "/schemes/desk.desk/..%5c..%5cform",
    "/schemes/desk.desk/scorecard.xlsx?unit=%00&period=%00",
    "/schemes/desk.desk/comparison.csv?" + "period=2025-01&" * 60,
    "/schemes/desk.desk/comparison.csv?period=2025-01&where=" + "(" * 500,
    "/record-imports/99999999999999999999/rejects.csv",
    "/healthz/../graphql",
    "/graphql?query={__typename}",
    "/graphql/" + "a" * 3_000,
    "/tenants/default/export",
    "//example.org/graphql",
    "/metrics",
)
TOKENS = (
    "Bearer sty_aaaaaaaaaaaa_" + "b" * 43,
    "Bearer " + "a" * 5_000,
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
    "Basic YWRtaW46YWRtaW4=",
    "Bearer",
    "bearer \t x y",
)
TYPES = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/graphql",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/json, text/html",
    "\x7f",
)
NAMES = (
    "../../etc/cron.d/x",
    "..\\..\\x.csv",
    "/etc/passwd",
    "x\r\nSet-Cookie: a=b",
    "C:\\x.csv",
    "a" * 500,
    "=1+1",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. known: whether it carries a right token."""

    what: str
    content: bytes = b""
    method: str = "POST"
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=dict)
    known: bool = True


class Requests:
    """Makes requests; the same randomness makes the same."""

    def __init__(self, chosen: random.Random) -> None:
        self.random, self.grower = chosen, Grower(chosen)
        self._kinds: tuple[Callable[[], Sent], ...] = (
            *(self._document,) * 8,
            *(self._json, self._bytes, self._type, self._origin, self._token, self._path, self._method),
            *(self._form, self._form, self._batch, self._headers),
        )

    def next(self) -> Sent:
        """The next one."""
        return self.random.choice(self._kinds)()

    def _body(self) -> bytes:
        text, variables = self.grower.document()
        # As lone surrogates go over the wire: escaped.
        return json.dumps({"query": text, "variables": variables}).encode()

    def _document(self) -> Sent:
        return Sent("a document", self._body(), headers={"content-type": "application/json"})

    def _json(self) -> Sent:
        """JSON that is none, or not what it should be."""
        good = self._body()
        cut = good[: self.random.randrange(len(good))]
        bad = (
            *(cut, good + b"}", b"[" * 50_000, b'{"a":' * 20_000, b"", b"null", b"NaN", b"1e999", b'"a"'),
            *(b'{"query": 1}', b'{"query": "{a}", "variables": [1]}', b'{"query": "{a}", "variables": "x"}'),
            b'{"query": "{ __typename }", "operationName": {}}',
            b'{"query": "{ __typename }", "extensions": {"persistedQuery": {"sha256Hash": []}}}',
            b'{"query": "{ __typename }", "query": "{ units { totalCount } }"}',
            b'{"documentId": "../../etc/passwd"}',
            b"9" * 100_000,
        )
        return Sent("JSON", self.random.choice(bad), headers={"content-type": "application/json"})

    def _bytes(self) -> Sent:
        noise = self.random.choice(
            (b'{"query": "\xff\xfe"}', b"\xef\xbb\xbf{}", b"\x1f\x8b\x08", self.random.randbytes(3_000))
        )
        return Sent("bytes", noise, headers={"content-type": "application/json"})

    def _type(self) -> Sent:
        kind = self.random.choice(TYPES)
        coded = {"content-encoding": "gzip"} if self.random.random() < 0.2 else {}
        return Sent("a content type", self._body(), headers={"content-type": kind, **coded})

    def _origin(self) -> Sent:
        origin = self.random.choice(("http://evil.example", "null", "file://", "x" * 2_000))
        headers = {
            "origin": origin,
            "content-type": "application/json",
            "host": self.random.choice(("x", "[", "a:b")),
        }
        return Sent("an origin", self._body(), self.random.choice(("POST", "OPTIONS")), headers=headers)

    def _token(self) -> Sent:
        headers = {"authorization": self.random.choice(TOKENS), "content-type": "application/json"}
        return Sent("a guessed token", self._body(), headers=headers, known=False)

    def _path(self) -> Sent:
        return Sent("a path", b"", "GET", self.random.choice(PATHS))

    def _method(self) -> Sent:
        method = self.random.choice(("GET", "PUT", "DELETE", "TRACE", "PATCH", "HEAD", "NONSENSE"))
        return Sent("a method", b"" if method == "HEAD" else self._body(), method)

    def _batch(self) -> Sent:
        one = json.loads(self._body())
        content = json.dumps([one] * self.random.randint(1, 20)).encode()
        return Sent("a batch", content, headers={"content-type": "application/json"})

    def _headers(self) -> Sent:
        more = {f"x-{n}": "y" * 100 for n in range(self.random.choice((10, 80)))}
        return Sent(
            "headers", self._body(), headers={**more, "content-type": "application/json", "accept": "x/y"}
        )

    def _form(self) -> Sent:
        """A body with files, in some way not as it should be."""
        chosen = self.random
        text, variables = self.grower.document()
        operations = json.dumps({"query": text, "variables": {**variables, "file": None}})
        places = chosen.choice(
            ('{"0": ["variables.file"]}', '{"0": ["variables.file.x"]}', "[]", '{"0": []}', "{")
        )
        name = chosen.choice((*NAMES, *(each.encode("utf-8", "replace").decode() for each in TEXTS)))
        parts = [
            'name="operations"\r\n\r\n' + operations,
            'name="map"\r\n\r\n' + places,
            f'name="0"; filename="{name}"\r\n\r\n' + "a,b\r\n" * 100,
        ]
        if chosen.random() < 0.4:
            chosen.shuffle(parts)
        body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--b--\r\n"
        content = body.encode("utf-8", "replace")
        if chosen.random() < 0.4:
            content = content[: chosen.randrange(len(content))]
        return Sent("a form", content, headers={"content-type": "multipart/form-data; boundary=b"})
