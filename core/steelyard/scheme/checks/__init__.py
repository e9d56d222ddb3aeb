"""What the fields of a scheme mean together: a tuple of small pure checks, one module a noun.

A check takes a scheme and yields findings.  To add one, write the function and list it in its module's
`CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from steelyard.scheme.checks import (
    aggregates,
    assessments,
    bands,
    deductions,
    floors,
    header,
    hierarchy,
    idle_gates,
    idle_rules,
    idle_steps,
    idle_vetoes,
    layout_columns,
    layouts,
    parameters,
    printed_weights,
    quotas,
    reached_bands,
    reached_verdicts,
    rollups,
    rubrics,
    rules,
    triggers,
    units,
    variants,
    verdicts,
    weights,
)
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme

Check = Callable[[Scheme], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *header.CHECKS,
    *hierarchy.CHECKS,
    *weights.CHECKS,
    *aggregates.CHECKS,
    *bands.CHECKS,
    *rubrics.CHECKS,
    *deductions.CHECKS,
    *parameters.CHECKS,
    *units.CHECKS,
    *variants.CHECKS,
    *verdicts.CHECKS,
    *rules.CHECKS,
    *triggers.CHECKS,
    *printed_weights.CHECKS,
    *floors.CHECKS,
    *idle_steps.CHECKS,
    *idle_vetoes.CHECKS,
    *idle_gates.CHECKS,
    *idle_rules.CHECKS,
    *reached_bands.CHECKS,
    *reached_verdicts.CHECKS,
    *quotas.CHECKS,
    *assessments.CHECKS,
    *rollups.CHECKS,
    *layouts.CHECKS,
    *layout_columns.CHECKS,
)


def findings(scheme: Scheme) -> Iterator[Finding]:
    """Run every check."""
    for check in CHECKS:
        yield from check(scheme)
