"""The first query that a visitor of the demo sees."""

from __future__ import annotations

import shlex
from importlib.resources import files

import orjson

WELCOME_QUERY = files("steelyard_graphql").joinpath("welcome.graphql").read_text(encoding="utf-8")


def curl(url: str) -> str:
    """Return the first query as a command for a shell."""
    lines = (line.strip() for line in WELCOME_QUERY.splitlines() if not line.startswith("#"))
    body = orjson.dumps({"query": " ".join(lines)}).decode()
    return f"curl -s {url} -H 'content-type: application/json' -d {shlex.quote(body)}"
