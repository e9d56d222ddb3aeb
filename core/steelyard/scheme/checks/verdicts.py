"""Verdicts: each listed once, and every rule names one that is listed."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import FAILED, PASSED, Scheme
from steelyard.scheme.problems.rule import BASE_VERDICT_UNLISTED, DUPLICATE_VERDICT, UNKNOWN_VERDICT
from steelyard.scheme.rule import Rule, StreakRule
from steelyard.scheme.suggestion import suggested


def unique_verdicts(scheme: Scheme) -> Iterator[Finding]:
    """No verdict stands twice in the order of severity."""
    seen: set[str] = set()
    for index, verdict in enumerate(scheme.verdicts):
        if verdict in seen:
            yield Finding(DUPLICATE_VERDICT, ("verdicts", index), {"verdict": verdict})
        seen.add(verdict)


def base_verdicts_listed(scheme: Scheme) -> Iterator[Finding]:
    """Where the pass line says passed or failed, the order of severity has a place for both."""
    absent = [verdict for verdict in (PASSED, FAILED) if verdict not in scheme.verdicts]
    if absent and scheme.pass_ is not None:
        relies_on: tuple[Path, ...] = (("verdicts", ANY), ("pass",))
        yield Finding(BASE_VERDICT_UNLISTED, ("verdicts",), {"found": ", ".join(absent)}, relies_on)


def listed_verdicts(scheme: Scheme) -> Iterator[Finding]:
    """A rule fires a verdict of the list."""
    listed = dict.fromkeys(scheme.verdicts)
    for index, rule in enumerate(scheme.rules):
        for field, verdict in _fired(rule):
            if verdict not in listed:
                values = suggested(verdict, listed)
                relies_on: tuple[Path, ...] = (("verdicts", ANY),)
                yield Finding(UNKNOWN_VERDICT, ("rules", index, field), values, relies_on)


def possible_verdicts(scheme: Scheme) -> Iterator[Finding]:
    """A streak waits for a verdict that can occur: one of the list, passed, failed or a band."""
    bands = [band.code for band in scheme.bands]
    possible = dict.fromkeys([*scheme.verdicts, PASSED, FAILED, *bands])
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, StreakRule) and rule.verdict is not None and rule.verdict not in possible:
            values = suggested(rule.verdict, possible)
            relies_on: tuple[Path, ...] = (("verdicts", ANY), ("bands", ANY, "code"))
            yield Finding(UNKNOWN_VERDICT, ("rules", index, "verdict"), values, relies_on)


def _fired(rule: Rule) -> Iterator[tuple[str, str]]:
    field = "then" if isinstance(rule, StreakRule) else "verdict"
    verdict = getattr(rule, field, None)
    if verdict is not None:
        yield field, verdict


CHECKS = (unique_verdicts, base_verdicts_listed, listed_verdicts, possible_verdicts)
