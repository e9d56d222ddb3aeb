"""What rules make of a difference between roots: adjustments, limits, and what they leave to the tree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.analysis.attribution.game import SAME, shapley
from steelyard.analysis.attribution.side import Side
from steelyard.scoring.rules.effect import settle


@dataclass(frozen=True, slots=True)
class Ruling:
    """values: what rules make, by id. slope: what a change of the tree's rate is worth after them."""

    values: dict[str, float]
    slope: float


def ruling(first: Side, second: Side) -> Ruling:
    """Play the tree's rate, the adjustments that differ, and the limit where it differs."""
    game = _Game(first, second)
    values = shapley(np.array([game.worth(number) for number in range(1 << game.players)]))
    found = {id: values.item(at) for at, id in enumerate(game.adjustments, int(game.moving))}
    if game.limited:
        id = game.limiting()
        found[id] = found.get(id, 0.0) + values.item(game.players - 1)
    change = second.rules.tree_rate - first.rules.tree_rate
    slope = values.item(0) / change if game.moving and abs(change) > SAME else game.tangent()
    return Ruling(found, slope)


class _Game:
    """The players in their order: the tree's rate, the adjustments, the limit; only what differs plays."""

    def __init__(self, first: Side, second: Side) -> None:
        self._sides = first.rules, second.rules
        self._root = second.tree.nodes[0].code
        a, b = self._sides
        self.moving = a.tree_rate != b.tree_rate
        ids = {**a.added, **b.added}
        self.adjustments = [id for id in ids if a.added.get(id, 0.0) != b.added.get(id, 0.0)]
        self._caps = tuple(min(each.caps.values(), default=None) for each in self._sides)
        self.limited = self._caps[0] != self._caps[1] or a.cut != b.cut
        self.players = self.moving + len(self.adjustments) + self.limited

    def worth(self, number: int) -> float:
        """The root's rate with those changes made whose bits are set."""
        a, b = self._sides
        rate = b.tree_rate if self.moving and number & 1 else a.tree_rate
        added = dict(a.added)
        for at, id in enumerate(self.adjustments, int(self.moving)):
            if number >> at & 1:
                added[id] = b.added.get(id, 0.0)
        late = self.limited and bool(number >> (self.players - 1) & 1)
        return settle(rate + sum(added.values()), self._caps[late], self._sides[late].cut)

    def limiting(self) -> str:
        """The veto whose limit it is: the strictest of the side that has one; the root where cuts differ."""
        for each in reversed(self._sides):
            if each.caps:
                return min(each.caps, key=lambda id: each.caps[id])
        return self._root

    def tangent(self) -> float:
        """What a small change of the tree's rate is worth: the mean of both sides, nothing at a limit."""
        free = (each.final() == each.tree_rate + sum(each.added.values()) for each in self._sides)
        return sum(free) / 2
