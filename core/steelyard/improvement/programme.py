"""The mixed-integer programme behind paths: which options to take, so that the demands are met.

Options are 0 or 1; the rates of the leaves they raise and of the groups above are bounded by them from above.
Arithmetic means and minima are concave and rising, so bounds from above are all it takes: a demand pulls the
rates up to them. HiGHS works with floats: who asks checks every answer exactly, and cuts off a false one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from steelyard.improvement.options import Options
from steelyard.scoring.observations import Floats

LEEWAY = 1e-8
"""How much floats may fall short of a demand: what is on the line must not be lost."""
Rate = tuple[dict[int, float], float]
"""Shares of columns, and a constant."""
DONE, OUT_OF_TIME, NONE = 0, 1, 2
"""The solver's statuses."""


class OutOfTime(Exception):
    """The solver did not finish; it never leaves this room."""


@dataclass(frozen=True, slots=True)
class Condition:
    """low ≤ Σ coefficient × option ≤ high; an option that is not named has the coefficient 0.

    Coefficients lie in −1…1: the solver's tolerances are made for such.
    """

    coefficients: dict[int, float]
    low: float = -math.inf
    high: float = math.inf


class Programme:
    """The options of one question, its demands as rows of a matrix.

    A node's rate is written as a constant and shares of columns. Columns are the options, and beside them the
    rates that cannot be written so: of leaves that several options raise, and of minima.
    """

    def __init__(self, options: Options) -> None:
        self._options, self._count = options, len(options.all)
        self._rows: list[tuple[dict[int, float], float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._raised: dict[int, list[int]] = {}
        for at, option in enumerate(options.all):
            for leaf in option.leaves:
                self._raised.setdefault(leaf, []).append(at)
        self._known: dict[int, Rate] = {}
        for demand in options.demands:
            shares, constant = self._rate(demand.node)
            wanted = float(demand.rate) - LEEWAY - constant
            self._rows.append(({column: -share for column, share in shares.items()}, -wanted))

    def best(
        self, costs: Sequence[float], conditions: Sequence[Condition], seconds: float
    ) -> list[int] | None:
        """The options of least cost, by their places; None where there are none. Raises OutOfTime."""
        size = self._count + len(self._low)
        objective = np.zeros(size)
        objective[: self._count] = costs
        integrality = np.zeros(size, dtype=np.intp)
        integrality[: self._count] = 1
        low = np.concatenate([np.zeros(self._count), self._low])
        high = np.concatenate([np.ones(self._count), self._high])
        found = milp(
            objective,
            integrality=integrality,
            bounds=Bounds(low, high),
            constraints=self._constraints(conditions, size),
            options={"mip_rel_gap": 0.0, "time_limit": max(seconds, 0.0)},
        )
        if found.status == NONE:
            return None
        if found.status != DONE or found.x is None:
            raise OutOfTime
        return np.flatnonzero(np.asarray(found.x)[: self._count] > 0.5).tolist()

    def _constraints(self, conditions: Sequence[Condition], size: int) -> LinearConstraint:
        below = [Condition(coefficients, high=limit) for coefficients, limit in self._rows]
        every = [*below, *conditions]
        places = [
            (at, column, value)
            for at, each in enumerate(every)
            for column, value in each.coefficients.items()
        ]
        rows, columns, values = zip(*places, strict=True) if places else ((), (), ())
        matrix = coo_array((values, (rows, columns)), shape=(len(every), size)).tocsr()
        low: Floats = np.array([each.low for each in every])
        high: Floats = np.array([each.high for each in every])
        return LinearConstraint(matrix, low, high)

    def _rate(self, index: int) -> Rate:
        """The rate of a node."""
        if index not in self._known:
            tree = self._options.tree
            if not tree.is_above(index, self._raised) or not tree.is_scored(index):
                self._known[index] = {}, float(tree.now(index))
            elif index in self._raised:
                self._known[index] = self._leaf(index, self._raised[index])
            elif tree.node(index).power is None:
                self._known[index] = self._minimum(index)
            else:
                self._known[index] = self._mean(index)
        return self._known[index]

    def _leaf(self, leaf: int, raising: Sequence[int]) -> Rate:
        """A leaf comes to its rate and what its options add, and not above its bound."""
        now, bound = self._options.tree.leaves[leaf], self._options.bounds[leaf]
        effects = [self._options.all[at].advice.expected_effect for at in raising]
        if now + sum(effects) <= bound or len(raising) == 1:
            added = {at: float(min(each, bound - now)) for at, each in zip(raising, effects, strict=True)}
            return added, float(now)
        column = self._column(float(now), float(bound))
        below = {at: -float(each) for at, each in zip(raising, effects, strict=True)}
        self._rows.append(({column: 1.0, **below}, float(now)))
        return {column: 1.0}, 0.0

    def _minimum(self, index: int) -> Rate:
        """A minimum is no more than any of its parts."""
        column = self._column(float(self._options.tree.now(index)), np.inf)
        for _, child in self._options.tree.parts(index):
            shares, constant = self._rate(child)
            self._rows.append(({column: 1.0, **{at: -share for at, share in shares.items()}}, constant))
        return {column: 1.0}, 0.0

    def _mean(self, index: int) -> Rate:
        parts = self._options.tree.parts(index)
        whole = sum((weight for weight, _ in parts), Fraction(0))
        shares: dict[int, float] = {}
        constant = 0.0
        for weight, child in parts:
            below, fixed = self._rate(child)
            part = float(weight / whole)
            constant += part * fixed
            for column, share in below.items():
                shares[column] = shares.get(column, 0.0) + part * share
        return shares, constant

    def _column(self, low: float, high: float) -> int:
        self._low.append(low - LEEWAY)
        self._high.append(high)
        return self._count + len(self._low) - 1
