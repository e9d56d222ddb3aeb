"""From the text of a query to its answer: parse, validate, coerce the variables, execute.

The steps are graphql-core's own; taking them one by one tells a request that never began (its answer has
no `data`) from one that went wrong on the way.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, TypeVar, cast

import strawberry
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    create_source_event_stream,
)

from steelyard.errors import Kind, Problem, SteelyardError
from steelyard.settings.limits import Limits
from steelyard_graphql.budget import BudgetedExecution, OutOfBudget, OutOfTime
from steelyard_graphql.compiled.execution import CompiledExecution
from steelyard_graphql.context import RequestContext
from steelyard_graphql.documents import Document, Documents, Unreadable
from steelyard_graphql.errors import Entry, entry, execution_entries, request_entries
from steelyard_graphql.limits.allowance import Allowances
from steelyard_graphql.limits.meter import Meter
from steelyard_graphql.limits.problems import CLIENT_BUDGET, REQUEST_TIMEOUT
from steelyard_graphql.limits.trusted import read_manifest
from steelyard_graphql.limits.unseen import unseen
from steelyard_graphql.problems import (
    BAD_USER_INPUT,
    HTTP_MUTATION_BY_GET,
    QUERY_TOO_LARGE,
    SUBSCRIPTION_NEEDS_STREAM,
)

T = TypeVar("T")
Renew = Callable[[], Awaitable[RequestContext]]
"""Makes a new context for each event of a subscription; what it raises ends the subscription."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One request: a document, its variables, and which of its operations to execute.

    document_id: the document's, where it is trusted and not sent.
    """

    query: str | None
    variables: Mapping[str, Any] | None = None
    name: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer's entries; `began` tells whether execution began, `allowed` whether it was permitted.

    status: of HTTP, where that is not the usual one. retry_after: seconds.
    fields: how many fields were resolved. fields_compiled: how many of them by compiled selections.
    """

    body: dict[str, Any]
    began: bool
    allowed: bool = True
    status: int | None = None
    retry_after: int | None = None
    fields: int = 0
    fields_compiled: int = 0


