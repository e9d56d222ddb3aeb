"""Tables by GET: scorecards, rankings and comparisons as XLSX, CSV or Parquet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from steelyard.errors import Problem
from steelyard.reporting.files import FORMATS
from steelyard.reporting.table import Table
from steelyard.services import exports
from steelyard.services.unit_choice import UnitChoice
from steelyard.services.written_choice import read_choice
from steelyard_graphql.comparisons import PERIODS_MOST
from steelyard_graphql.context import RequestContext
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.http.sheets import answering, needed, takes
from steelyard_graphql.limits import LIST_MOST, some
from steelyard_graphql.problems import HTTP_NOT_FOUND

EXPORTS_PATH = "/schemes/{scheme}/{what}.{ending}"
_GUARD = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
Gather = Callable[[Request, RequestContext], Awaitable[Table]]


def tables(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of tables: `/schemes/{scheme}/ranking.csv?period=…`.

    `scorecard` takes `unit` and `period`; `ranking` `period`, `indicator` and `below`; `comparison` `period`,
    `unit` and `indicator`, each as often as there are, and `below`. Both take `where`, as often as there are
    conditions on their units. Any other is refused: a misspelt one would give another table than was meant.
    """

    async def answer(request: Request, context: RequestContext) -> Response:
        what, ending = request.path_params["what"], request.path_params["ending"]
        if what not in _TABLES or ending not in FORMATS:
            raise Refusal(404, Problem(HTTP_NOT_FOUND, values={"path": request.url.path[:80]}))
        gather, parameters = _TABLES[what]
        takes(request, *parameters)
        media_type, write = FORMATS[ending]
        _, actor, scope = context.seat
        async with context.view.context.exports.turn(actor, scope):
            found = await gather(request, context)
            data = await asyncio.to_thread(write, found)
        headers = {**_GUARD, "content-disposition": f'attachment; filename="{what}.{ending}"'}
        return Response(data, media_type=media_type, headers=headers)

    return answering(admit, answer)


async def _scorecard(request: Request, context: RequestContext) -> Table:
    unit, period = needed(request, "unit"), needed(request, "period")
    return await exports.scorecard(*context.seat, scheme=_scheme(request), unit=unit, period=period)


async def _ranking(request: Request, context: RequestContext) -> Table:
    asked = request.query_params
    return await exports.ranking(
        *context.seat,
        scheme=_scheme(request),
        period=needed(request, "period"),
        node=asked.get("indicator"),
        below=asked.get("below"),
        choice=_choice(request),
    )


async def _comparison(request: Request, context: RequestContext) -> Table:
    needed(request, "period")
    asked = request.query_params

    def several(name: str, most: int) -> list[str] | None:
        return some(asked.getlist(name), name, most) if name in asked else None

    return await exports.comparison(
        *context.seat,
        scheme=_scheme(request),
        periods=several("period", PERIODS_MOST) or [],
        units=several("unit", LIST_MOST),
        below=asked.get("below"),
        choice=_choice(request),
        indicators=several("indicator", LIST_MOST),
    )


def _choice(request: Request) -> UnitChoice | None:
    written = request.query_params.getlist("where")
    return read_choice(some(written, "where", LIST_MOST)) if written else None


def _scheme(request: Request) -> str:
    scheme: Any = request.path_params["scheme"]
    return str(scheme)


_TABLES: dict[str, tuple[Gather, tuple[str, ...]]] = {
    "scorecard": (_scorecard, ("unit", "period")),
    "ranking": (_ranking, ("period", "indicator", "below", "where")),
    "comparison": (_comparison, ("period", "unit", "indicator", "below", "where")),
}
"""The tables, each with the parameters that it takes."""
