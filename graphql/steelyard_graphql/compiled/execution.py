"""Execution that answers plain selections by plans, and everything else as graphql-core does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, cast

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    is_object_type,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path

from steelyard_graphql.budget import BudgetedExecution, OutOfBudget
from steelyard_graphql.compiled.completion import Completion, ListsOf
from steelyard_graphql.compiled.misfit import TooMany
from steelyard_graphql.compiled.plan import Part, Planner
from steelyard_graphql.compiled.tally import Tally

T = TypeVar("T")
_NOTHING = object()
_Known = dict[tuple[GraphQLOutputType, int], tuple[FieldDetailsList, T | None]]
"""What was made of a selection, by its type and identity, as graphql-core keeps what it collected.

The list itself is kept lest another gets its id.
"""


class CompiledExecution(BudgetedExecution):
    """Tries a plan wherever a list or an object is completed.

    Where a plan covers some of the fields of objects, these are answered by it, for all objects of a list at
    once, and the others the usual way, one object after the other.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_compiled = 0
        """How many of the fields were answered by plans."""
        self._is_off = self.middleware_manager is not None
        self._planner = Planner(self)
        self._plans: _Known[Completion] = {}
        self._parts: _Known[Part] = {}
        self._rows: dict[int, list[Any]] = {}
        """While the items of a list are completed: what a plan answers for them, by the id of its path."""

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete a list."""
        found = self._planned(return_type, field_details_list, result)
        if found is not _NOTHING:
            return found
        rows = self._rows_of(return_type.of_type, field_details_list, result)
        if rows is not _NOTHING:
            self._rows[id(path)] = rows
        try:
            return super().complete_list_value(
                return_type, field_details_list, info, path, result, position_context
            )
        finally:
            self._rows.pop(id(path), None)

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete an object."""
        rows = self._rows.get(id(path.prev))
        if rows is not None:
            row: Any = rows[cast("int", path.key)]
        else:
            found = self._planned(return_type, field_details_list, result)
            if found is not _NOTHING:
                return found
            row = self._row_of(return_type, field_details_list, result)
        part = None if row is _NOTHING else self._part(return_type, field_details_list)
        if part is None:
            return super().complete_object_value(
                return_type, field_details_list, info, path, result, position_context
            )
        others = self.execute_fields(return_type, result, path, part.others, position_context)
        if self.is_awaitable(others):
            return _merged(part, row, others)
        return part.merged(row, cast("dict[str, Any]", others))

    def _planned(self, type_: GraphQLOutputType, details: FieldDetailsList, value: Any) -> Any:
        """What a plan answers; nothing where there is none, or where something does not fit."""
        plan = _known(self._plans, self._planner.completion, type_, details)
        return self._tried(plan, value)

    def _rows_of(self, type_: GraphQLOutputType, details: FieldDetailsList, value: Any) -> Any:
        """What a plan answers of each object of a list."""
        inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        part = self._part(inner, details) if is_object_type(inner) else None
        if part is None:
            return _NOTHING
        return self._tried(ListsOf(part.completion, nullable=False, holds_objects=True), value)

    def _row_of(self, type_: GraphQLObjectType, details: FieldDetailsList, value: Any) -> Any:
        """What a plan answers of an object."""
        part = self._part(type_, details)
        return self._tried(None if part is None else part.completion, value)

    def _part(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Part | None:
        return _known(self._parts, self._planner.part, type_, details)

    def _tried(self, plan: Completion | None, value: Any) -> Any:
        if plan is None or self._is_off:
            return _NOTHING
        tally = Tally(self.fields_left, self.look_at_clock)
        try:
            (answered,) = plan([value], tally)
        except TooMany:
            # The usual way would come to as many, and take as long as so many take.
            raise OutOfBudget from None
        except Exception:
            # Whatever it is, the usual way comes upon it again and says where.
            return _NOTHING
        self.fields += tally.fields
        self.fields_compiled += tally.fields
        return answered


def _known(
    known: _Known[T],
    make: Callable[[Any, FieldDetailsList], T],
    type_: GraphQLOutputType,
    details: FieldDetailsList,
) -> T | None:
    """What is made of a selection, made once; None where it cannot be."""
    key = type_, id(details)
    found = known.get(key)
    if found is None:
        found = known[key] = details, _made(make, type_, details)
    return found[1]


def _made(
    make: Callable[[Any, FieldDetailsList], T], type_: GraphQLOutputType, details: FieldDetailsList
) -> T | None:
    try:
        return make(type_, details)
    except Exception:
        return None


async def _merged(part: Part, row: Mapping[str, Any], others: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return part.merged(row, await others)
