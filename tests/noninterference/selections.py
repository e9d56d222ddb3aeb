"""Selections: what a generated query asks for, as a tree that can be written down and held to its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TYPENAME = "__typename"


@dataclass(frozen=True)
class Selection:
    """A field of a type under an alias; `below` has what is asked of its value, by the name of its type."""

    type: str
    name: str
    alias: str
    arguments: str = ""
    result: str = ""
    below: Mapping[str, Sequence[Selection]] = field(default_factory=dict)

    def text(self) -> str:
        """The field as GraphQL."""
        label = self.name if self.alias == self.name else f"{self.alias}: {self.name}"
        return f"{label}{self.arguments}{braces(self.below, self.result)}"


def braces(below: Mapping[str, Sequence[Selection]], result: str) -> str:
    """The selection set of a value; types other than the declared one are fragments."""
    if not below:
        return ""
    parts = [] if list(below) == [result] else [TYPENAME]
    for type_name, chosen in below.items():
        fields = " ".join(each.text() for each in chosen)
        parts.append(fields if type_name == result else f"... on {type_name} {{ {fields} }}")
    return f" {{ {' '.join(parts)} }}"


def answered(chosen: Sequence[Selection], data: Any) -> Iterator[tuple[Selection, Any]]:
    """Every field of an answer with its value, values of lists one by one; null is a value."""
    for each in chosen:
        for value in _flat(data.get(each.alias)):
            yield each, value
            if each.below and value is not None:
                of_type = value.get(TYPENAME, each.result)
                yield from answered(each.below.get(of_type, ()), value)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    else:
        yield value
