"""Admission: as whom a request is answered; 401 for those that do not show who they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from starlette.requests import HTTPConnection

from steelyard.errors import SteelyardError, Unauthenticated
from steelyard.services.authentication import Authenticator
from steelyard.services.context import Context
from steelyard.services.import_jobs import ImportJobs
from steelyard_graphql.context import RequestContext, request_context
from steelyard_graphql.http.refusal import Refusal

LONGEST = 45
"""Letters of an address of IPv6."""
CHALLENGE = {"www-authenticate": "Bearer"}


class Admit(Protocol):
    """Makes what resolvers find as `info.context`, new for every request."""

    async def __call__(
        self, connection: HTTPConnection, authorization: Sequence[str] | None = None
    ) -> RequestContext:
        """Let in whoever the headers name, or `authorization` in their place; Refusal for those outside."""


def by_token(context: Context, authenticator: Authenticator, jobs: ImportJobs) -> Admit:
    """Let in those with a valid bearer token, as the account that it names."""

    async def admit(connection: HTTPConnection, authorization: Sequence[str] | None = None) -> RequestContext:
        said = connection.headers.getlist("authorization") if authorization is None else authorization
        try:
            found = await authenticator.admit(said, _client(connection))
        except Unauthenticated as error:
            raise Refusal(401, error.problems[0], CHALLENGE) from None
        except SteelyardError as error:
            raise Refusal(503, error.problems[0]) from error
        return RequestContext(found.view, found.actor, found.scope, context.packs, jobs)

    return admit


def _client(connection: HTTPConnection) -> str:
    """The client's address; as a proxy tells it, it may be anything, so it is kept to one short word."""
    told = "" if connection.client is None else connection.client.host
    return (told.split() or ["-"])[0][:LONGEST]


def everybody(context: Context, jobs: ImportJobs) -> Admit:
    """Let everybody in as the local administrator: for the demo, which only this machine can reach."""

    async def admit(connection: HTTPConnection, authorization: Sequence[str] | None = None) -> RequestContext:
        return request_context(context, jobs)

    return admit
