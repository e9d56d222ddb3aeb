"""Whether the process lives (`/healthz`), and whether it can do its work (`/readyz`)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from steelyard.errors import Problem, SteelyardError
from steelyard_graphql.errors import entry, internal
from steelyard_graphql.http.media_types import JSON
from steelyard_graphql.http.refusal import answer
from steelyard_graphql.operation.problems import READY_NO_MORE, READY_TOO_SLOW

PATIENCE = 5.0
"""Seconds within which a database has to answer to be called ready."""

Handler = Callable[[Request], Awaitable[Response]]


def leave(app: Starlette) -> None:
    """From now on say that the application is not ready: it is about to stop."""
    app.state.is_leaving = True


def is_leaving(app: Starlette) -> bool:
    """Whether it is about to stop."""
    return getattr(app.state, "is_leaving", False)


async def healthz(_: Request) -> Response:
    """Answer 200: whoever can answer at all is alive."""
    return answer({"status": "ok"}, JSON)


def readiness(check: Callable[[], Awaitable[None]], patience: float = PATIENCE) -> Handler:
    """Make `/readyz`: 200 where `check` passes, else 503 with the reason. It raises SteelyardError."""

    async def readyz(request: Request) -> Response:
        if is_leaving(request.app):
            return _unready(Problem(READY_NO_MORE))
        try:
            async with asyncio.timeout(patience):
                await check()
        except SteelyardError as error:
            problem = error.problems[0]
        except TimeoutError:
            problem = Problem(READY_TOO_SLOW, values={"seconds": patience})
        except Exception as error:
            problem = internal(error, "/readyz")
        else:
            return answer({"status": "ready"}, JSON)
        return _unready(problem)

    return readyz


def _unready(problem: Problem) -> Response:
    return answer({"status": "unavailable", "errors": [entry(problem)]}, JSON, 503)
