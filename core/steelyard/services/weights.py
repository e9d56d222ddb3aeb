"""Weights: what other weights would make of a period's scores. Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.analysis.ranking import rank
from steelyard.analysis.selection import select_observations, select_rows
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.model import Band
from steelyard.scheme.number import decimal_text
from steelyard.scheme.rule import QuotaRule, StreakRule
from steelyard.scoring import Evaluation, Outcome, Overlay, build_tree, evaluate
from steelyard.scoring.observations import Rows
from steelyard.services import cube
from steelyard.services import problems as p
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import number
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

DECIMALS = 12
SAME = 1e-9
"""Scores closer than this are the same: they differ in the last digits of a float."""


@dataclass(frozen=True, slots=True)
class ProposedWeight:
    """A weight for one indicator, relative to its siblings; those not named keep their own."""

    node: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands under one set of weights; `rank` is among all that may be seen."""

    outcome: Outcome
    score: float | None
    points: float | None
    band: Band | None
    verdict: str | None
    passed: bool | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A unit under the current and under the proposed weights."""

    unit: UnitRecord
    current: Standing
    proposed: Standing

    @property
    def score_change(self) -> float | None:
        """The proposed score less the current one; None where either is none."""
        before, after = self.current.score, self.proposed.score
        return None if before is None or after is None else round(after - before, DECIMALS)

    @property
    def band_changed(self) -> bool:
        """Whether the band is another."""
        return self.current.band != self.proposed.band

    @property
    def verdict_changed(self) -> bool:
        """Whether the verdict is another."""
        return self.current.verdict != self.proposed.verdict

    @property
    def rank_changed(self) -> bool:
        """Whether the rank is another."""
        return self.current.rank != self.proposed.rank


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The share 0…1 of an indicator among its siblings and of the root, now and as proposed."""

    node: str
    current_local: float
    proposed_local: float
    current_global: float
    proposed_global: float


