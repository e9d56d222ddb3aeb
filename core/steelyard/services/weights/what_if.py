"""What-if: what other weights would make of a period's scores. Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_observations, select_rows
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.rule import QuotaRule, StreakRule
from steelyard.scoring import Evaluation, evaluate
from steelyard.scoring.observations import Rows
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.in_force import Settled, overlays
from steelyard.services.weights.problems import WEIGHT_NONE
from steelyard.services.weights.proposal import (
    ProposedWeight,
    WeightChange,
    find_problems,
    laid_over,
    weight_changes,
)
from steelyard.services.weights.sets import find_content
from steelyard.services.weights.standing import (
    Change,
    Outcomes,
    WhatIfSummary,
    changes_of,
    regraded,
    summary_of,
)
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Content


@dataclass(frozen=True)
class WhatIf:
    """What proposed weights would do in a period: a summary of all units, and what changes for some.

    units: all, by code. wanted: (k,), where the units stand that are told about.
    """

    entry: SchemeEntry
    period: PeriodRecord
    nodes: tuple[WeightChange, ...]
    summary: WhatIfSummary
    units: Sequence[UnitRecord] = field(repr=False)
    wanted: Rows = field(repr=False)
    current: Outcomes = field(repr=False)
    proposed: Outcomes = field(repr=False)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The units that are told about, by code; worked out when asked for: there may be many."""
        return self.changes_at(self.wanted)

    @cached_property
    def regraded(self) -> tuple[Change, ...]:
        """Those of them that get another band or verdict, by code."""
        return self.changes_at(self.regraded_at)

    @cached_property
    def regraded_at(self) -> Rows:
        """Where those stand among the units."""
        return self.wanted[regraded(self.current, self.proposed)[self.wanted]]

    def changes_at(self, at: Rows) -> tuple[Change, ...]:
        """What changes for some of the units, (k,) of those told about, in their order."""
        return changes_of(self.units, self.current, self.proposed, at)


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried: a whole set, else the one in force in each period, with some weights in place."""

    whole: Content | None
    weights: Sequence[ProposedWeight]

    def of(self, scores: Cube, period: PeriodRecord) -> Content:
        """What is tried in a period."""
        base = scores.content(period) if self.whole is None else self.whole
        return Content(laid_over(base.weights, self.weights), base.standards)

    def settled(self, scores: Cube, period: PeriodRecord) -> Settled:
        """The same, settled for the units of the cube."""
        return Settled.of(self.of(scores, period), scores.structure, scores.units, period)


async def propose(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    weights: Sequence[ProposedWeight] = (),
    weight_set: int | None = None,
    units: Sequence[str] | None = None,
) -> WhatIf:
    """Score a period with other weights, for the units named or all that may be seen.

    weight_set: the number of the set that `weights` are laid over, 0 for the scheme's own; None for the one
    in force. Raises InvalidInput with all problems (their places are `weights.<index>`), NotFound, and
    Forbidden without `weights.propose` on these units.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    trial = await prepare(view, scope, entry, weights, weight_set)
    known = await editions.load(view, scope, entry)
    record = known.period(period)
    scores = known.edition(record)
    require_right(scores.entry, trial.of(scores, record).weights, weights)
    minimum = (await policy.current(view, scope)).peer_minimum
    return await try_on(actor, scores, record, trial, units, minimum)


async def prepare(
    view: View,
    scope: Scope,
    entry: SchemeEntry,
    weights: Sequence[ProposedWeight],
    weight_set: int | None,
) -> Trial:
    """What is to be tried; NotFound (WEIGHT_SET_NOT_FOUND), InvalidInput where it is nothing."""
    if weight_set is None and not weights:
        raise InvalidInput(Problem(WEIGHT_NONE, Place(field="weights")))
    whole = None if weight_set is None else await find_content(view, scope, entry, weight_set)
    return Trial(whole, weights)


def require_right(
    entry: SchemeEntry, laid: Mapping[str, Fraction], weights: Sequence[ProposedWeight]
) -> None:
    """Raise InvalidInput with all that is wrong with weights."""
    problems = tuple(find_problems(entry, {k: v for k, v in laid.items() if k in entry.by_code}, weights))
    if problems:
        raise InvalidInput(problems)


async def try_on(
    actor: Actor,
    scores: Cube,
    period: PeriodRecord,
    trial: Trial,
    units: Sequence[str] | None,
    minimum: int,
) -> WhatIf:
    """Score a period with what is tried; Forbidden without `weights.propose` on the units told about.

    Ranks are told where on both sides `minimum` units that may be seen have a score.
    """
    entry, listed = scores.entry, scores.units
    wanted = {unit.id for unit in scores.asked(units)}
    actor.require(Permission.WEIGHTS_PROPOSE, wanted)
    rows = scores.rows(listed, period)
    current = Outcomes(entry, await asyncio.to_thread(_as_it_stands, scores, period, rows))
    proposed = Outcomes(entry, await asyncio.to_thread(with_weights, scores, period, rows, trial))
    ranked = min(current.scored, proposed.scored) >= minimum
    if not ranked:
        current, proposed = current.unranked(), proposed.unranked()
    return WhatIf(
        entry=entry,
        period=period,
        nodes=weight_changes(entry, scores.content(period).weights, trial.of(scores, period).weights),
        summary=summary_of(current, proposed, ranked=ranked),
        units=listed,
        wanted=np.array([at for at, unit in enumerate(listed) if unit.id in wanted], dtype=np.intp),
        current=current,
        proposed=proposed,
    )


def _as_it_stands(scores: Cube, period: PeriodRecord, rows: Rows) -> Evaluation:
    """The rows with the weights in force.

    Where a quota decides over more units than are seen, both sides are worked out among those that are.
    """
    decides = any(isinstance(rule, QuotaRule) and not rule.advisory for rule in scores.entry.scheme.rules)
    if decides and not scores.is_whole:
        return with_weights(scores, period, rows, Trial(None, ()))
    return select_rows(scores.evaluation, rows)


def with_weights(scores: Cube, period: PeriodRecord, rows: Rows, trial: Trial) -> Evaluation:
    """The rows with other weights; for streaks, which look back, with the calendar's earlier periods."""
    periods = [period]
    if any(isinstance(rule, StreakRule) for rule in scores.entry.scheme.rules):
        periods += [
            earlier
            for earlier in scores.periods
            if earlier.calendar == period.calendar and earlier.start < period.start
        ]
    needed = np.concatenate([rows, *(scores.rows(scores.units, each) for each in periods[1:])])
    observed = select_observations(scores.evaluation.observations, needed)
    laid = overlays([trial.settled(scores, each) for each in periods])
    result = evaluate(scores.entry.scheme, observed, overlay=laid, rubrics=scores.entry.rubrics)
    return result if len(periods) == 1 else select_rows(result, np.arange(len(rows)))
