"""Budgets: how many fields one request may resolve and for how long, and how many it has resolved."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from inspect import isawaitable
from time import monotonic
from typing import Any, cast

from graphql import ExecutionResult, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from steelyard_graphql.coroutines import Coroutines

CLOCK_EVERY = 256
"""Fields after which the clock is looked at."""


class OutOfBudget(BaseException):
    """One request asked for too many fields.

    No Exception: those become errors of single fields, and the rest of the request would go on.
    """


class OutOfTime(BaseException):
    """One request took too long while it waited for nothing, so that no timer could stop it."""


class BudgetedExecution(StrawberryGraphQLCoreExecutionContext):
    """Stops a request that would resolve more fields than a server can do while others wait.

    Lists inside lists, and parents inside children, make a short query ask for more than any memory holds.
    """

    def __init__(self, *args: Any, fields_most: int, seconds: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends = monotonic() + seconds
        self.fields = 0
        """How many fields were resolved."""
        self._fields_most = fields_most
        self._seconds = seconds
        self._coroutines = Coroutines()
        self._tasks: set[asyncio.Task[Any] | None] = set()
        self.is_awaitable = cast("Any", self._is_kept)

    async def answered(self) -> ExecutionResult:
        """Execute the operation; nothing of it goes on afterwards.

        Raises OutOfBudget, and OutOfTime or TimeoutError after the seconds that it may take.
        """
        try:
            async with asyncio.timeout(self._seconds):
                found = self.execute_operation()
                return cast("ExecutionResult", await found if isawaitable(found) else found)
        finally:
            await self._end()

    async def complete_awaitable_value(self, *args: Any, **kwargs: Any) -> Any:
        """Complete a value that has to be waited for."""
        self._tasks.add(asyncio.current_task())
        return await super().complete_awaitable_value(*args, **kwargs)

    def execute_fields(self, *args: Any, **kwargs: Any) -> Any:
        """Resolve the fields of one object."""
        return self._followed(super().execute_fields(*args, **kwargs))

    def complete_list_value(self, *args: Any, **kwargs: Any) -> Any:
        """Complete a list."""
        return self._followed(super().complete_list_value(*args, **kwargs))

    def complete_list_item_value(
        self,
        item: Any,
        complete_results: list[Any],
        item_type: Any,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        item_path: Path,
        position_context: Any,
    ) -> bool:
        """Complete an object of a list; tell whether it has to be waited for."""
        waits = super().complete_list_item_value(
            item, complete_results, item_type, field_details_list, info, item_path, position_context
        )
        if waits:
            self._coroutines.keep(complete_results[-1])
        return waits

    def _is_kept(self, value: object) -> bool:
        """Tell whether a value has to be waited for; what is made on the way to an answer comes by here."""
        waits = optimized_is_awaitable(value)
        if waits:
            self._coroutines.keep(value)
        return waits

    def _followed(self, found: Any) -> Any:
        return self._noted(found) if self.is_awaitable(found) else found

    async def _noted(self, found: Awaitable[Any]) -> Any:
        """Wait for it, and have the task that does so stopped in the end."""
        self._tasks.add(asyncio.current_task())
        return await found

    async def _end(self) -> None:
        """Stop what goes on beside the answer.

        Fields are waited for side by side, each in a task; where one fails or is cancelled, graphql-core's
        executor waits for the others no longer, or leaves them to themselves.
        """
        tasks = self._tasks - {None, asyncio.current_task()}
        going_on = [each for each in (*tasks, *self.background_futures) if each and not each.done()]
        for each in going_on:
            each.cancel()
        try:
            await asyncio.gather(*going_on, return_exceptions=True)
        finally:
            # An execution refers to itself: what it keeps would be kept until Python searches for garbage.
            self._tasks.clear()
            self._coroutines.close()

    @property
    def fields_left(self) -> int:
        """How many more fields may be resolved."""
        return self._fields_most - self.fields

    def look_at_clock(self) -> None:
        """Raise OutOfTime where the request has taken too long."""
        if monotonic() > self._ends:
            raise OutOfTime

    def build_resolve_info(self, *args: Any, **kwargs: Any) -> GraphQLResolveInfo[Any]:
        """Count the field that is about to be resolved."""
        self.fields += 1
        if self.fields > self._fields_most:
            raise OutOfBudget
        if self.fields % CLOCK_EVERY == 0:
            self.look_at_clock()
        return super().build_resolve_info(*args, **kwargs)
