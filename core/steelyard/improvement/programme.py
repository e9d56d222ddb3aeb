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

from steelyard.improvement.demand import Demand
from steelyard.improvement.options import Options
from steelyard.scoring.observations import Floats

LEEWAY = 1e-8
"""How much floats may fall short of a demand: what is on the line must not be lost."""
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
    """The options of one question, its demands as rows of a matrix."""

    def __init__(self, options: Options) -> None:
        self._options, self._count = options, len(options.all)
        self._columns: dict[int, int] = {}
        self._rows: list[tuple[dict[int, float], float]] = []
        self._low: list[float] = []
        for leaf in sorted({leaf for option in options.all for leaf in option.leaves}):
            self._leaf(leaf)
        for demand in options.demands:
            self._demand(demand)

    def best(
        self, costs: Sequence[float], conditions: Sequence[Condition], seconds: float
    ) -> list[int] | None:
        """The options of least cost, by their places; None where there are none. Raises OutOfTime."""
        size = self._count + len(self._columns)
        objective = np.zeros(size)
        objective[: self._count] = costs
        integrality = np.zeros(size, dtype=np.intp)
        integrality[: self._count] = 1
        low = np.concatenate([np.zeros(self._count), self._low])
        high = np.concatenate([np.ones(self._count), np.full(len(self._low), np.inf)])
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

    def _leaf(self, leaf: int) -> None:
        """A leaf comes to its rate and what its options add, and not above its bound."""
        now, bound = self._options.tree.leaves[leaf], self._options.bounds[leaf]
        column = self._variable(leaf, float(now))
        added = {
            at: -float(option.advice.expected_effect)
            for at, option in enumerate(self._options.all)
            if leaf in option.leaves
        }
        self._rows.append(({column: 1.0, **added}, float(now)))
        self._rows.append(({column: 1.0}, float(bound)))

    def _demand(self, demand: Demand) -> None:
        column, wanted = self._column(demand.node), float(demand.rate) - LEEWAY
        if column is not None:
            self._rows.append(({column: -1.0}, -wanted))

    def _column(self, index: int) -> int | None:
        """The variable of a node; None for one that no option changes."""
        if index in self._columns:
            return self._columns[index]
        tree = self._options.tree
        if not tree.is_scored(index) or index in tree.leaves:
            return None
        parts = [(weight, child, self._column(child)) for weight, child in tree.parts(index)]
        if all(column is None for _, _, column in parts):
            return None
        own = self._variable(index, float(tree.now(index)))
        fixed = {child: float(tree.now(child)) for _, child, column in parts if column is None}
        if tree.node(index).power is None:
            self._rows += [
                ({own: 1.0}, fixed[child]) if column is None else ({own: 1.0, column: -1.0}, 0.0)
                for _, child, column in parts
            ]
            return own
        whole = sum((weight for weight, _, _ in parts), Fraction(0))
        shares = {column: -float(weight / whole) for weight, _, column in parts if column is not None}
        constant = sum(float(weight / whole) * fixed[child] for weight, child, _ in parts if child in fixed)
        self._rows.append(({own: 1.0, **shares}, constant))
        return own

    def _variable(self, index: int, low: float) -> int:
        self._columns[index] = self._count + len(self._low)
        self._low.append(low - LEEWAY)
        return self._columns[index]
