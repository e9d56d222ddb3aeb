"""A share drawn towards a prior: (satisfied + strength × prior) ÷ (answers + strength).

The vocabulary of scheme files scores one value at a time.  It can neither divide one count by another nor
let the number of answers decide how far their share is believed; hence this rubric in Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.packs import PythonRubric, Text

Args = Mapping[str, Any]


def _prior(args: Args) -> tuple[Fraction, Fraction]:
    """The arguments `prior` (a rate) and `strength` (a number of answers)."""
    return Fraction(args["prior"]), Fraction(args["strength"])


def _measures(args: Args, default: str) -> tuple[str, ...]:
    return ("satisfied", "answers")


def _rates(args: Args, values: NDArray[np.float64]) -> NDArray[np.float64]:
    prior, strength = map(float, _prior(args))
    satisfied, answers = values
    usable = (satisfied >= 0) & (satisfied <= answers) & (answers + strength > 0)
    rates = np.full(satisfied.shape, np.nan)
    np.divide(satisfied + strength * prior, answers + strength, out=rates, where=usable)
    return rates


def _exact(args: Args, values: Sequence[Fraction]) -> Fraction:
    prior, strength = _prior(args)
    satisfied, answers = values
    return (satisfied + strength * prior) / (answers + strength)


def _sentence(args: Args) -> Text:
    prior, strength = map(float, _prior(args))
    return Text(
        f"满意数占答卷数之比，向 {prior:.0%} 收缩，相当于 {strength:g} 份答卷",
        f"satisfied ÷ answers, drawn towards {prior:.0%} with the weight of {strength:g} answers",
    )


SHRUNK_SHARE = PythonRubric(
    name="ecommerce.shrunk_share",
    title=Text("收缩后的满意率", "Shrunk share of satisfied answers"),
    measures=_measures,
    rates=_rates,
    exact=_exact,
    sentence=_sentence,
)
"""Reads `satisfied` and `answers`; args: `prior`, a rate, and `strength`, a number of answers above 0."""
