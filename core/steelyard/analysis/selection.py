"""Selection: some rows of an evaluation as one of their own, without evaluating again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from steelyard.scheme.rule import QuotaRule
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Observations, PeriodKey, Rows
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.rules.quota import NOT_IN_A_GROUP


def select_rows(evaluation: Evaluation, rows: Rows) -> Evaluation:
    """The results of these rows, (k,), in their order.

    Units and periods keep their numbers, and quotas the groups that they were worked out in.
    """
    return replace(
        evaluation,
        observations=select_observations(evaluation.observations, rows),
        tree_of=evaluation.tree_of[rows],
        outcomes=evaluation.outcomes[:, rows],
        reasons=evaluation.reasons[:, rows],
        rates=evaluation.rates[:, rows],
        coverages=evaluation.coverages[:, rows],
        passes=evaluation.passes[:, rows],
        band_marks=evaluation.band_marks[:, rows],
        verdict=evaluation.verdict[rows],
        uncut=evaluation.uncut[rows],
        rule_states=evaluation.rule_states[:, rows],
        quota_bands=evaluation.quota_bands[:, rows],
    )


def select_block(
    evaluation: Evaluation, rows: Rows, units: Sequence[str], periods: Sequence[PeriodKey]
) -> Evaluation:
    """The results of these units in these periods, period by period, with no trace of others.

    rows: (units × periods,), where they stand.
    """
    found = select_rows(evaluation, rows)
    observations = replace(
        found.observations,
        units=tuple(units),
        periods=tuple(periods),
        unit=np.tile(np.arange(len(units)), len(periods)),
        period=np.repeat(np.arange(len(periods)), len(units)),
    )
    shared_out = evaluation.distribution[evaluation.observations.period[rows[:: max(1, len(units))]]]
    return replace(found, observations=observations, distribution=shared_out)


def without_quotas(evaluation: Evaluation) -> Evaluation:
    """The results without what quotas said, which tells how the bands of the whole group are shared out.

    A verdict that one of them gave stays.
    """
    quotas = [i for i, rule in enumerate(evaluation.scheme.rules) if isinstance(rule, QuotaRule)]
    states = evaluation.rule_states.copy()
    states[quotas] = np.where(states[quotas] == RuleState.EXEMPT, RuleState.EXEMPT, RuleState.QUIET)
    return replace(
        evaluation,
        rule_states=states,
        quota_bands=np.full_like(evaluation.quota_bands, NOT_IN_A_GROUP),
        distribution=np.zeros_like(evaluation.distribution),
    )


def select_observations(observations: Observations, rows: Rows) -> Observations:
    """What was observed in these rows, (k,)."""
    return replace(
        observations,
        values=observations.values[:, rows],
        status=observations.status[:, rows],
        unit=observations.unit[rows],
        period=observations.period[rows],
        attributes={name: texts[rows] for name, texts in observations.attributes.items()},
        exact=_exact(observations, rows),
        exempt_nodes={code: exempt[rows] for code, exempt in observations.exempt_nodes.items()},
        exempt_rules={rule: exempt[rows] for rule, exempt in observations.exempt_rules.items()},
    )


def _exact(observations: Observations, rows: Rows) -> dict[tuple[int, int], Fraction]:
    """The exact cells of the rows, looked up from whichever side is shorter."""
    exact, lines = observations.exact, len(observations.measures)
    if len(rows) * lines < len(exact):
        wanted = ((line, at, int(row)) for line in range(lines) for at, row in enumerate(rows))
        return {(line, at): exact[line, row] for line, at, row in wanted if (line, row) in exact}
    where = {int(row): at for at, row in enumerate(rows)}
    return {(line, where[row]): number for (line, row), number in exact.items() if row in where}
