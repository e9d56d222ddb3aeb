"""Execution that answers plain selections by plans, and everything else as graphql-core does."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLList, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path

from steelyard_graphql.budget import BudgetedExecution
from steelyard_graphql.compiled.completion import Completion
from steelyard_graphql.compiled.misfit import TooMany
from steelyard_graphql.compiled.plan import Planner
from steelyard_graphql.compiled.tally import Tally

_NOTHING = object()


class CompiledExecution(BudgetedExecution):
    """Tries a plan wherever a list or an object is completed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_compiled = 0
        """How many of the fields were answered by plans."""
        self._is_off = self.middleware_manager is not None
        self._planner = Planner(self)
        self._plans: dict[tuple[GraphQLOutputType, int], tuple[FieldDetailsList, Completion | None]] = {}

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
        return super().complete_list_value(
            return_type, field_details_list, info, path, result, position_context
        )

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
        found = self._planned(return_type, field_details_list, result)
        if found is not _NOTHING:
            return found
        return super().complete_object_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def _planned(self, type_: GraphQLOutputType, details: FieldDetailsList, value: Any) -> Any:
        """What a plan answers; nothing where there is none, or where something does not fit."""
        plan = None if self._is_off else self._plan(type_, details)
        if plan is None:
            return _NOTHING
        tally = Tally(self.fields_left)
        try:
            (answered,) = plan([value], tally)
        except TooMany:
            # Else each part of what is too much would be tried again.
            self._is_off = True
            return _NOTHING
        except Exception:
            # Whatever it is, the usual way comes upon it again and says where.
            return _NOTHING
        self.fields += tally.fields
        self.fields_compiled += tally.fields
        return answered

    def _plan(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Completion | None:
        # By identity, as graphql-core keeps what it collected; the list is kept lest another gets its id.
        key = type_, id(details)
        known = self._plans.get(key)
        if known is None:
            known = self._plans[key] = details, self._made(type_, details)
        return known[1]

    def _made(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Completion | None:
        try:
            return self._planner.completion(type_, details)
        except Exception:
            return None
