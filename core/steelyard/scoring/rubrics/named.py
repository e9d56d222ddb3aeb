"""`python`: a rubric that a pack registers under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from steelyard.errors import Text
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.function import Bools, RubricFunction, exact_value

Args = Mapping[str, Any]


@dataclass(frozen=True)
class PythonRubric:
    """A rubric written in Python, for what the vocabulary of scheme files cannot say.

    measures(args, default): the measures a leaf reads; `default` is the leaf's own.
    rates(args, values): values of shape (k, n) to rates of shape (n,), unclipped; NaN where unusable.
    exact(args, values): the exact rate of one unit; None if the rubric is not rational, then floats decide.
    sentence(args): the rubric in words.
    """

    name: str
    title: Text
    measures: Callable[[Args, str], tuple[str, ...]]
    rates: Callable[[Args, Floats], Floats]
    sentence: Callable[[Args], Text]
    exact: Callable[[Args, Sequence[Fraction]], Fraction] | None = None


@dataclass(frozen=True, kw_only=True)
class Named(RubricFunction):
    """Calls the registered rubric with the leaf's arguments."""

    rubric: PythonRubric
    args: Args
    may_fail = True

    def rates(self, values: Floats, skipped: Bools | None) -> Floats:
        """Ask the registered function."""
        return self.rubric.rates(self.args, values)

    def exact(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """Ask the registered function; a rubric without an exact form stands by its float."""
        known = [value for value in values if value is not None]
        if self.rubric.exact is not None:
            return self.rubric.exact(self.args, known)
        rate = float(self.rubric.rates(self.args, np.array([[float(value)] for value in known]))[0])
        return exact_value(rate) if np.isfinite(rate) else None

    def sentence(self) -> Text:
        """Ask the registered function."""
        return self.rubric.sentence(self.args)
