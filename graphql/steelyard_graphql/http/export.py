"""All that is kept of a tenant, as a zip file: what `Tenant.exportPath` names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from steelyard.errors import SteelyardError
from steelyard.services.administration.exporting import export_tenant
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.asked import posted_fields
from steelyard_graphql.http.refusal import Refusal, status_of

IN_MEMORY = 8_000_000
"""Bytes beyond which the file waits on disk."""
PIECE = 1 << 16


def exporting(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: `{"reason": "…"}` by POST, of those with `tenant.manage` in the operating tenant."""

    async def export(request: Request) -> Response:
        try:
            return await _export(request, admit)
        except Refusal as refusal:
            return refusal.response()

    return export


async def _export(request: Request, admit: Admit) -> Response:
    context = await admit(request)
    reason = (await posted_fields(request)).get("reason")
    code = request.path_params["code"]
    # Made whole before the first byte is sent, so that what goes wrong is said and not cut off.
    with ExitStack() as stack:
        target = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        said = reason if isinstance(reason, str) else ""
        try:
            await export_tenant(*context.seat, tenant=code, target=target, reason=said)
        except SteelyardError as error:
            raise Refusal(status_of(error), error.problems[0]) from error
        target.seek(0)
        pieces = _pieces(target, stack.pop_all())
    headers = {"content-disposition": 'attachment; filename="tenant.zip"', "cache-control": "no-store"}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


def _pieces(file: IO[bytes], closing: ExitStack) -> Iterator[bytes]:
    with closing:
        while piece := file.read(PIECE):
            yield piece
