"""`veto`: fires where a node is at or below a rate, or a measure at or above a number."""

from __future__ import annotations

import operator
from fractions import Fraction
from functools import partial

import numpy as np

from steelyard.scheme.rule import VetoRule
from steelyard.scoring.lines import at_most
from steelyard.scoring.observations import Codes
from steelyard.scoring.outcome import RuleState, Status
from steelyard.scoring.rules.standing import Standing


def veto(rule: VetoRule, standing: Standing) -> Codes:
    """Return the rule's states: a known trigger fires it; without one, an unknown leaves it open."""
    return _by_measure(rule, standing) if rule.when.measure is not None else _by_nodes(rule, standing)


def cap_rate(rule: VetoRule, standing: Standing) -> Fraction | None:
    """The rate that a veto's cap, a score 0…100 or a percentage, limits the root to; None without one."""
    if rule.cap is None:
        return None
    cap = standing.number(rule.cap)
    return cap if rule.cap.is_percent(dict(standing.tree.parameters)) else cap / 100


def _by_measure(rule: VetoRule, standing: Standing) -> Codes:
    measure, at_least = rule.when.measure, rule.when.at_least
    state = np.full(len(standing.rows), RuleState.QUIET, dtype=np.uint8)
    if measure is None or at_least is None:
        return state
    line = standing.number(at_least)
    status = standing.cells.status(measure, standing.rows, len(standing.rows))
    fired = standing.cells.compare(measure, standing.rows, line, operator.ge, operator.ge)
    fired |= (status == Status.EMPTY_FEED) & (line <= 0)
    state[(status == Status.MISSING) | (status == Status.INVALID)] = RuleState.UNDECIDED
    state[fired] = RuleState.FIRED
    return state


def _by_nodes(rule: VetoRule, standing: Standing) -> Codes:
    rows = len(standing.rows)
    fired, unknown = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    line = rule.when.rate_at_most
    for index in map(standing.tree.index, rule.when.any_of):
        scored = standing.scored(index)
        unknown |= standing.open(index)
        if line is not None:
            exactly = partial(standing.node_rates, index)
            fired |= scored & at_most(standing.chunk.rate[index], scored, standing.number(line), exactly)
    state = np.full(rows, RuleState.QUIET, dtype=np.uint8)
    state[unknown] = RuleState.UNDECIDED
    state[fired] = RuleState.FIRED
    return state
