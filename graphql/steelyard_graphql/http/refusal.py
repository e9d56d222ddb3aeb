"""Requests that are refused before any query is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import orjson
from starlette.responses import Response

from steelyard.errors import (
    ConfigError,
    Forbidden,
    InternalError,
    NotFound,
    Problem,
    SteelyardError,
    TransientError,
)
from steelyard_graphql.errors import entry
from steelyard_graphql.http.media_types import JSON

_STATUSES: Mapping[type[SteelyardError], int] = MappingProxyType(
    {Forbidden: 403, NotFound: 404, ConfigError: 503, TransientError: 503, InternalError: 500}
)


class Refusal(Exception):
    """A request that is answered with `status` and a problem, and with no data."""

    def __init__(self, status: int, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.text())
        self.status = status
        self.problem = problem
        self.headers = dict(headers or {})

    def response(self, media_type: str = JSON) -> Response:
        """The refusal in the form of a GraphQL answer."""
        return answer({"errors": [entry(self.problem)]}, media_type, self.status, self.headers)


def answer(
    body: Mapping[str, Any], media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Write a body as JSON in UTF-8; nobody is to keep it, and its type is not to be guessed."""
    usual = {"cache-control": "no-store", "x-content-type-options": "nosniff", "vary": "accept"}
    content_type = {"content-type": f"{media_type}; charset=utf-8"}
    return Response(orjson.dumps(body), status, {**usual, **(headers or {}), **content_type})


def status_of(error: SteelyardError) -> int:
    """The status that tells of an error outside GraphQL: 400 for those that the request is at fault for."""
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 400)
