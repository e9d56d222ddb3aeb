"""Any measures at all are scored: nothing raises or warns."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import numpy as np

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import describe
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as kit
from steelyard.packs.testing.arbitrary import arbitrary
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, Observations, PythonRubric, build_tree, evaluate
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.named import Named


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
    """Find what evaluation raises on measurements of all sorts."""
    scheme, place = installed.scheme, Place(installed.file)
    seen = arbitrary(scheme, rubrics)
    misshapen = list(_misshapen(scheme, seen, rubrics))
    yield from misshapen
    result, error = attempt(scheme, seen, rubrics)
    if result is None and not misshapen:
        yield Problem(p.EVALUATION_RAISES, place, {"scheme": scheme.scheme, "error": error})


def _misshapen(scheme: Scheme, seen: Observations, rubrics: Mapping[str, PythonRubric]) -> Iterator[Problem]:
    """Rubrics in Python that do not give one rate a row: what the engine raises would not say so."""
    for node in build_tree(scheme, rubrics=rubrics).nodes:
        if isinstance(node.rubric, Named):
            found = _shape(node.rubric, np.ones((len(node.rubric.measures), seen.rows)))
            if found not in (None, (seen.rows,)):
                values = {"rubric": node.rubric.rubric.name, "rows": seen.rows, "found": found}
                yield Problem(kit.RUBRIC_SHAPE, values=values)


def _shape(function: Named, values: Floats) -> tuple[int, ...] | None:
    """The shape of a rubric's answer; None where it raises, which the evaluation will, too."""
    try:
        return np.shape(function.rates(values, None))
    except Exception:
        return None
