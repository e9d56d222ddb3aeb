"""Scoring: observations in, outcomes, rates, bands and verdicts out. Pure, vectorised over rows.

The way of a number: `observations` → `leaves` (by `rubrics/<kind>`) → `groups` → `lines` → `rules/<kind>` →
`verdicts` → `evaluation`. `exact` settles what lies too near a line for floats; `tree` and `variants` prepare
a scheme.
"""

from steelyard.scoring.engine import evaluate
from steelyard.scoring.evaluation import Evaluation, without_noise
from steelyard.scoring.explanation import Explanation, explain
from steelyard.scoring.observations import Observations, PeriodKey
from steelyard.scoring.outcome import REASONS, Outcome, Reason, RuleState, Status
from steelyard.scoring.overlay import Overlay, Overlays
from steelyard.scoring.rubrics import PythonRubric, measures_of
from steelyard.scoring.rules.reason import rule_reason
from steelyard.scoring.rules.sentence import rule_sentence
from steelyard.scoring.tree import Tree, build_tree
from steelyard.scoring.variants import attributes_read

__all__ = [
    "REASONS",
    "Evaluation",
    "Explanation",
    "Observations",
    "Outcome",
    "Overlay",
    "Overlays",
    "PeriodKey",
    "PythonRubric",
    "Reason",
    "RuleState",
    "Status",
    "Tree",
    "attributes_read",
    "build_tree",
    "evaluate",
    "explain",
    "measures_of",
    "rule_reason",
    "rule_sentence",
    "without_noise",
]
