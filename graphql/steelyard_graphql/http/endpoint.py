"""One path that takes queries, as the GraphQL over HTTP specification says.

`application/graphql-response+json` tells by its status whether execution began: 400 for a document that
cannot be parsed, validated or given its variables, 200 otherwise. `application/json`, which older clients
expect, is 200 for every well-formed request. Whatever the type, an account that has nothing left to spend
gets 429, and a request that was stopped because it took too long 504.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from steelyard.errors import Problem, TransientError
from steelyard.settings.limits import Limits
from steelyard_graphql.context import RequestContext
from steelyard_graphql.errors import internal
from steelyard_graphql.execution import Answer, Executor, Operation
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.http.asked import in_query_string, posted
from steelyard_graphql.http.events import EVENTS, EventStream
from steelyard_graphql.http.explorer import Page
from steelyard_graphql.http.media_types import ANSWERS, GRAPHQL, HTML, JSON, media_type, negotiate
from steelyard_graphql.http.refusal import Refusal, answer
from steelyard_graphql.http.upload_form import FORM, uploaded
from steelyard_graphql.limits.connections import Connections, connections
from steelyard_graphql.problems import HTTP_METHOD_REFUSED, HTTP_NOT_ACCEPTABLE

SHOWN = 80
RETRY_AFTER = 10
"""Seconds after which whoever found no place may look again."""


class GraphQLEndpoint:
    """Answers queries by POST; with a `page` also the page, and queries, by GET.

    limits: of bodies. open_: where streams of events take their places; they need none for None.
    """

    def __init__(
        self,
        executor: Executor,
        admit: Admit,
        page: Page | None = None,
        *,
        limits: Limits | None = None,
        open_: Connections | None = None,
    ) -> None:
        self._executor = executor
        self._admit = admit
        self._page = page
        self._limits = limits or Limits()
        self._streams = (open_ or connections(self._limits)).streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Refusal as refusal:
            response = refusal.response(negotiate(request.headers.get("accept")) or JSON)
        except ClientDisconnect:
            return
        except Exception as error:
            response = Refusal(500, internal(error, "the endpoint")).response()
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        # Before all else: who is not let in learns nothing from how a request is answered.
        admitted = await self._admit(request)
        if request.method == "GET" and self._page is not None:
            return await self._got(request, admitted, self._page)
        if request.method != "POST":
            allowed = "POST" if self._page is None else "GET, POST"
            values = {"method": request.method, "allowed": allowed}
            raise Refusal(405, Problem(HTTP_METHOD_REFUSED, values=values), {"allow": allowed})
        if media_type(request.headers.get("content-type"))[0] == FORM:
            return await self._with_files(request, admitted)
        accepted = _acceptable(request, (*ANSWERS, EVENTS))
        operation = await posted(request, self._limits.body)
        if accepted == EVENTS:
            return self._stream(request, operation, admitted)
        found = await self._executor.execute(operation, admitted)
        return _response(found, accepted)

    def _stream(self, request: Request, operation: Operation, admitted: RequestContext) -> Response:
        try:
            self._streams.take(admitted.actor, admitted.scope)
        except TransientError as error:
            raise _crowded(error) from error

        def leave() -> None:
            self._streams.leave(admitted.actor, admitted.scope)

        return EventStream(self._executor, operation, lambda: self._admit(request), leave)

    async def _with_files(self, request: Request, admitted: RequestContext) -> Response:
        accepted = _acceptable(request, ANSWERS)
        uploads = admitted.jobs.uploads
        try:
            uploads.take(admitted.actor, admitted.scope)
        except TransientError as error:
            raise _crowded(error) from error
        try:
            async with uploaded(request, self._limits.upload) as operation:
                found = await self._executor.execute(operation, admitted)
        finally:
            uploads.leave(admitted.actor, admitted.scope)
        return _response(found, accepted)

    async def _got(self, request: Request, admitted: RequestContext, page: Page) -> Response:
        accepted = _acceptable(request, (*ANSWERS, HTML))
        if accepted == HTML:
            headers = {"vary": "accept", "content-security-policy": page.policy}
            return Response(page.html, media_type="text/html", headers=headers)
        operation = in_query_string(request)
        found = await self._executor.execute(operation, admitted, queries_only=True)
        return _response(found, accepted)


def _crowded(error: TransientError) -> Refusal:
    return Refusal(429, error.problems[0], {"retry-after": str(RETRY_AFTER)})


def _acceptable(request: Request, offered: tuple[str, ...]) -> str:
    accept = request.headers.get("accept")
    chosen = negotiate(accept, offered)
    if chosen is None:
        values = {"accept": (accept or "")[:SHOWN], "offered": ", ".join(offered)}
        raise Refusal(406, Problem(HTTP_NOT_ACCEPTABLE, values=values))
    return chosen


def _response(found: Answer, accepted: str) -> Response:
    if not found.allowed:
        return answer(found.body, accepted, 405, {"allow": "POST"})
    usual = 400 if accepted == GRAPHQL and not found.began else 200
    headers = {} if found.retry_after is None else {"retry-after": str(found.retry_after)}
    return answer(found.body, accepted, found.status or usual, headers)
