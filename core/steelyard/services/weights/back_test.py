"""Back-test: what other weights would have made of the last periods, side by side. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.weights.problems import WEIGHTS_NOTHING_TO_TRY
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.what_if import WhatIf, prepare, require_right, try_on
from steelyard.store.periods import PeriodRecord


async def back_test(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    until: str,
    periods: int,
    weights: Sequence[ProposedWeight] = (),
    weight_set: int | None = None,
    units: Sequence[str] | None = None,
) -> tuple[WhatIf, ...]:
    """Try weights on the last `periods` periods with data up to `until`, of its calendar, the oldest first.

    The other arguments and what it raises are those of `propose`.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    trial = await prepare(view, scope, entry, weights, weight_set)
    known = await editions.load(view, scope, entry)
    chosen = last_periods(known, known.period(until), periods)
    last = known.edition(chosen[-1])
    require_right(last.entry, trial.of(last, chosen[-1]).weights, weights)
    minimum = (await policy.current(view, scope)).peer_minimum
    return tuple([await try_on(actor, known.edition(each), each, trial, units, minimum) for each in chosen])


def last_periods(scores: Cube, until: PeriodRecord, count: int) -> list[PeriodRecord]:
    """The last so many periods with data up to one, of its calendar, the oldest first.

    Raises InvalidInput (WEIGHTS_NOTHING_TO_TRY) where there is none.
    """
    found = [
        each for each in scores.measured if each.calendar == until.calendar and each.start <= until.start
    ][-count:]
    if count < 1 or not found:
        raise InvalidInput(Problem(WEIGHTS_NOTHING_TO_TRY, Place(field="periods"), {"period": until.code}))
    return found
