"""Admission: as whom a request is answered; 401 for those that do not show who they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from steelyard.errors import SteelyardError, Unauthenticated
from steelyard.services.authentication import Authenticator
from steelyard.services.context import Context
from steelyard_graphql.context import RequestContext, request_context
from steelyard_graphql.http.refusal import Refusal

Admit = Callable[[Request], Awaitable[RequestContext]]
"""Makes what resolvers find as `info.context`, new for every request; Refusal for those that stay outside."""
LONGEST = 45
"""Letters of an address of IPv6."""
CHALLENGE = {"www-authenticate": "Bearer"}


def by_token(context: Context, authenticator: Authenticator) -> Admit:
    """Let in those with a valid bearer token, as the account that it names."""

    async def admit(request: Request) -> RequestContext:
        try:
            found = await authenticator.admit(request.headers.getlist("authorization"), _client(request))
        except Unauthenticated as error:
            raise Refusal(401, error.problems[0], CHALLENGE) from None
        except SteelyardError as error:
            raise Refusal(503, error.problems[0]) from error
        return RequestContext(found.view, found.actor, found.scope, context.packs)

    return admit


def _client(request: Request) -> str:
    """The client's address; as a proxy tells it, it may be anything, so it is kept to one short word."""
    told = "" if request.client is None else request.client.host
    return (told.split() or ["-"])[0][:LONGEST]


def everybody(context: Context) -> Admit:
    """Let everybody in as the local administrator: for the demo, which only this machine can reach."""

    async def admit(_: Request) -> RequestContext:
        return request_context(context)

    return admit
