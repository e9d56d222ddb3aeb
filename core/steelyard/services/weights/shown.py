"""Shown: what is told of how the weights of a set were found.

Who sees scores sees the sets that decide on them, their weights and by what method they were found. Figures
of past rates, such as how far an indicator's rates spread and of how many units, are told to who sees the
whole tenant alone: they tell of units that others do not see, and of few units nearly each one's.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.services.weights.obtained import Obtained, step_sentence

_WITHHELD = {
    "entropy": Text(
        "熵权法，依据周期 {periods} 的得分率；明细涉及您看不到的评价对象，不予显示。",
        "Entropy of the rates in {periods}; the figures tell of units that you do not see.",
    ),
    "critic": Text(
        "CRITIC 法，依据周期 {periods} 的得分率；明细涉及您看不到的评价对象，不予显示。",
        "CRITIC on the rates in {periods}; the figures tell of units that you do not see.",
    ),
}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """How the weights of a group were found: in words, and `details` as canonical JSON."""

    group: str
    method: str
    sentence: Text
    details: str


def shown_step(step: Obtained, scope: Scope) -> ShownStep:
    """What a step of a kept set tells those who see a scope."""
    if step.past is None or scope.unit_ids is None:
        return own_step(step)
    method = step.weighting.method
    weights = {node: decimal_text(weight) for node, weight in step.weighting.weights.items()}
    details = orjson.dumps({"details": {"method": method}, "weights": weights}, option=orjson.OPT_SORT_KEYS)
    said = _WITHHELD[method].format({"periods": ", ".join(step.past.periods)})
    return ShownStep(step.group, method, said, details.decode())


def own_step(step: Obtained) -> ShownStep:
    """All of a step, for who found it just now of units that they see."""
    weighting = step.weighting
    return ShownStep(step.group, weighting.method, step_sentence(step), weighting.to_json())
