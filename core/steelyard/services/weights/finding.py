"""Finding: weights by a method for the children of groups, to be drafted with how they were obtained."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from steelyard import weighting as w
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.scoring import Overlay, Tree, build_tree
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.trends import series
from steelyard.services.weights import problems as p
from steelyard.services.weights import sets
from steelyard.services.weights.back_test import last_periods
from steelyard.services.weights.compared import doubts, judges_of
from steelyard.services.weights.obtained import Obtained, PastUse, method_of, read_steps
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.wanted import (
    ByComparisons,
    ByHand,
    ByRatio,
    Equal,
    FromPast,
    Wanted,
    group_problems,
)
from steelyard.weighting import Weighting
from steelyard.weighting.decimals import settle
from steelyard.weighting.details import ByHand as SetByHand
from steelyard.weighting.problems import NOT_OF_THE_GROUP

_WHOLE = Fraction(100)
_Past = tuple[w.PastRates, PastUse]


@dataclass(frozen=True, slots=True)
class FoundWeights:
    """Weights that were found, group by group, and `method`: what a draft keeps of how, None for nothing."""

    entry: SchemeEntry
    steps: tuple[Obtained, ...]
    method: Mapping[str, Any] | None

    @property
    def weights(self) -> tuple[ProposedWeight, ...]:
        """What is to be drafted or tried."""
        return tuple(
            ProposedWeight(node, weight)
            for step in self.steps
            for node, weight in step.weighting.weights.items()
        )

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at before the weights are used; the places are groups' codes."""
        return tuple(
            replace(warning, place=Place(field=step.group))
            for step in self.steps
            for warning in (*step.weighting.warnings, *doubts(step.weighting))
        )


async def find(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    wanted: Sequence[Wanted],
    base: int = sets.SCHEMES_OWN,
) -> FoundWeights:
    """Find weights for groups of a scheme; nothing is stored.

    base: the number of the set, 0 for the scheme's own, that the weights are to be laid over: who keeps a
    proportion keeps that of `base`, and `method` goes on from its. Past rates are those of the units that the
    actor sees. Raises InvalidInput with all problems (their places begin with `groups.<index>`), NotFound,
    and Forbidden without `weights.propose`.
    """
    entry = view.context.entry(scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    record = None if base == sets.SCHEMES_OWN else await sets.find(view, actor, scope, scheme, base)
    if not wanted:
        raise InvalidInput(Problem(p.WEIGHT_NONE, Place(field="groups")))
    if problems := list(group_problems(entry, wanted)):
        raise InvalidInput(problems)
    asked = {each.group: each.how for each in wanted if isinstance(each.how, FromPast)}
    scores = await editions.load(view, scope, entry) if asked else None
    pasts = {} if scores is None else {group: _past(scores, group, how) for group, how in asked.items()}
    laid = Overlay({} if record is None else record.weights)
    before = build_tree(entry.scheme, overlay=laid, rubrics=entry.rubrics)
    steps = await asyncio.to_thread(_all, before, pasts, wanted)
    kept = read_steps(None if record is None else record.method)
    return FoundWeights(entry, steps, method_of(gone_on(entry, kept, steps)))


def gone_on(entry: SchemeEntry, kept: Sequence[Obtained], steps: Sequence[Obtained]) -> tuple[Obtained, ...]:
    """Kept steps and those after them, without what these make void: all before the whole group was set."""
    void = {
        step.group for step in steps if step.group in entry.by_code and step.determines(_codes(entry, step))
    }
    return (*(step for step in kept if step.group not in void), *steps)


def _codes(entry: SchemeEntry, step: Obtained) -> Sequence[str]:
    return entry.by_code[step.group].children


def _all(before: Tree, pasts: Mapping[str, _Past], wanted: Sequence[Wanted]) -> tuple[Obtained, ...]:
    steps: list[Obtained] = []
    problems: list[Problem] = []
    for at, each in enumerate(wanted):
        try:
            steps.append(_step(before, pasts, each))
        except InvalidInput as error:
            problems += (_below(f"groups.{at}", problem) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)
    return tuple(steps)


def _step(before: Tree, pasts: Mapping[str, _Past], wanted: Wanted) -> Obtained:
    below = [before.nodes[at] for at in before.nodes[before.index(wanted.group)].children]
    codes = [child.code for child in below]
    how, past = wanted.how, None
    match how:
        case Equal():
            found = w.equal(codes)
        case ByRatio():
            found = w.by_ratio(codes, how.ratio)
        case ByHand():
            found = _by_hand({child.code: child.weight for child in below}, how)
        case ByComparisons():
            found = w.ahp(judges_of(codes, how.judges), aggregation=how.aggregation, table=how.table)
        case FromPast():
            rates, past = pasts[wanted.group]
            found = (w.by_entropy if how.method == "entropy" else w.by_critic)(rates)
    return Obtained(group=wanted.group, weighting=found, past=past)


def _by_hand(before: Mapping[str, Fraction], how: ByHand) -> Weighting:
    """Weights as they were written; of those not given the old ones, or the old proportion."""
    if not how.given:
        raise InvalidInput(Problem(p.WEIGHT_NONE))
    if wrong := [each for each in how.given if each not in before]:
        known = ", ".join(before)
        raise InvalidInput(
            Problem(NOT_OF_THE_GROUP, Place(field=code), {"node": code, "known": known}) for code in wrong
        )
    whole = len(how.given) == len(before)
    if how.form == "percent":
        if whole:
            return w.by_percent(how.given)
        scaled = settle(before, _WHOLE) if any(before.values()) else before
        found = w.keep_in_proportion(scaled, {code: _bare(text) for code, text in how.given.items()})
        written = SetByHand(form="in_proportion", given=dict(how.given), before=dict(scaled))
        return Weighting(weights=found.weights, details=written)
    if how.keep_proportion and not whole:
        return w.keep_in_proportion(before, how.given)
    # The others stand beside, so that a single weight may be 0.
    read = w.by_points({**{code: decimal_text(weight) for code, weight in before.items()}, **how.given})
    return Weighting(
        weights={code: read.weights[code] for code in how.given},
        details=SetByHand(form="points", given=dict(how.given)),
    )


def _bare(text: str) -> str:
    return text.strip().removesuffix("%")


def _past(scores: Cube, group: str, how: FromPast) -> _Past:
    """The rates of a group's children, a row for each unit in each period."""
    codes = scores.entry.by_code[group].children
    chosen = last_periods(scores, scores.period(how.until), how.periods)
    nodes = [scores.entry.by_code[code] for code in codes]
    return (
        w.PastRates(
            codes, np.concatenate(series(scores, scores.units, nodes, chosen).transpose(2, 0, 1) / 100)
        ),
        PastUse(
            calendar=chosen[0].calendar,
            periods=tuple(each.code for each in chosen),
            units=len(scores.units),
            all_units=scores.is_whole,
        ),
    )


def _below(place: str, problem: Problem) -> Problem:
    """The problem as one of a part of what was asked; what stands in a file is found there."""
    if problem.place.file is not None:
        return problem
    field = f"{place}.{problem.place.field}" if problem.place.field else place
    return replace(problem, place=replace(problem.place, field=field))
