"""Plans: what is selected below a value, as completions, where all of it is plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import get_argument_values
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from steelyard_graphql.compiled.completion import Completion, ListsOf, ObjectsOf
from steelyard_graphql.compiled.leaves import Leaves
from steelyard_graphql.compiled.plain import classes, is_plain, reads_attribute, reads_method
from steelyard_graphql.compiled.readers import Attribute, ListingMethod, Method, Reader, Typename
from steelyard_graphql.compiled.selection import Selected, Selection

_TYPENAME = "__typename"
_BACKREF = GraphQLCoreConverter.DEFINITION_BACKREF


class NotPlain(Exception):
    """Something that is selected has to be resolved the usual way."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a plan covers of an object: the fields of `completion`; the `others` it does not.

    keys: the names of all of them in the answer, in order.
    """

    completion: Completion
    others: dict[str, FieldDetailsList]
    keys: tuple[str, ...]

    def merged(self, planned: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
        """What is answered for one object."""
        return {key: planned[key] if key in planned else others[key] for key in self.keys}


class Planner:
    """Makes the plans of one request: arguments, `@skip` and `@include` are decided by its variables."""

    def __init__(self, execution: StrawberryGraphQLCoreExecutionContext) -> None:
        self._execution = execution

    def completion(
        self, type_: GraphQLOutputType, details: FieldDetailsList, *, nullable: bool = True
    ) -> Completion:
        """What completes values of a type. Raises NotPlain, or what wrong arguments raise."""
        if is_non_null_type(type_):
            return self.completion(type_.of_type, details, nullable=False)
        if is_list_type(type_):
            items = self.completion(type_.of_type, details)
            return ListsOf(items, nullable=nullable, holds_objects=is_object_type(get_named_type(type_)))
        if is_leaf_type(type_):
            return Leaves(type_, nullable=nullable)
        if is_object_type(type_):
            return ObjectsOf(self._selection(type_, details), nullable=nullable)
        raise NotPlain

    def part(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Part:
        """What can be planned of an object where not all can be. Raises NotPlain where nothing can."""
        kinds, grouped = self._grouped(type_, details)
        fields: list[Selected] = []
        others: dict[str, FieldDetailsList] = {}
        for key, each in grouped.items():
            try:
                fields.append(self._selected(type_, key, each))
            except Exception:
                # Wrong arguments, too, which the usual way words.
                others[key] = each
        if not fields:
            raise NotPlain
        return Part(ObjectsOf(Selection(kinds, fields), nullable=True), others, tuple(grouped))

    def _selection(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Selection:
        kinds, grouped = self._grouped(type_, details)
        return Selection(kinds, [self._selected(type_, key, each) for key, each in grouped.items()])

    def _grouped(
        self, type_: GraphQLObjectType, details: FieldDetailsList
    ) -> tuple[frozenset[type], Mapping[str, FieldDetailsList]]:
        """The classes of a plain type's objects, and what is selected of them by its name in the answer."""
        definition: StrawberryObjectDefinition | None = type_.extensions.get(_BACKREF)
        if definition is None or not is_plain(definition):
            raise NotPlain
        grouped, deferred, _ = self._execution.collect_subfields(type_, details)
        if deferred:
            raise NotPlain
        return classes(definition), grouped

    def _selected(self, type_: GraphQLObjectType, key: str, details: FieldDetailsList) -> Selected:
        name = details[0].node.name.value
        if name == _TYPENAME:
            return Selected(key, Typename(type_.name), lambda values, tally: values, is_leaf=True)
        field = type_.fields[name]
        return Selected(
            key,
            self._reader(field, details),
            self.completion(field.type, details),
            is_leaf=is_leaf_type(get_named_type(field.type)),
        )

    def _reader(self, field: GraphQLField, details: FieldDetailsList) -> Reader:
        definition: StrawberryField | None = field.extensions.get(_BACKREF)
        if definition is None:
            raise NotPlain
        if reads_attribute(definition):
            return Attribute(definition.python_name)
        if not reads_method(definition) or definition.base_resolver is None:
            raise NotPlain
        is_listing = is_list_type(_nullable(field.type)) and is_object_type(get_named_type(field.type))
        return (ListingMethod if is_listing else Method)(
            definition.python_name,
            cast("Callable[..., Any]", definition.base_resolver.wrapped_func),
            self._arguments(field, definition, details),
            takes_none=not definition.arguments,
        )

    def _arguments(
        self, field: GraphQLField, definition: StrawberryField, details: FieldDetailsList
    ) -> dict[str, Any]:
        execution, first = self._execution, details[0]
        given = get_argument_values(
            field,
            first.node,
            execution.variable_values,
            first.fragment_variable_values,
            execution.hide_suggestions,
        )
        schema = cast("Any", execution.schema)._strawberry_schema
        return convert_arguments(
            given, definition.arguments, schema.schema_converter.scalar_registry, schema.config
        )


def _nullable(type_: GraphQLOutputType) -> GraphQLOutputType:
    return type_.of_type if is_non_null_type(type_) else type_
