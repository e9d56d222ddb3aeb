"""Random queries over a schema: arguments, variables, aliases, fragments, directives, wrong values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    is_union_type,
)
from hypothesis import strategies as st

DEPTH, WIDTH = 4, 5
Value = tuple[str, Any]
"""A value as it is written, and as it is sent in a variable."""

NUMBERS: Sequence[Value] = [(str(one), one) for one in (1, 2, 3, 5, 20, -1)]
WRONG: Sequence[Value] = [("null", None), ('"x"', "x"), ("7", 7), ("NOPE", "NOPE"), ("{}", {}), ("[]", [])]


class Asker:
    """Writes one query. texts: by the name of an argument, the texts to choose from."""

    def __init__(self, draw: Any, schema: GraphQLSchema, texts: Mapping[str, Sequence[str]]) -> None:
        self._draw, self._schema, self._texts = draw, schema, texts
        self._declared: list[str] = []
        self._fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self._aliases = 0

    def query(self, roots: Sequence[str]) -> str:
        """The text of a query that asks for some of these fields."""
        root = self._schema.query_type
        assert root is not None
        names = self._draw(st.lists(st.sampled_from(roots), min_size=1, max_size=2))
        fields = " ".join(self._field(name, root.fields[name], DEPTH) for name in names)
        declared = f"({' '.join(self._declared)})" if self._declared else ""
        return " ".join([f"query {declared} {{ {fields} }}", *self._fragments])

    def _selection(self, type_: GraphQLNamedType, depth: int) -> str:
        parts = []
        for _ in range(self._draw(st.integers(1, WIDTH))):
            parts.append(self._part(type_, depth))
        return f"{{ __typename {' '.join(parts)} }}"

    def _part(self, type_: GraphQLNamedType, depth: int) -> str:
        kind = self._draw(st.integers(0, 11))
        if kind == 0:
            return f"{self._alias()}: __typename"
        if is_union_type(type_) or (isinstance(type_, GraphQLInterfaceType) and kind < 4):
            possible = self._draw(st.sampled_from(self._schema.get_possible_types(type_)))
            return f"... on {possible} {self._directive()} {self._selection(possible, depth - 1)}"
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        if kind == 1 and depth > 0:
            condition = self._draw(st.sampled_from([f"on {type_}", ""]))
            return f"... {condition} {self._directive()} {self._selection(type_, depth - 1)}"
        if kind == 2 and depth > 0:
            name = f"F{len(self._fragments)}"
            self._fragments.append("")
            self._fragments[int(name[1:])] = f"fragment {name} on {type_} {self._selection(type_, depth - 1)}"
            return f"...{name} {self._directive()}"
        fields = {
            name: field
            for name, field in type_.fields.items()
            if depth > 0 or not is_composite_type(get_named_type(field.type))
        }
        if not fields:
            return "__typename"
        name = self._draw(st.sampled_from(sorted(fields)))
        return self._field(name, fields[name], depth)

    def _field(self, name: str, field: GraphQLField, depth: int) -> str:
        arguments = ", ".join(
            f"{key}: {self._argument(key, argument)}"
            for key, argument in field.args.items()
            if is_non_null_type(argument.type) or self._draw(st.integers(0, 3)) == 0
        )
        called = f"({arguments})" if arguments else ""
        named = get_named_type(field.type)
        below = self._selection(named, depth - 1) if is_composite_type(named) else ""
        # What takes arguments or holds others has a name of its own, else few queries were valid.
        own = bool(called or below) or self._draw(st.integers(0, 4)) == 0
        alias = f"{self._alias()}: " if own else ""
        return f"{alias}{name}{called} {self._directive()} {below}"

    def _alias(self) -> str:
        self._aliases += 1
        return f"a{self._aliases}"

    def _directive(self) -> str:
        kind = self._draw(st.integers(0, 9))
        if kind > 1:
            return ""
        name = "skip" if kind else "include"
        value = self._draw(st.booleans())
        if self._draw(st.booleans()):
            return f"@{name}(if: {str(value).lower()})"
        return f"@{name}(if: {self._variable('Boolean!', value)})"

    def _argument(self, name: str, argument: GraphQLArgument) -> str:
        written, sent = self._draw(st.sampled_from(self._values(name, argument)))
        if is_list_type(_inner(argument)) and self._draw(st.integers(0, 29)) < 29:
            written, sent = f"[{written}]", [sent]
        if self._draw(st.integers(0, 3)) == 0:
            return self._variable(str(argument.type), sent)
        return str(written)

    def _values(self, name: str, argument: GraphQLArgument) -> Sequence[Value]:
        if self._draw(st.integers(0, 59)) == 59:
            return WRONG
        type_ = get_named_type(argument.type)
        if isinstance(type_, GraphQLEnumType):
            return [(value, value) for value in type_.values]
        if isinstance(type_, GraphQLScalarType):
            match type_.name:
                case "Int":
                    return NUMBERS
                case "Boolean":
                    return [("true", True), ("false", False)]
                case "Float":
                    return [("0.5", 0.5), ("2", 2)]
                case "Date":
                    return [('"2025-01-31"', "2025-01-31"), ('"soon"', "soon")]
            return [(f'"{text}"', text) for text in self._texts.get(name, self._texts[""])]
        return WRONG[:1]

    def _variable(self, type_: str, sent: Any) -> str:
        name = f"v{len(self._declared)}"
        self._declared.append(f"${name}: {type_}")
        self.variables[name] = sent
        return f"${name}"


def _inner(argument: GraphQLArgument) -> Any:
    return argument.type.of_type if is_non_null_type(argument.type) else argument.type


def lists_of_objects(schema: GraphQLSchema) -> list[str]:
    """The fields of a query that hold objects."""
    root = schema.query_type
    assert root is not None
    return [name for name, field in root.fields.items() if is_object_type(get_named_type(field.type))]
