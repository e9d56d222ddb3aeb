"""A draft plan: for each weak point what the playbook advises, and measuring for what was not measured.

The effect of advice is a share of its indicator's full mark.  For a group it raises every weak leaf below.
What that is worth is found by supposing it (`supposition`), alone for each action and together for the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from steelyard.errors import Text
from steelyard.improvement.playbook import Advice
from steelyard.improvement.projection import Projection, projections
from steelyard.improvement.supposition import exact_rates, suppose
from steelyard.improvement.weaknesses import FULL, Diagnosis, WeakPoint, diagnose, gains
from steelyard.improvement.wording import figure
from steelyard.scheme.model import Indicator
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.tree import Node

MEASURE_TITLE = Text("测量“{zh}”，取得数据", "Measure “{en}” and record the data")


class ActionKind(StrEnum):
    """What an action is for."""

    IMPROVE = "improve"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Action:
    """One step of a draft plan.

    gain: points at the plan's node; for a measuring action those at stake, that is what full marks would
    add. expected_effect: what is added to the indicator's rate. effort: person-days. weak_points: the leaves
    it answers. points_after: the node's points after this and all improving actions before it, None where it
    has no score then.
    """

    kind: ActionKind
    indicator: Indicator
    title: Text
    gain: float
    weak_points: tuple[str, ...]
    advice: Advice | None = None
    points_after: float | None = None

    @property
    def expected_effect(self) -> Fraction | None:
        """What the advice is expected to add to the indicator's rate."""
        return None if self.advice is None else self.advice.expected_effect

    @property
    def effort(self) -> Fraction | None:
        """Person-days; unknown for measuring."""
        return None if self.advice is None else self.advice.effort

    @property
    def role(self) -> Text | None:
        """Who usually owns it; unknown for measuring."""
        return None if self.advice is None else self.advice.role


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """Actions by gain, the largest first; equal gains by effort, then in the order of the tree.

    without_advice: weak points that the playbook says nothing about.
    projected: with all improving actions together; nothing is supposed of what was not measured.
    """

    diagnosis: Diagnosis
    actions: tuple[Action, ...]
    without_advice: tuple[WeakPoint, ...]
    projected: Projection
    summary: Text


def draft_plan(
    evaluation: Evaluation, row: int, playbook: Sequence[Advice], node: str | None = None
) -> DraftPlan:
    """Draft a plan for one row and a node of it, the root if left out; KeyError for an unknown code."""
    return _Drafting(evaluation, row, playbook, diagnose(evaluation, row, node)).plan()


class _Drafting:
    """One plan in the making."""

    def __init__(
        self, evaluation: Evaluation, row: int, playbook: Sequence[Advice], diagnosis: Diagnosis
    ) -> None:
        self._evaluation, self._row, self._playbook, self._diagnosis = evaluation, row, playbook, diagnosis
        self._tree = evaluation.trees[int(evaluation.tree_of[row])]
        self._node = self._tree.nodes[evaluation.index[diagnosis.code]]
        self._rates = exact_rates(evaluation, row)
        self._weak = {point.code: point for point in diagnosis.weak}

    def plan(self) -> DraftPlan:
        """Put the actions together."""
        improving = self._improving()
        actions = sorted([*improving, *self._measuring()], key=self._order)
        steps = [action.advice for action in actions if action.advice is not None]
        projections = self._projections([steps[:count] for count in range(len(steps) + 1)])
        answered = {code for action in improving for code in action.weak_points}
        unanswered = tuple(point for point in self._diagnosis.weak if point.code not in answered)
        return DraftPlan(
            diagnosis=self._diagnosis,
            actions=_with_points(actions, projections),
            without_advice=unanswered,
            projected=projections[-1],
            summary=_summary(self._diagnosis, len(improving), projections[-1]),
        )

    def _improving(self) -> list[Action]:
        useful = [(advice, self._answered(advice.indicator)) for advice in self._playbook]
        useful = [(advice, leaves) for advice, leaves in useful if leaves]
        gained = gains(
            self._evaluation, self._row, self._node, [self._effect([advice]) for advice, _ in useful]
        )
        return [
            Action(ActionKind.IMPROVE, self._indicator(advice.indicator), advice.title, gain, leaves, advice)
            for (advice, leaves), gain in zip(useful, gained, strict=True)
        ]

    def _measuring(self) -> list[Action]:
        return [
            Action(
                ActionKind.MEASURE,
                point.indicator,
                MEASURE_TITLE.format({"zh": point.indicator.label.zh, "en": point.indicator.label.en}),
                point.gain,
                (point.code,),
            )
            for point in self._diagnosis.unmeasured
        ]

    def _answered(self, indicator: str) -> tuple[str, ...]:
        """The weak leaves at or below an indicator; none for one that is not in the tree."""
        if indicator not in self._evaluation.index:
            return ()
        below = self._indicator(indicator).walk()
        return tuple(each.code for each in below if each.code in self._weak)

    def _indicator(self, code: str) -> Indicator:
        return self._at(code).indicator

    def _at(self, code: str) -> Node:
        return self._tree.nodes[self._evaluation.index[code]]

    def _effect(self, advice: Sequence[Advice]) -> dict[str, Fraction]:
        """The leaves' rates with some advice followed: added up, and no more than full marks."""
        rates: dict[str, Fraction] = {}
        for each in advice:
            for leaf in self._answered(each.indicator):
                rate = rates.get(leaf, self._rates[leaf]) + each.expected_effect
                rates[leaf] = min(rate, FULL)
        return rates

    def _projections(self, steps: Sequence[Sequence[Advice]]) -> list[Projection]:
        supposed = suppose(self._evaluation, self._row, [self._effect(advice) for advice in steps])
        return projections(supposed, self._node.code)

    def _order(self, action: Action) -> tuple[float, Fraction, int, str]:
        index = self._at(action.indicator.code).index
        code = "" if action.advice is None else action.advice.code
        return -action.gain, action.effort or Fraction(0), index, code


def _with_points(actions: Sequence[Action], projections: Sequence[Projection]) -> tuple[Action, ...]:
    """Say beside each action what the node has after it."""
    done, result = 0, []
    for action in actions:
        done += action.advice is not None
        result.append(replace(action, points_after=projections[done].points))
    return tuple(result)


def _summary(diagnosis: Diagnosis, count: int, projected: Projection) -> Text:
    if not count or projected.points is None:
        return diagnosis.summary
    points, score = figure(projected.points), figure(projected.score or 0.0)
    reached: Mapping[bool | None, Text] = {
        True: Text("，达到及格线", ", which reaches the pass line"),
        False: Text("，仍未达到及格线", ", which does not reach the pass line"),
        None: Text("", ""),
    }
    end = reached[projected.passed]
    return Text(
        f"{diagnosis.summary.zh}按措施库的 {count} 项建议预计可到 {points} 分（{score}%）{end.zh}。",
        f"{diagnosis.summary.en} With the playbook's advice ({count}) it is expected to reach "
        f"{points} points ({score}%){end.en}.",
    )
