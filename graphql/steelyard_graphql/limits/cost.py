"""What a query costs, before it runs: about how many fields it resolves, and more for those that compute.

A field costs its weight, usually 1; a list of objects costs what one of them costs as many times as it is
taken to be long. What is written twice counts twice, and of fragments on several types each counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
    is_composite_type,
    is_list_type,
)
from graphql.execution.values import VariableValues

from steelyard_graphql.limits.sizes import (
    FEW,
    GIVEN,
    INTROSPECTED,
    MUTATION,
    MUTATIONS,
    PAGE_ARGUMENTS,
    PAGE_MOST,
    PAGE_USUAL,
    SIZES,
    WEIGHTS,
)

Asked = Mapping[str, int]
"""How many of something arguments name, by the argument's name."""
_IN_INPUTS = frozenset(name for names in GIVEN.values() for name in names)
"""What counts of inputs: nothing in them is a page."""


def cost(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
) -> int:
    """Return the cost of a valid operation with these variables."""
    root = schema.get_root_type(operation.operation)
    if root is None:
        return 0
    weighed = _Costs(schema, fragments, variables, operation.operation is OperationType.MUTATION)
    return weighed.selection(operation.selection_set, root, {})


class _Costs:
    """Costs in one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        mutates: bool,
    ) -> None:
        self._schema, self._fragments, self._variables = schema, fragments, variables
        self._mutation = schema.mutation_type if mutates else None

    def selection(self, selected: SelectionSetNode, on: GraphQLCompositeType, asked: Asked) -> int:
        """The cost of what is selected on one object of a type."""
        total = 0
        for each in selected.selections:
            if isinstance(each, FieldNode):
                total += self._field(each, on, asked)
            elif isinstance(each, InlineFragmentNode):
                named = each.type_condition
                total += self.selection(
                    each.selection_set, on if named is None else self._type(named.name), asked
                )
            elif isinstance(each, FragmentSpreadNode):
                fragment = self._fragments[each.name.value]
                total += self.selection(
                    fragment.selection_set, self._type(fragment.type_condition.name), asked
                )
        return total

    def _type(self, name: NameNode) -> GraphQLCompositeType:
        found = self._schema.type_map[name.value]
        if not is_composite_type(found):
            raise TypeError(f"{name.value} has no fields")
        return found

    def _field(self, node: FieldNode, on: GraphQLCompositeType, asked: Asked) -> int:
        name = node.name.value
        place = f"{on.name}.{name}"
        weight = self._weight(place, name, on)
        definition = (
            on.fields.get(name) if isinstance(on, (GraphQLObjectType, GraphQLInterfaceType)) else None
        )
        if node.selection_set is None or definition is None or name in INTROSPECTED:
            return weight
        inner = get_named_type(definition.type)
        if not is_composite_type(inner):
            return weight
        given = self._asked(definition, node)
        within = {**asked, **given} if given else asked
        if inner.name.endswith("Connection"):
            # Its edges and nodes are as long as its page; no page further in is meant.
            within = {**within, "page": _page(given)}
        return weight + _length(place, definition.type, within, given) * self.selection(
            node.selection_set, inner, within
        )

    def _weight(self, place: str, name: str, on: GraphQLCompositeType) -> int:
        if on is self._mutation:
            return MUTATIONS.get(name, MUTATION)
        return WEIGHTS.get(place, 1)

    def _asked(self, definition: GraphQLField, node: FieldNode) -> dict[str, int]:
        """The numbers and the lengths of lists among a field's arguments, and what counts in its inputs."""
        if not definition.args:
            return {}
        try:
            values = get_argument_values(definition, node, self._variables)
        except GraphQLError:
            # It will not be resolved either.
            return {}
        inner = (
            (name, value)
            for given in values.values()
            if isinstance(given, dict)
            for name, value in given.items()
            if name in _IN_INPUTS
        )
        found = ((name, _size(value)) for name, value in (*inner, *values.items()))
        return {name: size for name, size in found if size is not None}


def _size(value: Any) -> int | None:
    if isinstance(value, list):
        return len(value)
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None


def _page(given: Asked) -> int:
    named = next((given[name] for name in PAGE_ARGUMENTS if name in given), PAGE_USUAL)
    return min(named, PAGE_MOST)


def _length(place: str, returned: GraphQLType, within: Asked, given: Asked) -> int:
    """How many objects a field returns."""
    if isinstance(returned, GraphQLNonNull):
        returned = returned.of_type
    if not is_list_type(returned):
        return 1
    owner, _, name = place.partition(".")
    if owner.endswith("Connection") and name in ("edges", "nodes"):
        return within.get("page", PAGE_USUAL)
    for argument in PAGE_ARGUMENTS:
        if argument in given:
            return given[argument]
    for named in GIVEN.get(place, ()):
        if named in within:
            return within[named]
    if place in SIZES:
        # What is left of a list's arguments is about its items, as the length of each one's sparkline.
        return SIZES[place]
    if "reach" in given:
        return 2 * given["reach"] + 1
    return given.get("length", FEW)
