"""A document's shape before it is validated: what is in it once its fragments are spread.

Fragments within fragments make a short text ask for very much, and validation compares all fields of one
name with each other, and all fragments that meet at one place, so this comes first, and stops as soon as
there is too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from steelyard.errors import Kind, Problem
from steelyard.settings.limits import Limits
from steelyard_graphql.limits.problems import (
    INTROSPECTION_OFF,
    QUERY_ALIASES,
    QUERY_DIRECTIVES,
    QUERY_FRAGMENTS,
    QUERY_REPEATS,
    QUERY_ROOTS,
    QUERY_SELECTIONS,
    QUERY_TOO_DEEP,
)


def shape_problems(document: DocumentNode, limits: Limits) -> list[Problem]:
    """The limits that a document goes beyond, those of each of its operations."""
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    # Of one name there may be several, which only validation finds.
    defined = sum(isinstance(each, FragmentDefinitionNode) for each in document.definitions)
    if defined > limits.fragments:
        return [Problem(QUERY_FRAGMENTS, values={"most": limits.fragments})]
    inspection = _Inspection(limits, fragments)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            inspection.operation(definition)
    # Those that no operation uses are validated, too.
    for name in fragments.keys() - inspection.used:
        inspection.fragment(fragments[name])
    return list(inspection.found.values())


@dataclass(slots=True)
class _Merged:
    """All fields of one name at one place, which become one in the answer."""

    count: int = 0
    fields: dict[str, _Merged] = field(default_factory=dict)


class _Inspection:
    """Goes through one document."""

    def __init__(self, limits: Limits, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._limits, self._fragments = limits, fragments
        self.found: dict[str, Problem] = {}
        self.used: set[str] = set()
        self._selections = self._aliases = self._directives = 0

    def operation(self, operation: OperationDefinitionNode) -> None:
        """Inspect an operation."""
        self._aliases = self._directives = 0
        self._look_at(operation.directives)
        for variable in operation.variable_definitions or ():
            self._look_at(variable.directives)
        top = _Merged()
        self._select(operation.selection_set, top, 1, ())
        if len(top.fields) > self._limits.roots:
            self._note(QUERY_ROOTS, most=self._limits.roots)

    def fragment(self, fragment: FragmentDefinitionNode) -> None:
        """Inspect a fragment that is nowhere used."""
        self._aliases = self._directives = 0
        self._select(fragment.selection_set, _Merged(), 1, (fragment.name.value,))

    def _select(
        self, selected: SelectionSetNode, merged: _Merged, depth: int, within: tuple[str, ...]
    ) -> None:
        """Go through a selection; `within` are the fragments around it."""
        for each in selected.selections:
            self._selections += 1
            if self._selections > self._limits.selections:
                self._note(QUERY_SELECTIONS, most=self._limits.selections)
                return
            self._look_at(each.directives)
            if isinstance(each, FieldNode):
                self._field(each, merged, depth, within)
            else:
                for inner, around in self._spread(each, within):
                    self._select(inner, merged, depth, around)

    def _field(self, found: FieldNode, merged: _Merged, depth: int, within: tuple[str, ...]) -> None:
        limits = self._limits
        if depth > limits.depth:
            self._note(QUERY_TOO_DEEP, most=limits.depth)
            return
        if found.name.value == "__schema" and not limits.introspection:
            self._note(INTROSPECTION_OFF)
        self._aliases += found.alias is not None
        if self._aliases > limits.aliases:
            self._note(QUERY_ALIASES, most=limits.aliases)
        same = merged.fields.setdefault((found.alias or found.name).value, _Merged())
        same.count += 1
        if same.count > limits.repeats:
            self._note(QUERY_REPEATS, most=limits.repeats)
        if found.selection_set is not None:
            self._select(found.selection_set, same, depth + 1, within)

    def _spread(
        self, found: SelectionNode, within: tuple[str, ...]
    ) -> Iterator[tuple[SelectionSetNode, tuple[str, ...]]]:
        """What a fragment brings; nothing where it is in itself or not there, which validation tells."""
        if isinstance(found, InlineFragmentNode):
            yield found.selection_set, within
        elif isinstance(found, FragmentSpreadNode):
            name = found.name.value
            self.used.add(name)
            if len(within) >= self._limits.depth:
                self._note(QUERY_TOO_DEEP, most=self._limits.depth)
            elif name in self._fragments and name not in within:
                yield self._fragments[name].selection_set, (*within, name)

    def _look_at(self, directives: tuple[DirectiveNode, ...] | None) -> None:
        limits, here = self._limits, len(directives or ())
        self._directives += here
        if here > limits.directives_at or self._directives > limits.directives:
            self._note(QUERY_DIRECTIVES, most=limits.directives, most_at=limits.directives_at)

    def _note(self, kind: Kind, **values: int) -> None:
        self.found.setdefault(kind.code, Problem(kind, values=dict(values)))
