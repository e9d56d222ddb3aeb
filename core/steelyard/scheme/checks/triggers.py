"""When a rule fires: each in one way, said completely, with numbers that make sense."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import decimal_text
from steelyard.scheme.problems.rubric import NOT_POSITIVE
from steelyard.scheme.problems.rule import (
    ADJUST_FORM,
    CAP_BELOW_ONE,
    CAP_RANGE,
    GATE_FORM,
    QUOTA_SHARES,
    STREAK_FORM,
    VETO_FORM,
)
from steelyard.scheme.quantities import number, percent
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, StreakRule, Trigger, VetoRule


def gate_form(scheme: Scheme) -> Iterator[Finding]:
    """A gate requires the children of one node, or a list of nodes."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, GateRule) and bool(rule.require.nodes) == bool(rule.require.children_of):
            path: Path = ("rules", index, "require")
            yield Finding(GATE_FORM, path, {"id": rule.id}, relies_on=(path,))


def veto_form(scheme: Scheme) -> Iterator[Finding]:
    """A veto looks at nodes and a rate, or at a measure and a number."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, VetoRule) and not _is_complete(rule.when):
            path: Path = ("rules", index, "when")
            given = [name for name in Trigger.model_fields if getattr(rule.when, name) not in (None, ())]
            values = {"id": rule.id, "found": ", ".join(given) or "–"}
            yield Finding(VETO_FORM, path, values, relies_on=(path,))


def streak_form(scheme: Scheme) -> Iterator[Finding]:
    """A streak waits for a band or for a verdict."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, StreakRule) and (rule.band is None) == (rule.verdict is None):
            path: Path = ("rules", index)
            relies_on = ((*path, "band"), (*path, "verdict"))
            yield Finding(STREAK_FORM, path, {"id": rule.id}, relies_on)


def adjust_form(scheme: Scheme) -> Iterator[Finding]:
    """`veto_at` and `verdict` of an adjustment belong together."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, AdjustRule) and (rule.veto_at is None) != (rule.verdict is None):
            given, absent = ("veto_at", "verdict") if rule.verdict is None else ("verdict", "veto_at")
            path: Path = ("rules", index, given)
            values = {"id": rule.id, "field": given, "missing": absent}
            relies_on: tuple[Path, ...] = (("rules", index, absent),)
            yield Finding(ADJUST_FORM, path, values, relies_on, at_key=True)


def adjust_limits(scheme: Scheme) -> Iterator[Finding]:
    """The counts of an adjustment's limits are above 0."""
    for index, rule in enumerate(scheme.rules):
        for field in ("at_most", "veto_at") if isinstance(rule, AdjustRule) else ():
            limit = getattr(rule, field)
            value = number(limit, scheme.parameters)
            if value is not None and value <= 0:
                values = {"field": field, "found": limit}
                yield Finding(NOT_POSITIVE, ("rules", index, field), values)


def cap_range(scheme: Scheme) -> Iterator[Finding]:
    """A veto's cap is a score from 0 to 100; one between 0 and 1 looks like a share."""
    for index, rule in enumerate(scheme.rules):
        if not isinstance(rule, VetoRule) or rule.cap is None:
            continue
        cap, path = number(rule.cap, scheme.parameters), ("rules", index, "cap")
        if cap is not None and not 0 <= cap <= 100:
            yield Finding(CAP_RANGE, path, {"found": rule.cap})
        elif cap is not None and 0 < cap < 1 and not percent(rule.cap, scheme.parameters):
            yield Finding(CAP_BELOW_ONE, path, {"found": decimal_text(cap)})


def quota_shares(scheme: Scheme) -> Iterator[Finding]:
    """The shares of a quota are not negative, and not all 0."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, QuotaRule):
            shares = [number(share, scheme.parameters) for share in rule.shares.values()]
            known = [share for share in shares if share is not None]
            if any(share < 0 for share in known) or (len(known) == len(shares) and not any(known)):
                yield Finding(QUOTA_SHARES, ("rules", index, "shares"), {"id": rule.id})


def _is_complete(trigger: Trigger) -> bool:
    nodes = (bool(trigger.any_of), trigger.rate_at_most is not None)
    measure = (trigger.measure is not None, trigger.at_least is not None)
    return (all(nodes) and not any(measure)) or (all(measure) and not any(nodes))


CHECKS = (
    gate_form,
    veto_form,
    streak_form,
    adjust_form,
    adjust_limits,
    cap_range,
    quota_shares,
)