@dataclass(frozen=True, slots=True)
class WhatIfSummary:
    """How many of all units that may be seen have a score, and how many change in what."""

    units: int
    scored: int
    score_changed: int
    rank_changed: int
    band_changed: int
    verdict_changed: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What proposed weights would do in a period: the chosen units by code, and a summary of all."""

    entry: SchemeEntry
    period: PeriodRecord
    nodes: tuple[WeightChange, ...]
    changes: tuple[Change, ...]
    summary: WhatIfSummary


async def propose(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    weights: Sequence[ProposedWeight],
    units: Sequence[str] | None = None,
) -> WhatIf:
    """Score a period with other weights, for the units named or all that may be seen.

    Raises InvalidInput with all problems (their places are `weights.<index>`), NotFound, and Forbidden
    without `weights.propose` on these units.
    """
    entry = view.context.entry(scheme)
    problems = tuple(find_problems(entry, weights))
    if problems:
        raise InvalidInput(problems)
    scores = await cube.load(view, scope, entry)
    record, listed = scores.period(period), scores.units
    wanted = {unit.id for unit in scores.asked(units)}
    actor.require(Permission.WEIGHTS_PROPOSE, wanted)
    laid = {proposed.node: proposed.weight for proposed in weights}
    rows = scores.rows(listed, record)
    current = _Outcomes(entry, await asyncio.to_thread(_as_it_stands, scores, record, rows))
    proposed = _Outcomes(entry, await asyncio.to_thread(_with_weights, scores, record, rows, laid))
    return WhatIf(
        entry=entry,
        period=record,
        nodes=tuple(_weight_changes(entry, laid)),
        changes=tuple(
            Change(unit, current.standing(at), proposed.standing(at))
            for at, unit in enumerate(listed)
            if unit.id in wanted
        ),
        summary=_summary(current, proposed),
    )


def find_problems(entry: SchemeEntry, weights: Sequence[ProposedWeight]) -> Iterator[Problem]:
    """Say all that is wrong with proposed weights."""
    if not weights:
        yield Problem(p.WEIGHT_NONE, Place(field="weights"))
    seen: set[str] = set()
    for at, proposed in enumerate(weights):
        place = Place(field=f"weights.{at}")
        values: dict[str, object] = {"node": proposed.node, "scheme": entry.code}
        if proposed.node not in entry.by_code:
            yield Problem(p.WEIGHT_UNKNOWN_NODE, place, {**p.near(proposed.node, entry.by_code), **values})
        elif proposed.node == entry.root.code:
            yield Problem(p.WEIGHT_OF_ROOT, place, values)
        elif proposed.node in seen:
            yield Problem(p.WEIGHT_TWICE, place, values)
        elif proposed.weight < 0:
            yield Problem(p.WEIGHT_NEGATIVE, place, {**values, "weight": decimal_text(proposed.weight)})
        seen.add(proposed.node)
    yield from _all_zero(entry, {proposed.node: proposed.weight for proposed in weights})


def _all_zero(entry: SchemeEntry, weights: Mapping[str, Fraction]) -> Iterator[Problem]:
    """The groups that would weigh nothing, in any variant."""
    variants = entry.scheme.variants
    empty: dict[str, None] = {}
    for variant in (None, *(() if variants is None else variants.weights)):
        tree = build_tree(entry.scheme, variant=variant, overlay=Overlay(weights), rubrics=entry.rubrics)
        for group in tree.nodes:
            below = [tree.nodes[i] for i in group.children]
            if any(child.code in weights for child in below) and not any(child.weight for child in below):
                empty[group.code] = None
    for code in empty:
        yield Problem(p.WEIGHT_ALL_ZERO, Place(field="weights"), {"group": code})


def _weight_changes(entry: SchemeEntry, weights: Mapping[str, Fraction]) -> Iterator[WeightChange]:
    tree = build_tree(entry.scheme, overlay=Overlay(weights), rubrics=entry.rubrics)
    whole = tree.global_weights()
    for node, current in zip(tree.nodes, entry.nodes, strict=True):
        above = whole[node.parent] if node.parent >= 0 else Fraction(1)
        local = whole[node.index] / above if above else Fraction(0)
        yield WeightChange(
            node=node.code,
            current_local=current.local_weight,
            proposed_local=float(local),
            current_global=current.global_weight,
            proposed_global=float(whole[node.index]),
        )


def _as_it_stands(scores: Cube, period: PeriodRecord, rows: Rows) -> Evaluation:
    """The rows with the scheme's own weights.

    Where a quota decides over more units than are seen, both sides are worked out among those that are.
    """
    decides = any(isinstance(rule, QuotaRule) and not rule.advisory for rule in scores.entry.scheme.rules)
    if decides and not scores.is_whole:
        return _with_weights(scores, period, rows, {})
    return select_rows(scores.evaluation, rows)


def _with_weights(
    scores: Cube, period: PeriodRecord, rows: Rows, weights: Mapping[str, Fraction]
) -> Evaluation:
    """The rows with other weights; for streaks, which look back, with the calendar's earlier periods."""
    needed = [rows]
    if any(isinstance(rule, StreakRule) for rule in scores.entry.scheme.rules):
        needed += [
            scores.rows(scores.units, earlier)
            for earlier in scores.periods
            if earlier.calendar == period.calendar and earlier.start < period.start
        ]
    observed = select_observations(scores.evaluation.observations, np.concatenate(needed))
    result = evaluate(scores.entry.scheme, observed, overlay=Overlay(weights), rubrics=scores.entry.rubrics)
    return result if len(needed) == 1 else select_rows(result, np.arange(len(rows)))


class _Outcomes:
    """The roots of all units under one set of weights, and their ranks."""

    def __init__(self, entry: SchemeEntry, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.scores = evaluation.score(entry.root.code)
        self.ranks = rank(self.scores).rank
        self._points = evaluation.points(entry.root.code)
        self._bands = (*entry.bands, None)
        self._words = (*evaluation.verdict_words, None)

    def standing(self, at: int) -> Standing:
        """One unit's."""
        return Standing(
            outcome=Outcome(self.evaluation.outcomes.item(0, at)),
            score=number(self.scores.item(at)),
            points=number(self._points.item(at)),
            band=self._bands[self.evaluation.band_marks.item(0, at)],
            verdict=self._words[self.evaluation.verdict.item(at)],
            passed=(False, True, None)[self.evaluation.passes.item(0, at)],
            rank=self.ranks.item(at) or None,
        )


def _summary(current: _Outcomes, proposed: _Outcomes) -> WhatIfSummary:
    before, after = current.scores, proposed.scores
    same = (np.abs(before - after) <= SAME) | (np.isnan(before) & np.isnan(after))
    bands = current.evaluation.band_marks[0] != proposed.evaluation.band_marks[0]
    return WhatIfSummary(
        units=len(after),
        scored=int(np.count_nonzero(~np.isnan(after))),
        score_changed=int(np.count_nonzero(~same)),
        rank_changed=int(np.count_nonzero(current.ranks != proposed.ranks)),
        band_changed=int(np.count_nonzero(bands)),
        verdict_changed=int(np.count_nonzero(current.evaluation.verdict != proposed.evaluation.verdict)),
    )
