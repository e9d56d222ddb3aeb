"""The rejected rows of an import of records, as CSV: what `RecordImport.rejectsPath` names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from steelyard.errors import SteelyardError
from steelyard.services.records.listing import rejects_file
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.refusal import Refusal, status_of


def rejected_rows(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: by GET, for those who see the import (`recordImports`); 404 for all others."""

    async def rejects(request: Request) -> Response:
        try:
            return await _rejects(request, admit)
        except Refusal as refusal:
            return refusal.response()

    return rejects


async def _rejects(request: Request, admit: Admit) -> Response:
    context = await admit(request)
    number = request.path_params["number"]
    try:
        path = await rejects_file(*context.seat, number)
    except SteelyardError as error:
        raise Refusal(status_of(error), error.problems[0]) from error
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    return FileResponse(path, media_type="text/csv", filename=f"rejects-{number}.csv", headers=headers)
