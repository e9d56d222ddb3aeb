"""Files of assessments by GET: blank forms, and the evidence that backs lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from steelyard.errors import InvalidInput, Locale, Place, Problem, SteelyardError
from steelyard.services.assessments import evidence
from steelyard.services.assessments.form import blank_form
from steelyard_graphql.assessments.sheets import EVIDENCE_PATH
from steelyard_graphql.context import RequestContext
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.refusal import Refusal, status_of
from steelyard_graphql.problems import HTTP_QUERY_FIELD, HTTP_QUERY_UNKNOWN

EVIDENCE_ROUTE = EVIDENCE_PATH.replace("{evidence}", "{evidence:int}")
FORM_PATH = "/schemes/{scheme}/form"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A file from a rater is never to run as a page of this server.
_GUARD = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
}
Answer = Callable[[Request, RequestContext], Awaitable[Response]]


def blank_forms(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of blank forms: `?unit=…&period=…`, also `raterType` and `locale` (`zh`, `en`)."""

    async def answer(request: Request, context: RequestContext) -> Response:
        takes(request, "unit", "period", "raterType", "locale")
        asked, scheme = request.query_params, request.path_params["scheme"]
        data = await blank_form(
            *context.seat,
            scheme=scheme,
            unit=needed(request, "unit"),
            period=needed(request, "period"),
            rater_type=asked.get("raterType"),
            locale=chosen_locale(request),
        )
        headers = {**_GUARD, "content-disposition": 'attachment; filename="assessment.xlsx"'}
        return Response(data, media_type=XLSX, headers=headers)

    return answering(admit, answer)


def evidence_files(admit: Admit) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of files that back lines."""

    async def answer(request: Request, context: RequestContext) -> Response:
        number, id = request.path_params["number"], request.path_params["evidence"]
        record, path = await evidence.opened(*context.seat, number=number, evidence=id)
        return download(path, record.file_name, record.media_type)

    return answering(admit, answer)


def download(path: Path, name: str, media_type: str) -> Response:
    """A file that somebody attached, to be kept by whoever asked, under its name."""
    named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return FileResponse(path, media_type=media_type, headers={**_GUARD, "content-disposition": named})


def answering(admit: Admit, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that lets in and answers; whatever is refused is told as a problem."""

    async def endpoint(request: Request) -> Response:
        try:
            context = await admit(request)
            return await answer(request, context)
        except Refusal as refusal:
            return refusal.response()
        except SteelyardError as error:
            return Refusal(status_of(error), error.problems[0]).response()

    return endpoint


def takes(request: Request, *names: str) -> None:
    """Raise InvalidInput (HTTP_QUERY_UNKNOWN) where the query has others than these."""
    unknown = sorted({*request.query_params} - {*names})
    if unknown:
        values = {"found": ", ".join(unknown)[:80], "known": ", ".join(sorted(names))}
        raise InvalidInput(Problem(HTTP_QUERY_UNKNOWN, Place(field=unknown[0][:80]), values))


def needed(request: Request, name: str) -> str:
    """A field of the query; InvalidInput (HTTP_QUERY_FIELD) where it is left out."""
    found = request.query_params.get(name)
    if not found:
        raise _wrong(name)
    return found


def chosen_locale(request: Request) -> Locale:
    """The language asked for, Chinese if left out; InvalidInput (HTTP_QUERY_FIELD) for any other."""
    match request.query_params.get("locale", "zh"):
        case "zh":
            return "zh"
        case "en":
            return "en"
        case _:
            raise _wrong("locale")


def _wrong(name: str) -> InvalidInput:
    return InvalidInput(Problem(HTTP_QUERY_FIELD, Place(field=name), {"field": name}))
