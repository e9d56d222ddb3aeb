"""Proposed weights: single weights laid over a weight set, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Place, Problem
from steelyard.scheme.number import LARGEST, decimal_text
from steelyard.scoring import Overlay, build_tree
from steelyard.services.problems import near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import problems as p

LEAST = Fraction(1, LARGEST)
"""The least weight but 0: floats lose the digits of what is much less."""


@dataclass(frozen=True, slots=True)
class ProposedWeight:
    """A weight for one indicator, relative to its siblings; those not named keep their own."""

    node: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The share 0…1 of an indicator among its siblings and of the root, now and as proposed."""

    node: str
    current_local: float
    proposed_local: float
    current_global: float
    proposed_global: float


@dataclass(frozen=True, slots=True)
class NodeWeight:
    """What an indicator weighs among its siblings, and its share 0…1 of them and of the root."""

    node: str
    weight: Fraction
    local: float
    whole: float


def laid_over(base: Mapping[str, Fraction], weights: Sequence[ProposedWeight]) -> dict[str, Fraction]:
    """The weights of a set with the proposed ones in place of its own."""
    return {**base, **{proposed.node: proposed.weight for proposed in weights}}


def find_problems(
    entry: SchemeEntry, base: Mapping[str, Fraction], weights: Sequence[ProposedWeight]
) -> Iterator[Problem]:
    """Say all that is wrong with weights that are to be laid over those of a set."""
    seen: set[str] = set()
    for at, proposed in enumerate(weights):
        place = Place(field=f"weights.{at}")
        values: dict[str, object] = {"node": proposed.node, "scheme": entry.code}
        if proposed.node not in entry.by_code:
            yield Problem(p.WEIGHT_UNKNOWN_NODE, place, {**near(proposed.node, entry.by_code), **values})
        elif proposed.node == entry.root.code:
            yield Problem(p.WEIGHT_OF_ROOT, place, values)
        elif proposed.node in seen:
            yield Problem(p.WEIGHT_TWICE, place, values)
        elif proposed.weight < 0:
            yield Problem(p.WEIGHT_NEGATIVE, place, {**values, "weight": decimal_text(proposed.weight)})
        elif proposed.weight and not LEAST <= proposed.weight <= LARGEST:
            yield Problem(p.WEIGHT_OUT_OF_RANGE, place, values)
        seen.add(proposed.node)
    yield from zero_problems(entry, laid_over(base, weights))


def zero_problems(entry: SchemeEntry, weights: Mapping[str, Fraction]) -> Iterator[Problem]:
    """The groups that would weigh nothing, in any variant."""
    variants = entry.scheme.variants
    empty: dict[str, None] = {}
    for variant in (None, *(() if variants is None else variants.weights)):
        overlay = Overlay(weights)
        tree = build_tree(entry.scheme, variant=variant, overlay=overlay, rubrics=entry.rubrics)
        for group in tree.nodes:
            below = [tree.nodes[i] for i in group.children]
            if any(child.code in weights for child in below) and not any(child.weight for child in below):
                empty[group.code] = None
    for code in empty:
        yield Problem(p.WEIGHT_ALL_ZERO, Place(field="weights"), {"group": code})


def weight_changes(
    entry: SchemeEntry, before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> tuple[WeightChange, ...]:
    """The shares of all indicators, parents first, under two sets of weights."""
    pairs = zip(node_weights(entry, before), node_weights(entry, after), strict=True)
    return tuple(WeightChange(now.node, now.local, then.local, now.whole, then.whole) for now, then in pairs)


def node_weights(entry: SchemeEntry, weights: Mapping[str, Fraction]) -> Iterator[NodeWeight]:
    """What all indicators weigh where these weights are laid over the scheme, parents first."""
    tree = build_tree(entry.scheme, overlay=Overlay(weights), rubrics=entry.rubrics)
    whole = tree.global_weights()
    for node in tree.nodes:
        above = whole[node.parent] if node.parent >= 0 else Fraction(1)
        local = whole[node.index] / above if above else Fraction(0)
        yield NodeWeight(node.code, node.weight, float(local), float(whole[node.index]))
