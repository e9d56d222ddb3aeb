"""Choice: which of n members are meant, by what is written of them, and by what lies near one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.ranking import Ranking
from steelyard.scheme.number import parse_decimal
from steelyard.scoring.observations import Floats, Rows

Bools = NDArray[np.bool_]
Texts = Sequence[str | None]
"""What is written of each member; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is to be written under a name: one of `values`, any if there are none, and a number within bounds.

    at_least, at_most: both inclusive, None where there is no bound.
    """

    name: str
    values: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_range(self) -> bool:
        """Whether it asks for numbers."""
        return self.at_least is not None or self.at_most is not None

    def holds(self, texts: Texts) -> Bools:
        """For which members it holds, (n,): never where nothing is written, nor for words in a range."""
        found = np.array([text is not None for text in texts], dtype=bool)
        if self.values:
            wanted = frozenset(self.values)
            found &= np.array([text in wanted for text in texts], dtype=bool)
        if self.is_range:
            read = figures(texts)
            # No comparison with NaN holds.
            found &= (read >= _bound(self.at_least, -np.inf)) & (read <= _bound(self.at_most, np.inf))
        return found


def figures(texts: Texts) -> Floats:
    """The plain decimals among texts, (n,); NaN where one is something else."""
    read = (None if text is None else parse_decimal(text) for text in texts)
    return np.array([np.nan if number is None else float(number) for number in read], dtype=np.float64)


def alike(texts: Texts, member: int) -> Bools:
    """Of whom the same is written as of one, (n,); nobody where nothing is written of that one."""
    own = texts[member]
    return np.array([own is not None and text == own for text in texts], dtype=bool)


def within_factor(sizes: Floats, member: int, factor: float) -> Bools:
    """Whose size lies within a factor of 1 or more of one's own, up and down, (n,); NaN is no size.

    >>> within_factor(np.array([10.0, 4.0, 20.0, np.nan]), 0, 2).tolist()
    [True, False, True, False]
    """
    own = sizes[member]
    return np.asarray((sizes * factor >= own) & (sizes <= own * factor) & (own > 0))


def around(ranking: Ranking, *, top: int, bottom: int, member: int | None, reach: int) -> Rows:
    """The best and the worst so many of a ranking, and one with its neighbours: each once, the best first.

    Who ties with the last of the best, or with the first of the worst, is among them.
    """
    parts = [ranking.best(top), ranking.worst(bottom)]
    if member is not None:
        parts.append(ranking.neighbours(member, reach))
    wanted = np.unique(np.concatenate(parts))
    return np.asarray(wanted[np.argsort(ranking.position[wanted], kind="stable")])


def _bound(given: float | None, without: float) -> float:
    return without if given is None else given
