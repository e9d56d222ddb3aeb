"""Hostile documents, grown from the schema: deep, wide, repeated, spread in circles, expensive, or broken."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from reporting.formulas import HOSTILE
from steelyard_graphql.schema import schema

SCHEMA = schema._schema
TEXTS = (
    *HOSTILE,
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "é" * 5_000,
        "../../etc/passwd",
        "%2e%2e%2f",
        "' OR 1=1 --",
        "a\nERROR forged",
    ),
    *("2025-01", "W0", "desk.desk", "DESK", "ANSWERED", "1e999", "９", "\u202e", "<script>", "{{7*7}}"),
)
NUMBERS = (0, 1, -1, 100, 2**31 - 1, 2**31, -(2**63), 10**30)
SYNTAX = (
    "{",
    "}",
    "(",
    ")",
    "[",
    "...",
    "@skip",
    '"',
    '"""',
    "$",
    "#",
    "\ufeff",
    "\0",
    "!",
    "&",
    "query",
    "on",
)
Asked = tuple[str, dict[str, Any]]
"""A document and its variables."""


class Grower:
    """Grows documents; the same randomness grows the same."""

    def __init__(self, chosen: random.Random) -> None:
        self.random = chosen
        self._kinds: tuple[Callable[[], Asked], ...] = (
            *(self._walk,) * 4,
            *(self._expensive,) * 2,
            *(self._broken,) * 2,
            *(self._deep, self._aliases, self._directives, self._repeats, self._circles, self._star),
            *(self._variables, self._arguments, self._strings, self._comments, self._operations),
            self._introspection,
        )

    def document(self) -> Asked:
        """The next one."""
        return self.random.choice(self._kinds)()

    def value(self, of: GraphQLInputType, depth: int = 0) -> Any:
        """A value for an argument, seldom a right one."""
        named = get_named_type(of)
        if self.random.random() < 0.1 or depth > 5:
            return self.random.choice((None, True, [], {}, [[[]]], *NUMBERS, *TEXTS))
        if is_list_type(of.of_type if is_non_null_type(of) else of) and self.random.random() < 0.7:
            return [
                self.value(cast("GraphQLInputType", named), depth + 1)
                for _ in range(self.random.choice((0, 1, 3, 120)))
            ]
        if isinstance(named, GraphQLInputObjectType):
            return {name: self.value(each.type, depth + 1) for name, each in named.fields.items()}
        if isinstance(named, GraphQLEnumType):
            return self.random.choice([*named.values, "NOTHING"])
        return self.random.choice(NUMBERS if named.name in ("Int", "Float") else TEXTS)

    def _walk(self) -> Asked:
        """Fields as they are, with values that they may not like."""
        root = self.random.choice([SCHEMA.query_type, SCHEMA.query_type, SCHEMA.mutation_type])
        variables: dict[str, tuple[Any, Any]] = {}
        selected = self._selected(root, self.random.randint(1, 6), variables)
        word = "mutation" if root is SCHEMA.mutation_type else "query"
        declared = ", ".join(f"${name}: {of}" for name, (of, _) in variables.items())
        text = f"{word}{f'({declared})' if declared else ''} {selected}"
        return text, {name: value for name, (_, value) in variables.items()}

    def _selected(self, of: Any, depth: int, variables: dict[str, tuple[Any, Any]]) -> str:
        if is_abstract_type(of):
            some = self.random.choice(SCHEMA.get_possible_types(of))
            return f"{{ __typename ... on {some.name} {self._selected(some, depth, variables)} }}"
        if depth <= 0 or not isinstance(of, GraphQLObjectType):
            return "{ __typename }"
        names = self.random.sample(sorted(of.fields), min(len(of.fields), self.random.randint(1, 6)))
        return "{ " + " ".join(self._field(name, of.fields[name], depth, variables) for name in names) + " }"

    def _field(
        self, name: str, field: GraphQLField, depth: int, variables: dict[str, tuple[Any, Any]]
    ) -> str:
        given = []
        for argument, declared in field.args.items():
            if is_non_null_type(declared.type) or self.random.random() < 0.4:
                variable = f"v{len(variables)}"
                variables[variable] = (declared.type, self.value(declared.type))
                given.append(f"{argument}: ${variable}")
        inner = get_named_type(field.type)
        below = f" {self._selected(inner, depth - 1, variables)}" if is_composite_type(inner) else ""
        arguments = f"({', '.join(given)})" if given else ""
        return f"{name}{arguments}{below}"

    def _many(self, most: int) -> int:
        return self.random.choice((most // 10, most, most * 4))

    def _deep(self) -> Asked:
        levels = self._many(40)
        return "{ units { nodes " + "{ parent " * levels + "{ code }" + " }" * levels + " } }", {}

    def _aliases(self) -> Asked:
        return "{ " + " ".join(f"a{n}: __typename" for n in range(self._many(200))) + " }", {}

    def _directives(self) -> Asked:
        each = self.random.choice(("@skip(if: false)", "@include(if: true)", "@nothing", "@oneOf"))
        return "{ __typename " + f"{each} " * self._many(100) + "}", {}

    def _repeats(self) -> Asked:
        return "{ " + "units { nodes { code } } " * self._many(40) + "}", {}

    def _circles(self) -> Asked:
        count = self._many(30)
        spread = " ".join(
            f"fragment F{n} on Query {{ ...F{(n + 1) % count} ...F{(n * 7) % count} }}" for n in range(count)
        )
        return f"{{ ...F0 }} {spread}", {}

    def _star(self) -> Asked:
        count = self._many(150)
        met = " ".join(f"...F{n}" for n in range(count))
        made = " ".join(f"fragment F{n} on UnitConnection {{ f{n}: totalCount }}" for n in range(count))
        return f"{{ units {{ {met} }} }} {made}", {}

    def _expensive(self) -> Asked:
        many = self.random.randint(1, 30)
        card = 'scorecard(unit: "W0", scheme: "desk.desk", period: "2025-01") { nodes { code rate } }'
        rank = (
            'ranking(scheme: "desk.desk", period: "2025-01", first: 100) { edges { node { unit { code } } } }'
        )
        which = self.random.choice((card, rank, "units(first: 100) { nodes { code attributes { name } } }"))
        return "{ " + " ".join(f"a{n}: {which}" for n in range(many)) + " }", {}

    def _variables(self) -> Asked:
        of = self.random.choice(("[String!]", "[[Int]]", "Nothing", "Locale", "UnitFilter"))
        deep: Any = 1
        for _ in range(self._many(100)):
            deep = [deep]
        sent = self.random.choice(([1] * self._many(20_000), "x" * self._many(100_000), deep, {"a": deep}))
        return f"query ($v: {of}) {{ units(codes: $v) {{ totalCount }} }}", {"v": sent}

    def _arguments(self) -> Asked:
        given = " ".join(f"a{n}: {{b: [{n}]}}" for n in range(self._many(300)))
        return f"{{ units({given}) {{ totalCount }} }}", {}

    def _strings(self) -> Asked:
        inner = self.random.choice(("\\u0041", "\\u{1F600}", "a", "\\n", "é")) * self._many(20_000)
        quote = self.random.choice(('"', '"""'))
        return f"{{ node(id: {quote}{inner}{quote}) {{ id }} }}", {}

    def _comments(self) -> Asked:
        return self.random.choice(("#\n", "\n", ",", "#" + "a" * 50 + "\n")) * self._many(
            60_000
        ) + "{ a }", {}

    def _operations(self) -> Asked:
        return " ".join(f"query Q{n} {{ __typename }}" for n in range(self._many(400))), {}

    def _introspection(self) -> Asked:
        return "{ __schema { types " + "{ fields { type " * 3 + "{ name }" + " } }" * 3 + " } }", {}

    def _broken(self) -> Asked:
        """A document with pieces cut out, doubled, and put in."""
        text, variables = self._walk()
        for _ in range(self.random.randint(1, 6)):
            at, to = sorted(self.random.randrange(len(text) + 1) for _ in range(2))
            piece = self.random.choice((*SYNTAX, text[at:to], "", "\x01", "\ud800"))
            text = text[:at] + piece + text[to:]
        return text, variables
