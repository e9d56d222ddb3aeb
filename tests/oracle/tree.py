"""The tree for one variant: own weights and full marks, before anything is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from oracle.exact import read_number
from oracle.table import Row

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Laid:
    """Weights and pass lines by node code that stand in for those of the scheme and the variant.

    `without` and `without_rules` name nodes and rules from which the row is exempt.
    """

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    lines: Mapping[str, Fraction] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    without_rules: frozenset[str] = frozenset()


@dataclass
class Node:
    """One indicator with its own weight among its siblings and its full mark if all applies."""

    data: Plain
    weight: Fraction
    line: Fraction | None = None
    children: list[Node] = field(default_factory=list)
    nominal: Fraction = Fraction(0)
    exempt: bool = False

    @property
    def code(self) -> str:
        return str(self.data["code"])

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def parameters_of(scheme: Plain, variant: str, row: Row) -> dict[str, Fraction]:
    """The named numbers: the unit's own (a filled column of that name), its variant's, the scheme's."""
    written = dict(scheme.get("parameters", {}))
    written |= scheme.get("variants", {}).get("parameters", {}).get(variant, {})
    written |= {name: row[name] for name in written if row.get(name)}
    return {name: read_number(value, {}) for name, value in written.items()}


def build(scheme: Plain, variant: str, laid: Laid) -> Node:
    """Build the tree with the weights and full marks of one variant.

    What is laid over it changes no full mark.
    """
    overrides = scheme.get("variants", {}).get("weights", {}).get(variant, {})
    data = {
        "code": scheme.get("root", "TOTAL"),
        "aggregate": scheme.get("aggregate", "arithmetic"),
        "children": scheme["indicators"],
    }
    root = _node(data, overrides)
    known = _known(root)
    _give_full_marks(root, Fraction(100) if known is None else known)
    for node in root.walk():
        node.weight = laid.weights.get(node.code, node.weight)
        written = node.data.get("pass", scheme.get("pass"))
        own = None if written is None else read_number(written, {})
        node.line = laid.lines.get(node.code, own)
        if node.code in laid.without:
            for below in node.walk():
                below.exempt = True
    return root


def _node(data: Plain, overrides: Plain) -> Node:
    own = data.get("points", data.get("weight", 1))
    weight = read_number(overrides.get(data["code"], own), {})
    return Node(data, weight, None, [_node(child, overrides) for child in data.get("children", [])])


def _known(node: Node) -> Fraction | None:
    if "points" in node.data:
        return read_number(node.data["points"], {})
    marks = [_known(child) for child in node.children]
    if not marks:
        return None
    total = Fraction(0)
    for mark in marks:
        if mark is None:
            return None
        total += mark
    return total


def _give_full_marks(node: Node, mark: Fraction) -> None:
    node.nominal = mark
    weights = sum((child.weight for child in node.children), Fraction(0))
    for child in node.children:
        known = _known(child)
        if known is None:
            known = mark * child.weight / weights if weights else Fraction(0)
        _give_full_marks(child, known)
