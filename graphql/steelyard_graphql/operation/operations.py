"""Operations: what GraphQL answered, for the log and the metrics; and as whom."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

import strawberry
from starlette.requests import HTTPConnection

from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Answer, Executor, Operation, Renew
from steelyard_graphql.http.admission import Admit
from steelyard_graphql.operation.facts import CURRENT
from steelyard_graphql.operation.metrics import Metrics

NAME_MOST = 64


class RecordedExecutor(Executor):
    """An executor that counts its answers, and puts the operation and its errors among the facts."""

    def __init__(self, schema: strawberry.Schema, metrics: Metrics, **options: Any) -> None:
        super().__init__(schema, **options)
        self._metrics = metrics

    async def execute(self, operation: Operation, context: object, *, queries_only: bool = False) -> Answer:
        """Execute a query or mutation; it never raises."""
        found = await super().execute(operation, context, queries_only=queries_only)
        self._note(operation, found)
        return found

    async def stream(self, operation: Operation, renew: Renew) -> AsyncGenerator[Answer, None]:
        """Hand out the answers of any operation, counting each."""
        async with aclosing(super().stream(operation, renew)) as answers:
            async for found in answers:
                self._note(operation, found)
                yield found

    def _note(self, operation: Operation, found: Answer) -> None:
        errors = found.body.get("errors", ())
        codes = list(dict.fromkeys(_code(error) for error in errors))
        outcome = "refused" if not found.began else "errors" if codes else "ok"
        self._metrics.operations.labels(outcome).inc()
        for code in codes:
            self._metrics.errors.labels(code).inc()
        facts = CURRENT.get()
        if facts is not None:
            # Only what began is a name, and not whatever text stood in its place.
            facts.operation = operation.name[:NAME_MOST] if operation.name and found.began else None
            facts.codes = list(dict.fromkeys([*facts.codes, *codes]))


def _code(error: Any) -> str:
    return str(error["extensions"]["code"])


def recorded(admit: Admit) -> Admit:
    """Let in as `admit` does, and put among the facts who it is."""

    async def admitted(
        connection: HTTPConnection, authorization: Sequence[str] | None = None
    ) -> RequestContext:
        context = await admit(connection, authorization)
        facts = CURRENT.get()
        if facts is not None:
            facts.actor, facts.tenant = context.actor.id, context.scope.tenant_id
        return context

    return admitted