class Executor:
    """Executes operations on one schema, within limits.

    allowances: what accounts may spend; nobody counts for None. is_compiled: whether plain selections are
    answered by plans.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        limits: Limits | None = None,
        allowances: Allowances | None = None,
        *,
        is_compiled: bool = True,
    ) -> None:
        self._limits = limits or Limits()
        whole = schema._schema
        self._schema: GraphQLSchema = whole if self._limits.introspection else unseen(whole)
        self._execution = CompiledExecution if is_compiled else BudgetedExecution
        self._documents = Documents(self._schema, limits=self._limits)
        self._trusted = read_manifest(self._limits.documents)
        self._meter = Meter(self._schema, self._limits, allowances)

    async def execute(self, operation: Operation, context: object, *, queries_only: bool = False) -> Answer:
        """Execute a query or mutation; it never raises.

        context: what resolvers find as `info.context`. queries_only: refuse mutations (HTTP GET).
        """
        try:
            document, chosen = self._read(operation)
        except Unreadable as unreadable:
            return _refused(unreadable.kind, unreadable.errors)
        except SteelyardError as error:
            return _beyond(error)
        if queries_only and chosen.operation is not OperationType.QUERY:
            return Answer({"errors": [entry(Problem(HTTP_MUTATION_BY_GET))]}, began=False, allowed=False)
        if chosen.operation is OperationType.SUBSCRIPTION:
            return Answer({"errors": [entry(Problem(SUBSCRIPTION_NEEDS_STREAM))]}, began=False)
        return await self._run(document, operation, context)

    async def stream(self, operation: Operation, renew: Renew) -> AsyncGenerator[Answer, None]:
        """Hand out the answers of any operation: one for each event of a subscription, else one in all.

        Each event is answered in a context of its own, so that it is seen as of its time and by whoever may
        see it then. Raises what `renew` raises.
        """
        try:
            document, chosen = self._read(operation)
        except Unreadable as unreadable:
            yield _refused(unreadable.kind, unreadable.errors)
            return
        except SteelyardError as error:
            yield _beyond(error)
            return
        context = await renew()
        if chosen.operation is not OperationType.SUBSCRIPTION:
            yield await self._run(document, operation, context)
            return
        following: RequestContext | None = context
        while following is not None:
            source = await self._source(document, operation, following)
            if isinstance(source, Answer):
                yield source
                return
            again: RequestContext | None = None
            # Resolvers of subscriptions are generators: closing one ends what it waits for.
            async with aclosing(cast("AsyncGenerator[object, None]", source)) as events:
                try:
                    async for event in events:
                        now = await renew()
                        if now.actor.rights != following.actor.rights:
                            # What was begun with other rights is begun anew.
                            again = now
                            break
                        yield await self._run(document, operation, now, event)
                except SteelyardError as error:
                    yield _beyond(error)
            following = again

    def _read(self, operation: Operation) -> tuple[Document, OperationDefinitionNode]:
        text = self._trusted.text(operation.query, operation.document_id)
        return self._documents.read(text, operation.name)

    def _built(
        self, document: Document, operation: Operation, context: object, event: object = None
    ) -> BudgetedExecution | Answer:
        executor = self._execution.build(
            self._schema,
            document.node,
            root_value=event,
            context_value=context,
            raw_variable_values=dict(operation.variables or {}),
            operation_name=operation.name,
            fields_most=self._limits.resolved,
            seconds=self._limits.seconds,
            hide_suggestions=not self._limits.suggestions,
        )
        if isinstance(executor, list):
            return _refused(BAD_USER_INPUT, executor)
        return cast("BudgetedExecution", executor)

    async def _source(
        self, document: Document, operation: Operation, context: object
    ) -> AsyncIterable[object] | Answer:
        executor = self._built(document, operation, context)
        if isinstance(executor, Answer):
            return executor
        try:
            told = self._meter.charge(executor)
        except SteelyardError as error:
            return _beyond(error)
        found: AsyncIterable[object] | ExecutionResult = await _awaited(create_source_event_stream(executor))
        return _answer(found, executor, told) if isinstance(found, ExecutionResult) else found

    async def _run(
        self, document: Document, operation: Operation, context: object, event: object = None
    ) -> Answer:
        executor = self._built(document, operation, context, event)
        if isinstance(executor, Answer):
            return executor
        try:
            told = self._meter.charge(executor, under_way=event is not None)
        except SteelyardError as error:
            return _beyond(error)
        try:
            return _answer(await executor.answered(), executor, told)
        except OutOfBudget:
            problem, status = Problem(QUERY_TOO_LARGE, values={"most": self._limits.resolved}), None
        except (TimeoutError, OutOfTime):
            # Those of resolvers became errors of their fields: this one is our own.
            problem, status = Problem(REQUEST_TIMEOUT, values={"seconds": self._limits.seconds}), 504
        finally:
            if isinstance(context, RequestContext):
                context.loaders.stop()
        return Answer({"data": None, "errors": [entry(problem)]}, began=True, status=status)


async def _awaited(found: Awaitable[T] | T) -> T:
    return await found if isawaitable(found) else found


def _answer(result: Any, executor: BudgetedExecution, cost: Mapping[str, int]) -> Answer:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = execution_entries(result.errors)
    body["extensions"] = {"cost": cost}
    compiled = executor.fields_compiled if isinstance(executor, CompiledExecution) else 0
    return Answer(body, began=True, fields=executor.fields, fields_compiled=compiled)


def _refused(kind: Kind, errors: Sequence[GraphQLError]) -> Answer:
    found: list[Entry] = request_entries(kind, errors)
    return Answer({"errors": found}, began=False)


def _beyond(error: SteelyardError) -> Answer:
    body = {"errors": [entry(problem) for problem in error.problems]}
    status = 429 if error.code == CLIENT_BUDGET.code else None
    seconds = error.problems[0].values.get("seconds")
    return Answer(body, began=False, status=status, retry_after=seconds if isinstance(seconds, int) else None)
