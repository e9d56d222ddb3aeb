"""A scheme made ready to score: nodes in preorder with weights, full marks, lines and rubrics as numbers.

One tree holds for all units of one variant with the same parameters.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from steelyard.scheme.model import Indicator, PowerMean, Scheme
from steelyard.scheme.number import Quantity
from steelyard.scoring.overlay import NO_OVERLAY, Overlay
from steelyard.scoring.rubrics import PythonRubric, RubricFunction, rubric_function

NO_RUBRICS: Mapping[str, PythonRubric] = MappingProxyType({})
HUNDRED = Fraction(100)
DIVIDING = frozenset({"points", "deduct", "choice"})


@dataclass(frozen=True)
class Node:
    """One indicator: its place in the tree (indices into `Tree.nodes`) and its numbers.

    weight: relative among its siblings. full: nominal full mark. line: pass line as a rate.
    power: the exponent of a power mean (1 arithmetic, 0 geometric, −1 harmonic), None for minimum.
    group: a group's number among the groups in preorder, −1 for a leaf.
    """

    index: int
    indicator: Indicator
    parent: int
    children: tuple[int, ...]
    depth: int
    weight: Fraction
    full: Fraction
    line: Fraction | None
    power: Fraction | None
    rubric: RubricFunction | None
    group: int

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code


@dataclass(frozen=True)
class Tree:
    """All nodes in preorder, the root first; `overlay` is what was laid over the scheme for them."""

    scheme: Scheme
    nodes: tuple[Node, ...]
    parameters: Mapping[str, Quantity]
    overlay: Overlay = NO_OVERLAY

    def index(self, code: str) -> int:
        """The index of a node; KeyError where there is none."""
        return self._positions[code]

    @cached_property
    def clipped(self) -> bool:
        """Whether all leaves' rates lie in 0…1, so that no group's can cancel to 0."""
        return all(node.rubric is None or node.rubric.clip for node in self.nodes)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {node.code: node.index for node in self.nodes}

    def global_weights(self) -> tuple[Fraction, ...]:
        """Each node's share of the root when everything applies, in preorder."""
        shares: list[Fraction] = []
        for node in self.nodes:
            if node.parent < 0:
                shares.append(Fraction(1))
                continue
            siblings = sum(self.nodes[i].weight for i in self.nodes[node.parent].children)
            share = node.weight / siblings if siblings else Fraction(0)
            shares.append(shares[node.parent] * share)
        return tuple(shares)


def build_tree(
    scheme: Scheme,
    *,
    variant: str | None = None,
    parameters: Mapping[str, Quantity] = MappingProxyType({}),
    overlay: Overlay = NO_OVERLAY,
    rubrics: Mapping[str, PythonRubric] = NO_RUBRICS,
) -> Tree:
    """Resolve a scheme for one variant and one set of unit parameters.

    Raises InvalidInput for a `python` rubric that no pack registered.
    """
    resolved = {**scheme.parameters, **_variant_parameters(scheme, variant), **parameters}
    own = {code: _known(weight) for code, weight in _variant_weights(scheme, variant).items()}
    root = scheme.tree()
    full = full_marks(root, _weights(root, own))
    laid = _weights(root, {**own, **overlay.weights})
    groups = itertools.count()
    nodes = tuple(
        Node(
            index=place.index,
            indicator=indicator,
            parent=place.parent,
            children=tuple(place.children),
            depth=place.depth,
            weight=laid[indicator.code],
            full=full[indicator.code],
            line=overlay.lines.get(indicator.code, _line(scheme, indicator)),
            power=_power(indicator),
            rubric=_rubric(indicator, full[indicator.code], resolved, rubrics),
            group=-1 if indicator.is_leaf else next(groups),
        )
        for indicator, place in _places(root)
    )
    return Tree(scheme, nodes, resolved, overlay)


@dataclass(frozen=True)
class _Place:
    index: int
    parent: int
    depth: int
    children: list[int]


def _places(root: Indicator) -> list[tuple[Indicator, _Place]]:
    """All indicators in preorder with their places."""
    found: list[tuple[Indicator, _Place]] = []

    def visit(indicator: Indicator, parent: int, depth: int) -> int:
        place = _Place(len(found), parent, depth, [])
        found.append((indicator, place))
        for child in indicator.children or ():
            place.children.append(visit(child, place.index, depth + 1))
        return place.index

    visit(root, -1, 0)
    return found


def _rubric(
    leaf: Indicator,
    full: Fraction,
    parameters: Mapping[str, Quantity],
    rubrics: Mapping[str, PythonRubric],
) -> RubricFunction | None:
    """A leaf's rubric; None for a group, and where the rubric would divide by a full mark of 0."""
    if leaf.rubric is None or (full == 0 and leaf.rubric.kind in DIVIDING):
        return None
    return rubric_function(leaf, full, parameters, rubrics)


def _known(quantity: Quantity) -> Fraction:
    return quantity.resolved({})


def _variant_weights(scheme: Scheme, variant: str | None) -> Mapping[str, Quantity]:
    variants = scheme.variants
    return {} if variants is None or variant is None else variants.weights.get(variant, {})


def _variant_parameters(scheme: Scheme, variant: str | None) -> Mapping[str, Quantity]:
    variants = scheme.variants
    return {} if variants is None or variant is None else variants.parameters.get(variant, {})


def _weights(root: Indicator, laid_over: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The weight of every node: laid over it, else its points or weight, else 1."""
    result: dict[str, Fraction] = {}
    for indicator in root.walk():
        stated = indicator.points if indicator.points is not None else indicator.weight
        weight = Fraction(1) if stated is None else _known(stated)
        result[indicator.code] = laid_over.get(indicator.code, weight)
    return result


def full_marks(root: Indicator, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The nominal full mark of every node.

    A node's own points; else, where all its children have full marks, their sum; else its share of its
    parent's, and 100 for the root.
    """
    known: dict[str, Fraction] = {}

    def rise(indicator: Indicator) -> Fraction | None:
        below = [rise(child) for child in indicator.children or ()]
        full = None
        if indicator.points is not None:
            full = _known(indicator.points)
        elif below and None not in below:
            full = sum((mark for mark in below if mark is not None), Fraction(0))
        if full is not None:
            known[indicator.code] = full
        return full

    def fall(indicator: Indicator, full: Fraction) -> None:
        known[indicator.code] = full
        children = indicator.children or ()
        total = sum((weights[child.code] for child in children), Fraction(0))
        for child in children:
            share = full * weights[child.code] / total if total else Fraction(0)
            fall(child, known.get(child.code, share))

    rise(root)
    fall(root, known.get(root.code, HUNDRED))
    return known


def _line(scheme: Scheme, indicator: Indicator) -> Fraction | None:
    line = indicator.pass_ if indicator.pass_ is not None else scheme.pass_
    return None if line is None else _known(line)


_POWERS: dict[str, Fraction | None] = {
    "arithmetic": Fraction(1),
    "geometric": Fraction(0),
    "harmonic": Fraction(-1),
    "minimum": None,
}


def _power(indicator: Indicator) -> Fraction | None:
    aggregate = indicator.aggregate or "arithmetic"
    if isinstance(aggregate, PowerMean):
        return _known(aggregate.power)
    return _POWERS[aggregate]
