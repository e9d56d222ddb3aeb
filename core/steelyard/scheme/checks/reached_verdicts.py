"""Verdicts that nothing gives."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import FAILED, PASSED, Scheme
from steelyard.scheme.problems.reach import VERDICT_UNREACHED
from steelyard.scheme.rule import QuotaRule, StreakRule

_RELIES_ON: tuple[Path, ...] = (("rules",), ("bands",))


def reached_verdicts(scheme: Scheme) -> Iterator[Finding]:
    """Each verdict of the list is given by a rule or a band; `passed` and `failed` may always stand there."""
    if "verdicts" not in scheme.model_fields_set:
        return
    given = {PASSED, FAILED, *(band.code for band in scheme.bands)}
    for rule in scheme.rules:
        fired = rule.then if isinstance(rule, StreakRule) else None
        if not isinstance(rule, (StreakRule, QuotaRule)):
            fired = rule.verdict
        given.update([fired] if fired is not None else [])
    for index, verdict in enumerate(scheme.verdicts):
        if verdict not in given:
            yield Finding(VERDICT_UNREACHED, ("verdicts", index), {"verdict": verdict}, _RELIES_ON)


CHECKS = (reached_verdicts,)
