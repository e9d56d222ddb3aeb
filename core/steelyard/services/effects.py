"""Effects: what became of the indicators on which plans acted, once a later period is evaluated.

A comparison tells of units that a reader may not see, so it is kept with the units that it is of, and told
as `peers` tells of them (`told`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Text
from steelyard.improvement.draft import ActionKind
from steelyard.improvement.effect import LEAST, Effect, effect, measured
from steelyard.scoring.observations import Floats
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.plans.verifying import record_effects
from steelyard.services.score_sheet import number
from steelyard.store import plan_actions, plans
from steelyard.store.periods import PeriodRecord
from steelyard.store.plan_actions import ActionRecord, ActionState
from steelyard.store.plans import PlanRecord, PlanState

NEAREST = 50
"""With how many others, those with the nearest rates before, a change is compared."""
_UNAGREED = (PlanState.DRAFT, PlanState.DROPPED)
_MEASURED = (ActionState.DONE, ActionState.VERIFIED, ActionState.NOT_EFFECTIVE)


@dataclass(frozen=True, slots=True)
class _Acts:
    """The plans of a scheme that were agreed to by id, and their actions that were not dropped."""

    plans: Mapping[int, PlanRecord]
    actions: tuple[ActionRecord, ...]

    def units(self, nodes: Collection[str]) -> frozenset[int]:
        """The units that act, or acted, on any of these nodes."""
        acting = (action.plan_id for action in self.actions if action.node in nodes)
        return frozenset(self.plans[plan].unit_id for plan in acting)


async def measure(
    view: View, actor: Actor, scope: Scope, *, scheme: str, periods: Sequence[PeriodRecord]
) -> int:
    """Measure in these periods what became of the actions done for earlier ones; return how many are new.

    An action is measured in the last of them in which its indicator has a score. What a later period says
    takes the place of what an earlier one said. All plans of the tenant are measured, whatever of it the
    scope shows; one that somebody gives up or opens again meanwhile is left as they made it.
    """
    tenant = Scope(scope.tenant_id)
    acts = await _acts(view, tenant, scheme)
    if not any(action.state in _MEASURED for action in acts.actions):
        return 0
    known = await editions.load_whole(view, scope, view.context.entry(scheme))
    least = (await policy.current(view, scope)).peer_minimum
    found = await asyncio.to_thread(_Measuring(known, acts, least).effects, periods)
    for (plan, period), what in found.items():
        # Whoever changed it since stands by their change: the evaluation is done, and does not fail for it.
        with suppress(Conflict):
            await record_effects(view, actor, tenant, plan, what, period)
    return sum(map(len, found.values()))


def told(stored: Mapping[str, Any], seen: Scope, least: int) -> Mapping[str, Any]:
    """An effect as it may be told to who sees these units: nothing that would tell of a few others."""
    comparison = stored.get("comparison")
    if comparison is None:
        return stored
    hidden = [unit for unit in comparison["units"] if not seen.sees(unit)]
    shown = None if 0 < len(hidden) < least else {**comparison, "units": None}
    return {**stored, "comparison": shown}


async def _acts(view: View, tenant: Scope, scheme: str) -> _Acts:
    async with view.context.database.read(tenant) as reader:
        known = await plans.load(reader, tenant)
        agreed = {each.id: each for each in known if each.scheme == scheme and each.state not in _UNAGREED}
        actions = await plan_actions.load(reader, tenant, list(agreed)) if agreed else []
    return _Acts(agreed, tuple(each for each in actions if each.state is not ActionState.DROPPED))


class _Measuring:
    """One measuring: what is asked of several actions is worked out once."""

    def __init__(self, known: Cube, acts: _Acts, least: int) -> None:
        self._known, self._acts, self._least = known, acts, max(least, LEAST)
        self._ids = np.array([unit.id for unit in known.units], dtype=np.int64)
        self._at = {unit.id: at for at, unit in enumerate(known.units)}
        self._rates: dict[tuple[str, int], Floats] = {}
        self._acting: dict[str, NDArray[np.bool_]] = {}

    def effects(
        self, periods: Sequence[PeriodRecord]
    ) -> Mapping[tuple[str, str], Mapping[int, Mapping[str, Any]]]:
        """By plan and period, and by action, what is new of those that were done for an earlier period."""
        found: defaultdict[tuple[str, str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
        for action in self._acts.actions:
            plan = self._acts.plans[action.plan_id]
            before = self._known.structure.period_by_id(plan.period_id)
            own = self._at.get(plan.unit_id)
            if action.state not in _MEASURED or action.node is None or before is None or own is None:
                continue
            after = self._latest(action, action.node, own, before, periods)
            if after is not None:
                effect = self._effect(action, action.node, own, before, after)
                if (action.effect, action.verified_period_id) != (effect, after.id):
                    found[plan.number, after.code][action.number] = effect
        return found

    def _latest(
        self, action: ActionRecord, node: str, own: int, before: PeriodRecord, periods: Sequence[PeriodRecord]
    ) -> PeriodRecord | None:
        """The last of the periods after the plan's in which the unit has a score on the node, else the last.

        None where there is none, or where a later one has been measured already.
        """
        last = action.verified_period_id and self._known.structure.period_by_id(action.verified_period_id)
        since = last.start if last else before.start
        later = sorted(
            (each for each in periods if each.calendar == before.calendar and each.start > before.start),
            key=lambda each: each.start,
            reverse=True,
        )
        later = [each for each in later if each.start >= since]
        with_score = (each for each in later if not np.isnan(self._of(node, each)[own]))
        return next(with_score, later[0] if later else None)

    def _effect(
        self, action: ActionRecord, node: str, own: int, before: PeriodRecord, after: PeriodRecord
    ) -> dict[str, Any]:
        rates = np.stack([self._of(node, at) for at in (before, after)], axis=1)
        first, last = map(number, rates[own].tolist())
        if action.kind == ActionKind.MEASURE:
            return _stored(measured(last), [])
        if first is None and action.baseline_rate is not None:
            first = float(action.baseline_rate)
        others = np.flatnonzero(~self._acts_on(node) & ~np.isnan(rates).any(axis=1))
        if first is not None:
            # Those who stood nearest: the weak rise and the strong fall by chance alone.
            others = others[np.argsort(np.abs(rates[others, 0] - first), kind="stable")[:NEAREST]]
        found = effect(first, last, action.expected_effect, rates[others], self._least)
        return _stored(found, self._ids[others].tolist())

    def _of(self, node: str, period: PeriodRecord) -> Floats:
        """The rates of all units on a node as a period is shown, (units,); NaN where there is none."""
        if (node, period.id) not in self._rates:
            result = np.full(len(self._ids), np.nan)
            shown = self._known.find_edition(period)
            place = None if shown is None else shown.evaluation.index.get(node)
            if shown is not None and place is not None and period in shown.periods:
                rows = shown.evaluation.rates[place, shown.rows(shown.units, period)]
                for unit, rate in zip(shown.units, rows.tolist(), strict=True):
                    if unit.id in self._at:
                        result[self._at[unit.id]] = rate
            self._rates[node, period.id] = result
        return self._rates[node, period.id]

    def _acts_on(self, node: str) -> NDArray[np.bool_]:
        """Which units act on a node or on one above or below it, (units,)."""
        if node not in self._acting:
            acting = list(self._acts.units(_line(self._known, node)))
            self._acting[node] = np.isin(self._ids, acting)
        return self._acting[node]


def _line(known: Cube, node: str) -> frozenset[str]:
    """A node with all above and below it: who acts on one of these moves it, too."""
    nodes = known.entry.by_code
    if node not in nodes:
        return frozenset({node})
    below = {each.code for each in nodes[node].indicator.walk()}
    above, at = set(), nodes[node].parent
    while at is not None:
        above.add(at)
        at = nodes[at].parent
    return frozenset(below | above)


def _stored(found: Effect, units: Sequence[int]) -> dict[str, Any]:
    """An effect as JSON."""
    comparison = found.comparison
    return {
        "before": found.before,
        "after": found.after,
        "promised": found.promised,
        "fulfilment": found.fulfilment.value,
        "suggestion": found.suggestion.value,
        "sentence": _words(found.sentence),
        "comparison": None
        if comparison is None
        else {
            "n": comparison.n,
            "mean": comparison.mean,
            "difference": comparison.difference,
            "low": comparison.low,
            "high": comparison.high,
            "sentence": _words(comparison.sentence),
            "units": list(units),
        },
    }


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
