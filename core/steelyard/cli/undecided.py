"""Rules that could not be decided: told on stderr where the format of the result has no place for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import typer

from steelyard.cli.problems import MORE_UNDECIDED, RULE_UNDECIDED
from steelyard.cli.report import report
from steelyard.errors import Locale, Problem
from steelyard.scoring import Evaluation, RuleState, rule_reason

MOST = 20


def report_undecided(evaluation: Evaluation, locale: Locale) -> None:
    """Print a warning for each unit, period and rule, at most `MOST`, and how many more there are."""
    count = int(np.count_nonzero(evaluation.rule_states == RuleState.UNDECIDED))
    report(list(islice(_undecided(evaluation), MOST)), locale)
    if count > MOST:
        typer.echo(MORE_UNDECIDED.format({"count": count - MOST}).get(locale), err=True)


def _undecided(evaluation: Evaluation) -> Iterator[Problem]:
    """One warning a rule, row by row."""
    seen = evaluation.observations
    for row, index in np.argwhere(evaluation.rule_states.T == RuleState.UNDECIDED).tolist():
        rule = evaluation.scheme.rules[index]
        unit, period = seen.units[int(seen.unit[row])], seen.periods[int(seen.period[row])].code
        reason = rule_reason(evaluation, row, rule)
        values = {
            "about": ", ".join(filter(None, (unit, period))),
            "rule": rule.id,
            "reason_zh": reason.zh,
            "reason_en": reason.en,
        }
        yield Problem(RULE_UNDECIDED, values=values)
