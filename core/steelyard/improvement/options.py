"""Options: the steps that a path may take, what each does to leaves, and whether some of them are enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.improvement.demand import Demand
from steelyard.improvement.playbook import Advice
from steelyard.improvement.row_tree import RowTree

LINEAR = (Fraction(1), None)
"""The means that paths are worked out for: arithmetic and minimum."""


Chosen = tuple[int, ...]
"""Some options by their places in the order of their codes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One advice and the leaves, by index, that it can raise."""

    advice: Advice
    leaves: tuple[int, ...]


class Options:
    """The options below some nodes, in the order of their codes.

    A leaf rises by the effects of all advice that raises it, but not above its bound; where it is above
    already it stays.
    """

    def __init__(
        self,
        tree: RowTree,
        demands: Sequence[Demand],
        playbook: Sequence[Advice],
        bounds: Mapping[str, Fraction],
    ) -> None:
        self.tree, self.demands = tree, tuple(demands)
        watched = {leaf for demand in demands for leaf in tree.weak_leaves(demand.node)}
        self.bounds = {leaf: self._bound(leaf, bounds) for leaf in sorted(watched)}
        """How far each weak leaf can be raised, by index."""
        found = (Option(advice, self._raised(advice)) for advice in playbook)
        useful = (each for each in found if each.leaves and each.advice.expected_effect > 0)
        self.all = tuple(sorted(useful, key=lambda option: option.advice.code))

    def rates(self, chosen: Iterable[int]) -> dict[int, Fraction]:
        """The rates of the leaves that some options, named by their places in `all`, raise."""
        rates: dict[int, Fraction] = {}
        for at in chosen:
            option = self.all[at]
            for leaf in option.leaves:
                now = rates.get(leaf, self.tree.leaves[leaf])
                rates[leaf] = min(now + option.advice.expected_effect, self.bounds[leaf])
        return rates

    def are_enough(self, chosen: Iterable[int]) -> bool:
        """Whether every demand is met with these options."""
        return self.meet(self.rates(chosen))

    def meet(self, rates: Mapping[int, Fraction]) -> bool:
        """Whether every demand is met with these rates of leaves."""
        return not self.unmet(rates)

    def unmet(self, rates: Mapping[int, Fraction]) -> list[Demand]:
        """The demands that are not met with these rates of leaves."""
        return [each for each in self.demands if not each.is_met(self.tree.rate(each.node, rates))]

    def effort(self, chosen: Iterable[int]) -> Fraction:
        """Person-days."""
        return sum((self.all[at].advice.effort for at in chosen), Fraction(0))

    def strange_mean(self, leaves: Collection[int]) -> int | None:
        """A group between a demand and one of these leaves that is no arithmetic mean and no minimum."""
        for demand in self.demands:
            for index in self.tree.below(demand.node):
                group = self.tree.node(index)
                odd = group.children and group.power not in LINEAR and self.tree.is_scored(index)
                if odd and self.tree.is_above(index, leaves):
                    return index
        return None

    def _bound(self, leaf: int, bounds: Mapping[str, Fraction]) -> Fraction:
        bound = min(bounds.get(self.tree.node(leaf).code, Fraction(1)), Fraction(1))
        return max(bound, self.tree.leaves[leaf])

    def _raised(self, advice: Advice) -> tuple[int, ...]:
        positions = {node.code: node.index for node in self.tree.tree.nodes}
        if advice.indicator not in positions:
            return ()
        below = self.tree.below(positions[advice.indicator])
        return tuple(
            leaf for leaf in below if leaf in self.bounds and self.bounds[leaf] > self.tree.leaves[leaf]
        )
