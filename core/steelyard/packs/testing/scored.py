"""Any measures at all are scored: nothing raises or warns, and what comes out is a score or none."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import numpy as np

from steelyard.errors import Place, Problem
from steelyard.packs.contribution import describe
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.arbitrary import arbitrary
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, Observations, Outcome, PythonRubric, evaluate


def attempt(
    scheme: Scheme, observations: Observations, rubrics: Mapping[str, PythonRubric]
) -> tuple[Evaluation | None, str]:
    """Evaluate; None and the words of what was raised where anything was, warnings included."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return evaluate(scheme, observations, rubrics=rubrics), ""
    except Exception as error:
        return None, describe(error)


def unscored(installed: InstalledScheme, rubrics: Mapping[str, PythonRubric]) -> Iterator[Problem]:
    """Find what evaluation raises on measurements of all sorts, and rates that are none."""
    scheme, place = installed.scheme, Place(installed.file)
    result, error = attempt(scheme, arbitrary(scheme, rubrics), rubrics)
    if result is None:
        yield Problem(p.EVALUATION_RAISES, place, {"scheme": scheme.scheme, "error": error})
        return
    if not result.trees[0].clipped:
        return
    for code in result.codes[scheme.cap == "none" :]:
        scored = result.outcome(code) == Outcome.SCORED
        rates = result.rate(code)
        wrong = np.isnan(rates) == scored
        wrong |= scored & ~((rates >= 0) & (rates <= 1))
        if wrong.any():
            values = {"scheme": scheme.scheme, "node": code, "rate": float(rates[wrong][0])}
            yield Problem(p.NOT_A_SCORE, place, values)
