"""The explorer: GraphiQL's page as strawberry ships it, with our first query in it.

The page loads GraphiQL from the net. Where that cannot be reached it becomes a plain editor, so that the
demo also works on a machine without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit

import orjson
from strawberry.http.ides import get_graphql_ide_html

_TITLE = "<title>Strawberry GraphiQL</title>"
_BODY = "<body>"
_FROM_NET = re.compile(r'(?:src|href)="(https://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML with what browsers may load for it (Content-Security-Policy)."""

    html: str
    policy: str


def explorer_page(first_query: str) -> Page:
    """Return the page; a visitor whose address names no query sees `first_query`."""
    addition = files("steelyard_graphql.http").joinpath("explorer.html").read_text(encoding="utf-8")
    # In a script `</script>` would end it, wherever it stands.
    query = orjson.dumps(first_query).decode().replace("<", "\\u003c")
    page = get_graphql_ide_html("graphiql")
    page = page.replace(_TITLE, "<title>Steelyard</title>")
    html = page.replace(_BODY, _BODY + addition.replace("FIRST_QUERY", query), 1)
    return Page(html, _policy(html))


def _policy(html: str) -> str:
    """What the page needs: its own scripts, those that it names with their hashes, and this server."""
    hosts = " ".join(sorted({f"https://{urlsplit(found).netloc}" for found in _FROM_NET.findall(html)}))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'unsafe-inline' {hosts}",
            f"style-src 'unsafe-inline' {hosts}",
            f"font-src data: {hosts}",
            "img-src data:",
            "worker-src blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
