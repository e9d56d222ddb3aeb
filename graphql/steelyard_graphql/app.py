"""The web application: GraphQL for those with a token, health for all; and the demo's, with an explorer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ExceptionHandler

from steelyard.errors import Problem
from steelyard.services.authentication import Authenticator
from steelyard.services.context import Context
from steelyard.services.import_jobs import ImportJobs
from steelyard.settings.limits import Limits
from steelyard.store import stamps
from steelyard.store.migrate import require_workable
from steelyard_graphql.administration.tenants import EXPORT_PATH
from steelyard_graphql.execution import Executor
from steelyard_graphql.http.admission import Admit, by_token, everybody
from steelyard_graphql.http.endpoint import GraphQLEndpoint
from steelyard_graphql.http.explorer import Page, explorer_page
from steelyard_graphql.http.export import exporting
from steelyard_graphql.http.exports import EXPORTS_PATH, tables
from steelyard_graphql.http.headers import GuardedAnswers
from steelyard_graphql.http.health import healthz, readiness
from steelyard_graphql.http.hosts import AllowedNames
from steelyard_graphql.http.numbers import numbered
from steelyard_graphql.http.origins import sharing
from steelyard_graphql.http.plan_files import PLAN_EVIDENCE_ROUTE, plan_evidence_files
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.http.rejects import rejected_rows
from steelyard_graphql.http.reports import REPORT_PATH, unit_reports
from steelyard_graphql.http.sheets import EVIDENCE_ROUTE, FORM_PATH, blank_forms, evidence_files
from steelyard_graphql.http.socket import GraphQLSocket
from steelyard_graphql.limits.allowance import Allowances
from steelyard_graphql.limits.connections import connections
from steelyard_graphql.operation.gauges import Gauges
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.operation.operations import RecordedExecutor, recorded
from steelyard_graphql.operation.requests import RecordedRequests
from steelyard_graphql.problems import HTTP_METHOD_REFUSED, HTTP_NOT_FOUND
from steelyard_graphql.record_imports import REJECTS_PATH
from steelyard_graphql.schema import schema
from steelyard_graphql.welcome import WELCOME_QUERY

PATH = "/graphql"
DEMO = Limits(introspection=True, suggestions=True)
"""What the demo takes on: its explorer asks for the schema."""


def create_app(
    context: Context,
    authenticator: Authenticator,
    jobs: ImportJobs,
    metrics: Metrics | None = None,
    limits: Limits | None = None,
) -> Starlette:
    """Return the application on an open context, for those with a token.

    metrics: where requests are counted. limits: what it takes on, the usual for None. Whoever opened the
    context and the jobs closes them after the last request.
    """
    held = limits or Limits()
    counted = metrics or Metrics()
    counted.registry.register(Gauges(context, jobs))
    admit = recorded(by_token(context, authenticator, jobs))
    allowances = Allowances(held.cost_per_minute)
    executor = RecordedExecutor(schema, counted, limits=held, allowances=allowances)
    names = [Middleware(AllowedNames, hosts=held.hosts)] if held.hosts else []
    return Starlette(
        routes=_routes(context, admit, executor, held),
        middleware=[
            Middleware(RecordedRequests, metrics=counted),
            Middleware(GuardedAnswers),
            *names,
            *sharing(held.origins),
        ],
        exception_handlers=_handlers(),
    )


def create_demo_app(context: Context, jobs: ImportJobs) -> Starlette:
    """Return the application as the demo shows it, open to everybody, so to be served on the loopback only.

    GraphiQL is at the same path, and queries (no mutations) are answered by GET, too.
    """
    page = explorer_page(WELCOME_QUERY)
    routes = _routes(context, everybody(context, jobs), Executor(schema, DEMO), DEMO, page)
    return Starlette(
        routes=[*routes, _FRONT],
        middleware=[Middleware(GuardedAnswers), Middleware(AllowedNames)],
        exception_handlers=_handlers(),
    )


def _routes(
    context: Context, admit: Admit, executor: Executor, limits: Limits, page: Page | None = None
) -> list[BaseRoute]:
    places = connections(limits)
    return [
        Route(PATH, GraphQLEndpoint(executor, admit, page, limits=limits, open_=places)),
        WebSocketRoute(PATH, GraphQLSocket(executor, admit, limits=limits, open_=places)),
        Route(EXPORT_PATH, exporting(admit), methods=["POST"]),
        Route(numbered(REJECTS_PATH), rejected_rows(admit)),
        Route(EXPORTS_PATH, tables(admit), methods=["GET"]),
        Route(REPORT_PATH, unit_reports(admit), methods=["GET"]),
        Route(FORM_PATH, blank_forms(admit), methods=["GET"]),
        Route(numbered(EVIDENCE_ROUTE), evidence_files(admit), methods=["GET"]),
        Route(numbered(PLAN_EVIDENCE_ROUTE), plan_evidence_files(admit), methods=["GET"]),
        Route("/healthz", healthz),
        Route("/readyz", readiness(_check(context))),
    ]


def _handlers() -> Mapping[Any, ExceptionHandler]:
    return {404: _not_found, 405: _method_refused}


def _check(context: Context) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        await require_workable(context.database)
        async with context.database.read(context.scope) as reader:
            await stamps.read(reader, context.scope)

    return check


async def _to_explorer(_: Request) -> Response:
    return RedirectResponse(PATH)


_FRONT = Route("/", _to_explorer)


async def _not_found(request: Request, _: Exception) -> Response:
    return Refusal(404, Problem(HTTP_NOT_FOUND, values={"path": request.url.path[:80]})).response()


async def _method_refused(request: Request, _: Exception) -> Response:
    allowed = "GET, HEAD"
    values = {"method": request.method, "allowed": allowed}
    return Refusal(405, Problem(HTTP_METHOD_REFUSED, values=values), {"allow": allowed}).response()
