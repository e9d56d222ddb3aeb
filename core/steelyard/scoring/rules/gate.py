"""`gate`: fires where a required node did not pass."""

from __future__ import annotations

import numpy as np

from steelyard.scheme.rule import GateRule
from steelyard.scoring.observations import Codes
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.rules.standing import Standing


def required_nodes(rule: GateRule, standing: Standing) -> tuple[int, ...]:
    """The nodes a gate looks at, as indices."""
    require = rule.require
    if require.children_of is not None:
        return standing.tree.nodes[standing.tree.index(require.children_of)].children
    return tuple(map(standing.tree.index, require.nodes))


def gate(rule: GateRule, standing: Standing) -> Codes:
    """Return the rule's states: a failed node fires it, else an unknown one leaves it open."""
    rows = len(standing.rows)
    failed, unknown = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    for index in required_nodes(rule, standing):
        failed |= standing.passed[index] == 0
        unknown |= standing.open(index) | (standing.scored(index) & (standing.passed[index] < 0))
    state = np.full(rows, RuleState.QUIET, dtype=np.uint8)
    state[unknown] = RuleState.UNDECIDED
    state[failed] = RuleState.FIRED
    return state
