"""The search for the best sets of options: least effort, then fewest steps, then first in the order of codes.

Each set is checked exactly. A set that floats took for enough and that is not is cut off with all of its
subsets; a set that was found is cut off with all that contain it, so that the next is a different way.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from steelyard.improvement.options import Chosen, Options
from steelyard.improvement.programme import Condition, OutOfTime, Programme

TOLD_APART = 16
"""How many options in the order of their codes one programme can put first, by powers of two."""


class PathSearch:
    """The best sets of options, one after the other.

    is_granted: what the engine says of a set that is exactly enough. seconds: for all programmes together.
    """

    def __init__(self, options: Options, is_granted: Callable[[Chosen], bool], seconds: float) -> None:
        self._options, self._is_granted = options, is_granted
        self._until = time.monotonic() + seconds
        self._programme = Programme(options)
        self._cuts: list[Condition] = []
        efforts = [option.advice.effort for option in options.all]
        scale = math.lcm(*(effort.denominator for effort in efforts))
        self._efforts = [int(effort * scale) for effort in efforts]

    def next(self) -> Chosen | None:
        """The best set that contains none of those before it; None where there is none. Raises OutOfTime."""
        while (found := self._best()) is not None:
            if self._is_granted(found):
                self._cuts.append(Condition(dict.fromkeys(found, 1.0), high=len(found) - 0.5))
                return found
            self._cut_off(found)
        return None

    def _best(self) -> Chosen | None:
        """The best set that is exactly enough."""
        more = len(self._efforts) + 1
        best = self._enough([effort * more + 1 for effort in self._efforts], ())
        if best is None:
            return None
        largest = max(*self._efforts, 1)
        efforts = {at: effort / largest for at, effort in enumerate(self._efforts)}
        effort = Condition(efforts, high=(sum(self._efforts[at] for at in best) + 0.5) / largest)
        count = Condition(dict.fromkeys(efforts, 1.0), high=len(best) + 0.5)
        return self._first(best, (effort, count))

    def _first(self, known: Chosen, conditions: tuple[Condition, ...]) -> Chosen:
        """The set first in the order of codes among those as good as a known one."""
        fixed: list[Condition] = []
        for start in range(0, len(self._efforts), TOLD_APART):
            if max(known) < start:
                break
            part = range(start, min(start + TOLD_APART, len(self._efforts)))
            costs = [0] * len(self._efforts)
            for at in part:
                costs[at] = -(2 ** (part[-1] - at))
            known = self._enough(costs, (*conditions, *fixed)) or known
            fixed += [Condition({at: 1.0}, *((1.0, 1.0) if at in known else (0.0, 0.0))) for at in part]
        return known

    def _enough(self, costs: Sequence[int], conditions: Sequence[Condition]) -> Chosen | None:
        """The set of least cost that meets the demands exactly."""
        while True:
            left = self._until - time.monotonic()
            if left <= 0:
                raise OutOfTime
            found = self._programme.best(costs, [*self._cuts, *conditions], left)
            if found is None or self._options.are_enough(found):
                return None if found is None else tuple(found)
            self._cut_off(found)

    def _cut_off(self, chosen: Sequence[int]) -> None:
        """Take a set that is not enough out of the running, with all of its subsets."""
        others = [at for at in range(len(self._efforts)) if at not in chosen]
        self._cuts.append(Condition(dict.fromkeys(others, 1.0), low=0.5))
