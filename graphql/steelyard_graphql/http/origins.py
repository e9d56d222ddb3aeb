"""Pages of which origins may call the server from a browser: those of a list (CORS), and its own.

Whoever comes without an origin is no page. A request by a page of another origin is answered without the
headers that would let the page read the answer; since it can only ask with headers that browsers ask about
beforehand, nothing is done either. WebSockets are open to all pages, so there the origin is looked at here.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from steelyard_graphql.http.upload_form import PREFLIGHT

ASKED = ("authorization", "content-type", PREFLIGHT, "x-request-id")
SHOWN = ("retry-after", "www-authenticate", "x-request-id")
REMEMBERED = 600
"""Seconds for which a browser need not ask again."""


def sharing(origins: frozenset[str]) -> list[Middleware]:
    """What tells browsers of the origins; nothing where there are none."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=sorted(origins),
            allow_methods=["GET", "POST"],
            allow_headers=ASKED,
            expose_headers=SHOWN,
            max_age=REMEMBERED,
        )
    ]


def foreign_origin(headers: Headers, origins: frozenset[str]) -> str | None:
    """The origin of a page that may not open WebSockets here; None for those that may, and for no page."""
    origin = headers.get("origin")
    if origin is None or origin.lower() in origins:
        return None
    # Behind a proxy with TLS the scheme differs from what we see.
    return None if urlsplit(origin).netloc.lower() == headers.get("host", "").lower() else origin
