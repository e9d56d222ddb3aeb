"""Reasons: what stands against the figures of pooled units, node by node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.rollup import Cause, Joined
from steelyard.scoring import Evaluation, Outcome
from steelyard.scoring.observations import Codes, Rows
from steelyard.services.rollups.needs import Told
from steelyard.services.scheme_entry import SchemeEntry

_REFUSED = (Cause.NOT_POOLABLE, Cause.RECORDS_CHANGED)
_RANK = np.zeros(max(Cause) + 1, dtype=np.intp)
"""By cause how much it says: what cannot be told at all outranks what is missing."""
_RANK[[Cause.FEEDS_INCOMPLETE, *_REFUSED]] = 1, 2, 3


@dataclass(frozen=True)
class Reasons:
    """Of pooled units that were scored, (nodes, rows) each: causes, and feeds as in `Joined`."""

    scored: Evaluation
    causes: Codes
    feeds: Rows
    declared: Rows

    @classmethod
    def of(cls, entry: SchemeEntry, scored: Evaluation, measures: Sequence[Told]) -> Reasons:
        """What a node that has no score reads, or one below it: such figures are not told at all.

        Where feeds are incomplete a measure is missing, as it may be of a unit: what is above is scored.
        """
        by_name = dict(zip(scored.observations.measures, measures, strict=True))
        shape = scored.outcomes.shape
        causes = np.full(shape, Cause.POOLED, dtype=np.uint8)
        feeds, declared = np.zeros((2, *shape), dtype=np.intp)
        missing = scored.outcomes == Outcome.MISSING
        for node in reversed(entry.nodes):
            at, condition = scored.index[node.code], node.indicator.applies_if
            for name in (*node.measures, *(() if condition is None else (condition.measure,))):
                told = by_name[name]
                worse = missing[at] & (_RANK[told.causes] > _RANK[causes[at]])
                causes[at][worse] = told.causes[worse]
                feeds[at][worse], declared[at][worse] = told.feeds[worse], told.declared[worse]
            for child in node.children:
                below = causes[scored.index[child]]
                worse = np.isin(below, _REFUSED) & (_RANK[below] > _RANK[causes[at]])
                causes[at][worse] = below[worse]
        return cls(scored, causes, feeds, declared)

    def put(self, found: Joined, rows: Rows, column: int, at: int) -> None:
        """Put the figures of a node where they belong."""
        hidden = np.isin(self.causes[at], _REFUSED)
        found.outcomes[rows, column] = np.where(hidden, Outcome.MISSING, self.scored.outcomes[at])
        found.rates[rows, column] = np.where(hidden, np.nan, self.scored.rates[at])
        found.causes[rows, column] = self.causes[at]
        found.feeds[rows, column] = self.feeds[at]
        found.declared[rows, column] = self.declared[at]
