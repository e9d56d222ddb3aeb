"""What compiled selections take from graphql-core and strawberry beyond what these promise.

Where one of these fails after an upgrade, read the new code before the test is changed: an override that is
called no more, or otherwise, would leave everything to the plain way without a word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
import strawberry
from graphql.execution import Executor
from graphql.execution.collect_fields import CollectedFields, FieldDetails
from graphql.execution.values import get_argument_values
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

COMPLETED = ["self", "return_type", "field_details_list", "info", "path", "result", "position_context"]
PARAMETERS: list[tuple[Callable[..., Any], list[str]]] = [
    (Executor.complete_list_value, COMPLETED),
    (Executor.complete_object_value, COMPLETED),
    (Executor.collect_subfields, ["self", "return_type", "field_details_list"]),
    (Executor.build_resolve_info, ["self", "field_def", "field_nodes", "parent_type", "path"]),
    (
        get_argument_values,
        ["type_def", "node", "variable_values", "fragment_variable_values", "hide_suggestions"],
    ),
    (convert_arguments, ["value", "arguments", "scalar_registry", "config", "info"]),
]


@pytest.mark.parametrize(("function", "expected"), PARAMETERS, ids=lambda each: getattr(each, "__name__", ""))
def test_parameters(function: Callable[..., Any], expected: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == expected


def test_named_tuples() -> None:
    assert CollectedFields._fields == (
        "grouped_field_set",
        "new_defer_usages",
        "forbidden_directive_instances",
    )
    assert FieldDetails._fields == ("node", "defer_usage", "fragment_variable_values")


def test_the_execution_of_strawberry_is_one_of_graphql_core() -> None:
    assert issubclass(StrawberryGraphQLCoreExecutionContext, Executor)


def test_strawberry_says_what_a_field_is() -> None:
    @strawberry.type
    class Query:
        kept: int = 1

        @strawberry.field(metadata={"plain": True})
        def asked(self, times: int = 1) -> int:
            return times

    schema = strawberry.Schema(Query)
    kept, asked = (
        schema._schema.query_type.fields[name].extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        for name in ("kept", "asked")
    )
    assert isinstance(kept, StrawberryField)
    assert (kept.is_basic_field, kept.default_resolver is getattr) == (True, True)
    assert (asked.metadata, asked.base_resolver.self_parameter is not None) == ({"plain": True}, True)
    assert (asked.base_resolver.info_parameter, asked.base_resolver.is_async) == (None, False)
    assert schema._schema._strawberry_schema is schema
