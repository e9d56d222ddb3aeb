"""The results of a run as they are stored: arrays of all nodes, and what came out at the roots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.selection import select_rows
from steelyard.scoring import Evaluation, Outcome
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import number, numbers
from steelyard.store.periods import PeriodRecord
from steelyard.store.run_table import RunTable
from steelyard.store.runs import RunRoot

_FIELDS = {
    "outcomes": "outcomes",
    "reasons": "reasons",
    "rates": "rates",
    "coverages": "coverages",
    "passes": "passes",
    "bands": "band_marks",
    "verdict": "verdict",
    "uncut": "uncut",
    "rules": "rule_states",
}
"""By the name of an array in a table what an evaluation calls it; full marks follow from the trees."""
_OF_NODES = ("outcomes", "reasons", "rates", "coverages", "passes", "bands")


def run_table(scores: Cube, period: PeriodRecord) -> RunTable:
    """The results of all nodes for all units in a period."""
    cut = _cut(scores, period)
    return RunTable(tuple(unit.id for unit in scores.units), cut.codes, _arrays(cut))


def _cut(scores: Cube, period: PeriodRecord) -> Evaluation:
    return select_rows(scores.evaluation, scores.rows(scores.units, period))


def _arrays(cut: Evaluation) -> Mapping[str, NDArray[Any]]:
    return {
        "outcomes": cut.outcomes,
        "reasons": cut.reasons,
        "rates": cut.rates,
        "coverages": np.array([cut.coverage(code) for code in cut.codes]),
        "fulls": np.array([cut.full(code) for code in cut.codes]),
        "passes": cut.passes,
        "bands": cut.band_marks,
        "verdict": cut.verdict,
        "uncut": cut.uncut,
        "rules": cut.rule_states,
    }


def fits(table: RunTable, entry: SchemeEntry) -> bool:
    """Whether a table is one of a version of a scheme."""
    nodes, units, rules = len(entry.nodes), len(table.unit_ids), len(entry.rules)
    if table.nodes != tuple(node.code for node in entry.nodes):
        return False
    of_units = dict.fromkeys(("verdict", "uncut"), (units,))
    shapes = dict.fromkeys(_OF_NODES, (nodes, units)) | of_units | {"rules": (rules, units)}
    return all(name in table.arrays and table.arrays[name].shape == shapes[name] for name in shapes)


def as_stored(scores: Cube, tables: Mapping[int, RunTable]) -> Cube:
    """The cube with what was stored for some periods, by id, in place of what came out now.

    Units that a table does not have stay as they are: nothing was ever recorded for them there.
    """
    if not tables:
        return scores
    found = scores.evaluation
    results = {name: getattr(found, field).copy() for name, field in _FIELDS.items()}
    groups = [at for at, node in enumerate(found.trees[0].nodes) if node.children]
    for period in scores.periods:
        if period.id not in tables:
            continue
        table = tables[period.id]
        at = {unit_id: column for column, unit_id in enumerate(table.unit_ids)}
        known = [unit for unit in scores.units if unit.id in at]
        rows, columns = scores.rows(known, period), [at[unit.id] for unit in known]
        for name, array in results.items():
            stored = table.arrays[name]
            array[..., rows] = (stored[groups] if name == "coverages" else stored)[..., columns]
    return replace(
        scores, evaluation=replace(found, **{field: results[name] for name, field in _FIELDS.items()})
    )


def run_roots(scores: Cube, period: PeriodRecord) -> tuple[RunRoot, ...]:
    """What came out for each unit."""
    cut = _cut(scores, period)
    root, bands, words = cut.codes[0], (*cut.bands, None), (*cut.verdict_words, None)
    found = numbers(cut.score(root))
    return tuple(
        RunRoot(
            unit_id=unit_id,
            outcome=Outcome(cut.outcomes.item(0, at)).name,
            score=found[at],
            coverage=number(cut.coverages.item(0, at)),
            band=bands[cut.band_marks.item(0, at)],
            verdict=words[cut.verdict.item(at)],
            passed=(False, True, None)[cut.passes.item(0, at)],
        )
        for at, unit_id in enumerate(unit.id for unit in scores.units)
    )
