"""Routes through a schema: which fields lead from one type to another, and how far it is."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from functools import cache

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

FAR = 99


class Routes:
    """The objects of a schema, joined by their fields."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self.objects: Mapping[str, GraphQLObjectType] = {
            name: found
            for name, found in schema.type_map.items()
            if isinstance(found, GraphQLObjectType) and not name.startswith("__")
        }
        self._from: Mapping[str, set[str]] = self._sources()
        self._distances = cache(self._measured)

    def results(self, kind: GraphQLOutputType) -> Sequence[GraphQLObjectType]:
        """The objects that a field of this type may give; none for scalars."""
        found = get_named_type(kind)
        if isinstance(found, GraphQLObjectType):
            return [found]
        if isinstance(found, (GraphQLInterfaceType, GraphQLUnionType)):
            return sorted(self._schema.get_possible_types(found), key=lambda each: each.name)
        return []

    def onward(self, holder: GraphQLObjectType, target: str) -> list[str]:
        """The fields of an object by which it is nearest to the target type."""
        far = self._distances(target)
        steps = {
            name: min((far.get(each.name, FAR) for each in self.results(found.type)), default=FAR)
            for name, found in holder.fields.items()
        }
        nearest = min(steps.values())
        return [name for name, step in steps.items() if step == nearest < FAR]

    def far(self, holder: str, target: str) -> int:
        """How many fields lead from an object to the target type; FAR where none do."""
        return self._distances(target).get(holder, FAR)

    def _sources(self) -> Mapping[str, set[str]]:
        sources = defaultdict[str, set[str]](set)
        for name, holder in self.objects.items():
            for field in holder.fields.values():
                for each in self.results(field.type):
                    sources[each.name].add(name)
        return sources

    def _measured(self, target: str) -> Mapping[str, int]:
        far, waiting = {target: 0}, deque([target])
        while waiting:
            here = waiting.popleft()
            for source in sorted(self._from.get(here, ())):
                if source not in far:
                    far[source] = far[here] + 1
                    waiting.append(source)
        return far
