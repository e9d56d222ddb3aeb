"""Proposals: which actions answer chosen findings, or lead to a grade, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.improvement.draft import Action, ActionKind, DraftPlan
from steelyard.improvement.finding import Finding, FindingKind
from steelyard.improvement.path import PathAnswer
from steelyard.improvement.playbook import Advice
from steelyard.improvement.projection import Projection
from steelyard.services.plans.problems import PLAN_FINDING_UNKNOWN
from steelyard.services.problems import near
from steelyard.store.plan_actions import NewAction
from steelyard.store.plan_findings import NewFinding

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a plan is to begin with; `links`: for each action the keys of the findings that it answers."""

    findings: tuple[NewFinding, ...]
    actions: tuple[NewAction, ...]
    links: tuple[tuple[str, ...], ...]
    projected: Projection


def chosen_findings(found: Sequence[Finding], keys: Sequence[str] | None) -> tuple[Finding, ...]:
    """The findings of these keys, all if None; InvalidInput (PLAN_FINDING_UNKNOWN) for others."""
    if keys is None:
        return tuple(found)
    by_key = {each.key: each for each in found}
    listed = ", ".join(list(by_key)[:_NAMED]) + " …" * (len(by_key) > _NAMED) or "–"
    asked = dict.fromkeys(keys)
    unknown = [key for key in asked if key not in by_key]
    if unknown:
        raise InvalidInput(
            Problem(PLAN_FINDING_UNKNOWN, Place(field="findings"), {**near(key, by_key), "known": listed})
            for key in unknown[:_NAMED]
        )
    return tuple(each for each in found if each.key in asked)


def propose(
    redraft: Callable[[Sequence[Advice]], DraftPlan],
    playbook: Sequence[Advice],
    findings: Sequence[Finding],
    answer: PathAnswer | None,
    rates: Mapping[str, str],
) -> Proposal:
    """Choose the actions that answer findings; of a path to a grade those that it takes.

    redraft: drafts a plan with a part of the playbook. rates: as they stand, by node, decimal text. Where
    there is no path to the target, all advice is taken: that is the most there is, and the target says so.
    """
    path = None if answer is None else answer.best
    if path is not None:
        draft = redraft([step.advice for step in path.steps])
        actions = tuple(each for each in draft.actions if each.kind is ActionKind.IMPROVE)
        projected = path.projected
    else:
        draft = redraft([each for each in playbook if any(each in found.advice for found in findings)])
        actions = tuple(each for each in draft.actions if _is_meant(each, findings))
        projected = draft.projected
    return Proposal(
        findings=tuple(map(_finding, findings)),
        actions=tuple(_action(each, rates) for each in actions),
        links=tuple(tuple(_answered(each, findings)) for each in actions),
        projected=projected,
    )


def _is_meant(action: Action, findings: Sequence[Finding]) -> bool:
    return action.kind is ActionKind.IMPROVE or any(_answered(action, findings))


def _answered(action: Action, findings: Sequence[Finding]) -> Iterator[str]:
    """The findings that an action answers: those for which the playbook advises it, or that lack a value."""
    for each in findings:
        if action.kind is ActionKind.MEASURE:
            if each.kind is FindingKind.NOT_MEASURED and each.code == action.indicator.code:
                yield each.key
        elif each.kind is not FindingKind.NOT_MEASURED and action.advice in each.advice:
            yield each.key


def _finding(found: Finding) -> NewFinding:
    rule = found.key.partition(":")[2] if found.kind is FindingKind.RULE_FIRED else None
    cost = None if found.cost is None else repr(found.cost)
    return NewFinding(found.key, found.kind.value, found.code, rule, found.title, found.sentence, cost)


def _action(each: Action, rates: Mapping[str, str]) -> NewAction:
    code = each.indicator.code
    return NewAction(
        kind=each.kind.value,
        title=each.title,
        node=code,
        advice=None if each.advice is None else each.advice.code,
        role=each.role,
        effort=each.effort,
        expected_effect=each.expected_effect,
        baseline_rate=None if code not in rates else Fraction(rates[code]),
    )
