"""Files that show that actions of plans were done, by GET."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from steelyard.services.plans import evidence
from steelyard_graphql.context import RequestContext
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.sheets import answering, download
from steelyard_graphql.planning.actions import EVIDENCE_PATH

PLAN_EVIDENCE_ROUTE = EVIDENCE_PATH.replace("{action}", "{action:int}").replace(
    "{evidence}", "{evidence:int}"
)


def plan_evidence_files(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of files that show what was done."""

    async def answer(request: Request, context: RequestContext) -> Response:
        asked = request.path_params
        record, path = await evidence.opened(
            *context.seat, number=asked["number"], action=asked["action"], evidence=asked["evidence"]
        )
        return download(path, record.file_name, record.media_type)

    return answering(admit, answer)
