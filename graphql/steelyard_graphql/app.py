"""The web application: GraphQL, the explorer in demo mode, and health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from steelyard.errors import Problem
from steelyard.services.context import Context
from steelyard.store import stamps
from steelyard.store.migrate import require_current
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor
from steelyard_graphql.http.endpoint import GraphQLEndpoint
from steelyard_graphql.http.explorer import explorer_page
from steelyard_graphql.http.health import healthz, readiness
from steelyard_graphql.http.hosts import LoopbackNames
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.problems import HTTP_METHOD_REFUSED, HTTP_NOT_FOUND
from steelyard_graphql.schema import schema
from steelyard_graphql.welcome import WELCOME_QUERY

PATH = "/graphql"


def create_app(context: Context, *, demo: bool = False) -> Starlette:
    """Return the application on an open context; whoever opened it closes it after the last request.

    demo: GraphiQL at the same path, and queries (no mutations) by GET.
    """
    page = explorer_page(WELCOME_QUERY) if demo else None
    endpoint = GraphQLEndpoint(Executor(schema), lambda: request_context(context), page)
    routes: list[BaseRoute] = [
        Route(PATH, endpoint),
        Route("/healthz", healthz),
        Route("/readyz", readiness(_check(context))),
    ]
    if demo:
        routes.append(Route("/", _to_explorer))
    return Starlette(
        routes=routes,
        middleware=[Middleware(LoopbackNames)],
        exception_handlers={404: _not_found, 405: _method_refused},
    )


def _check(context: Context) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        await require_current(context.database)
        async with context.database.read(context.scope) as reader:
            await stamps.read(reader, context.scope)

    return check


async def _to_explorer(_: Request) -> Response:
    return RedirectResponse(PATH)


async def _not_found(request: Request, _: Exception) -> Response:
    return Refusal(404, Problem(HTTP_NOT_FOUND, values={"path": request.url.path[:80]})).response()


async def _method_refused(request: Request, _: Exception) -> Response:
    allowed = "GET, HEAD"
    values = {"method": request.method, "allowed": allowed}
    return Refusal(405, Problem(HTTP_METHOD_REFUSED, values=values), {"allow": allowed}).response()
