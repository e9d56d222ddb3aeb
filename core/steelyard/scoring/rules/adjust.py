"""`adjust`: adds each × count to the root's score, after the tree."""

from __future__ import annotations

import operator

import numpy as np

from steelyard.scheme.rule import AdjustRule
from steelyard.scoring.observations import Codes, Floats
from steelyard.scoring.outcome import RuleState, Status
from steelyard.scoring.rules.standing import Standing


def adjust(rule: AdjustRule, standing: Standing) -> tuple[Codes, Floats]:
    """Return the rule's states and the points (0…100) it adds, each (n,).

    It fires where something is counted. A count that is missing leaves it undecided. Where a unit is exempt,
    nothing is added.
    """
    values, status = standing.counts(rule.measure)
    exempt = standing.exempt(rule.id)
    known = (status == Status.VALUE) & ~exempt
    each = standing.number(rule.each)
    limit = None if rule.at_most is None else standing.number(rule.at_most)
    standing.added.append((rule.measure, each, limit, exempt))
    counted = np.where(known, values, 0.0)
    if limit is not None:
        counted = np.minimum(counted, float(limit))
    state = np.full(len(values), RuleState.QUIET, dtype=np.uint8)
    state[known & (values > 0)] = RuleState.FIRED
    state[(status == Status.MISSING) | (status == Status.INVALID)] = RuleState.UNDECIDED
    state[exempt] = RuleState.EXEMPT
    return state, counted * float(each)


def vetoed(rule: AdjustRule, standing: Standing) -> Codes:
    """Where the count as recorded reaches `veto_at`, as rule states."""
    values, status = standing.counts(rule.measure)
    state = np.full(len(values), RuleState.QUIET, dtype=np.uint8)
    state[(status == Status.MISSING) | (status == Status.INVALID)] = RuleState.UNDECIDED
    if rule.veto_at is not None:
        line = standing.number(rule.veto_at)
        enough = standing.cells.compare(rule.measure, standing.rows, line, operator.ge, operator.ge)
        enough |= (status == Status.VALUE) & (values == 0) & (line <= 0)
        state[enough] = RuleState.FIRED
    state[standing.exempt(rule.id)] = RuleState.EXEMPT
    return state
