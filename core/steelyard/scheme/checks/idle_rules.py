"""Adjustments that change nothing, and streaks of what never comes."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import FAILED, PASSED, Scheme
from steelyard.scheme.problems.reach import NEVER_FIRES, NO_EFFECT
from steelyard.scheme.quantities import literal
from steelyard.scheme.rule import AdjustRule, QuotaRule, StreakRule


def adjustments_count(scheme: Scheme) -> Iterator[Finding]:
    """An adjustment adds or takes something, or vetoes from some count on."""
    for index, rule in enumerate(scheme.rules):
        # One with a note or a consequence is there to be counted, on purpose.
        idle = isinstance(rule, AdjustRule) and rule.veto_at is None
        if idle and rule.note is None and rule.consequence is None:
            for field in ("each", "at_most"):
                if literal(getattr(rule, field)) == 0:
                    yield Finding(NO_EFFECT, ("rules", index, field), {"id": rule.id, "field": field})


def streaks_can_begin(scheme: Scheme) -> Iterator[Finding]:
    """The verdict that a streak waits for is given by something."""
    given = {rule.verdict for rule in scheme.rules if not isinstance(rule, (StreakRule, QuotaRule))}
    given |= {rule.then for rule in scheme.rules if isinstance(rule, StreakRule)}
    given |= {band.code for band in scheme.bands}
    given |= {PASSED, FAILED} if scheme.pass_ is not None else set()
    relies_on: tuple[Path, ...] = (("rules",), ("pass",), ("bands",))
    for index, rule in enumerate(scheme.rules):
        listed = isinstance(rule, StreakRule) and rule.verdict in (*scheme.verdicts, PASSED, FAILED)
        if isinstance(rule, StreakRule) and listed and rule.verdict not in given:
            yield Finding(NEVER_FIRES, ("rules", index, "verdict"), {"id": rule.id}, relies_on)


CHECKS = (adjustments_count, streaks_can_begin)
