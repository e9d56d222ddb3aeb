"""Asking: queries drawn at random over a whole schema, whatever it holds; the same draw asks the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from graphql import GraphQLObjectType, GraphQLOutputType, GraphQLSchema, get_named_type

from noninterference.arguments import Arguments
from noninterference.routes import FAR, Routes
from noninterference.selections import Selection, braces
from noninterference.vocabulary import Vocabulary

DEEP = 7
WIDE = 14
"""How many fields a query has, more or less."""
FieldName = tuple[str, str]
"""An object and its field."""


@dataclass(frozen=True)
class Question:
    """One operation."""

    kind: str
    chosen: Sequence[Selection]

    @property
    def text(self) -> str:
        """The operation as GraphQL."""
        root = self.kind.capitalize()
        return f"{self.kind}{braces({root: self.chosen}, root)}"


class Asker:
    """Draws questions; fields that were answered less often are likelier.

    mutations: those that may be drawn.
    """

    def __init__(
        self, schema: GraphQLSchema, vocabulary: Vocabulary, draw: Random, mutations: Collection[str]
    ) -> None:
        self._routes = Routes(schema)
        self._arguments = Arguments(vocabulary, draw)
        self._draw = draw
        self._mutations = mutations
        self.met: Counter[FieldName] = Counter()
        """How often each field was answered with a value."""
        self._left = 0
        self._target: FieldName | None = None

    def question(self, targets: Sequence[FieldName]) -> Question:
        """Draw one, most often one that leads to one of the targets, the less known the likelier."""
        self._arguments.turn()
        self._left = WIDE
        some = self._draw.sample(targets, min(3, len(targets)))
        self._target = min(some, key=lambda name: self.met[name], default=None)
        if self._draw.random() < 0.2:
            self._target = None
        kind = self._kind()
        root = self._routes.objects[kind.capitalize()]
        names = [name for name in root.fields if kind == "query" or name in self._mutations]
        chosen = self._chosen(root, names, 1 if self._target else self._draw.choice((1, 1, 2)))
        return Question(kind, [self._field(root, name, f"q{at}", 0) for at, name in enumerate(chosen)])

    def _kind(self) -> str:
        if not self._mutations or "Mutation" not in self._routes.objects:
            return "query"
        if self._target is not None:
            far = [self._routes.far(root, self._target[0]) for root in ("Query", "Mutation")]
            if FAR in far:
                return "query" if far[0] < FAR else "mutation"
        return "mutation" if self._draw.random() < 0.15 else "query"

    def _chosen(self, holder: GraphQLObjectType, names: Sequence[str], count: int) -> list[str]:
        """Some fields: the one that leads to the target first, those that were met less often likelier."""

        def key(name: str) -> float:
            return float(self._draw.random() ** (1 + self._known(holder, name) ** 0.5))

        likely = sorted(names, key=key, reverse=True)[:count]
        onward = [name for name in self._onward(holder) if name in names]
        if not onward or any(name in onward for name in likely):
            return likely
        return [self._draw.choice(onward), *likely[: count - 1]]

    def _onward(self, holder: GraphQLObjectType) -> list[str]:
        if self._target is None:
            return []
        if holder.name == self._target[0]:
            return [self._target[1]]
        return self._routes.onward(holder, self._target[0])

    def _known(self, holder: GraphQLObjectType, name: str) -> int:
        """How often a field was answered, or the least known field of what it leads to."""
        below = self._routes.results(holder.fields[name].type)
        if not below:
            return self.met[holder.name, name]
        return min(self.met[each.name, field] for each in below for field in each.fields)

    def _field(self, holder: GraphQLObjectType, name: str, alias: str, depth: int) -> Selection:
        found = holder.fields[name]
        result = get_named_type(found.type).name
        self._left -= 1
        arguments = self._arguments.text(found, result)
        below = {each.name: self._below(each, depth + 1) for each in self._nearest(found.type)}
        return Selection(holder.name, name, alias, arguments, result, below)

    def _nearest(self, kind: GraphQLOutputType) -> list[GraphQLObjectType]:
        """What a field may give, first what leads to the target: there may be no room for the others."""
        target = "" if self._target is None else self._target[0]
        return sorted(self._routes.results(kind), key=lambda each: self._routes.far(each.name, target))

    def _below(self, holder: GraphQLObjectType, depth: int) -> list[Selection]:
        deep = [name for name, found in holder.fields.items() if self._routes.results(found.type)]
        plain = [name for name in holder.fields if name not in deep]
        chosen = self._chosen(holder, plain, self._draw.randint(1, 4)) if plain else []
        if (depth < DEEP and self._left > 0) or not chosen:
            chosen += self._chosen(holder, deep, self._draw.choice((1, 1, 2)))
        # One name may be asked for by several types of a union, each with its own arguments.
        return [self._field(holder, name, f"{name}_{holder.name}_{depth}", depth) for name in chosen]
