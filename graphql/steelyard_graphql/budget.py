"""Budgets: how many fields one request may resolve and for how long, and how many it has resolved."""

from __future__ import annotations

from time import monotonic
from typing import Any

from graphql import GraphQLResolveInfo
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

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
