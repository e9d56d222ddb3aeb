"""Printable reports by GET: a unit's result in a period as one HTML file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from steelyard.reporting.page import render
from steelyard.services import reports
from steelyard_graphql.context import RequestContext
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.sheets import answering, chosen_locale, needed, takes

REPORT_PATH = "/schemes/{scheme}/report"
# The page needs its own styles and nothing else, and is never to act for who reads it.
_GUARD = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    ),
}


def unit_reports(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of reports: `?unit=…&period=…`, also `locale` (`zh`, `en`)."""

    async def answer(request: Request, context: RequestContext) -> Response:
        takes(request, "unit", "period", "locale")
        locale = chosen_locale(request)
        found = await reports.report(
            *context.seat,
            scheme=request.path_params["scheme"],
            unit=needed(request, "unit"),
            period=needed(request, "period"),
        )
        return HTMLResponse(await asyncio.to_thread(render, found, locale), headers=_GUARD)

    return answering(admit, answer)
