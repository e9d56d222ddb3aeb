"""Same input, same output: again, in another order, and units apart from each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from steelyard.errors import Place, Problem, Text
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.arbitrary import arbitrary
from steelyard.packs.testing.scored import attempt
from steelyard.scheme.rule import QuotaRule
from steelyard.scoring import Evaluation, Observations, PythonRubric
from steelyard.scoring.observations import Rows

_ALONE = 2
"""How many units are scored each alone; the others follow together."""
AGAIN = Text("再算一次", "scored again")
REORDERED = Text("行的顺序不同", "with its rows in another order")
APART = Text("分批计算", "with units apart from each other")


def unsteady(installed: InstalledScheme, rubrics: Mapping[str, PythonRubric]) -> Iterator[Problem]:
    """Find what depends on more than a row's own measures; a scheme that cannot be scored has nothing."""
    seen = arbitrary(installed.scheme, rubrics)
    whole, _ = attempt(installed.scheme, seen, rubrics)
    if whole is None:
        return
    everything = np.arange(seen.rows)
    trials = [(AGAIN, everything), (REORDERED, np.random.default_rng(0).permutation(everything))]
    if not any(isinstance(rule, QuotaRule) for rule in installed.scheme.rules):
        # A quota compares the units of a group, so its rows cannot be taken apart.
        alone = [seen.unit == unit for unit in range(_ALONE)]
        trials += [(APART, np.flatnonzero(part)) for part in (*alone, seen.unit >= _ALONE)]
    for how, rows in trials:
        part, _ = attempt(installed.scheme, _rows(seen, rows), rubrics)
        difference = part and _difference(whole, part, rows)
        if difference:
            node, figure = difference
            values = {"scheme": installed.scheme.scheme, "node": node, "figure": figure}
            words = {"how": how.zh, "how_en": how.en}
            yield Problem(p.NOT_REPEATABLE, Place(installed.file), {**values, **words})
            return


def _rows(seen: Observations, rows: Rows) -> Observations:
    """Some rows of the observations, in the order given."""
    place = {int(row): at for at, row in enumerate(rows)}
    return replace(
        seen,
        values=seen.values[:, rows],
        status=seen.status[:, rows],
        unit=seen.unit[rows],
        period=seen.period[rows],
        attributes={name: texts[rows] for name, texts in seen.attributes.items()},
        exact={(line, place[row]): v for (line, row), v in seen.exact.items() if row in place},
    )


def _difference(whole: Evaluation, part: Evaluation, rows: Rows) -> tuple[str, str] | None:
    """The first node and figure that differ."""
    for code in whole.codes:
        for figure in ("outcome", "reason", "rate", "band", "passed"):
            before, after = getattr(whole, figure)(code)[rows], getattr(part, figure)(code)
            if not np.array_equal(before, after, equal_nan=figure == "rate"):
                return code, figure
    if not np.array_equal(whole.verdict[rows], part.verdict):
        return whole.codes[0], "verdict"
    return None
