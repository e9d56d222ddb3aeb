"""Sample plans of packs: kept as plans that people go on with, each once.

What a pack says and no field holds, which advice an action follows and what it is to bring, its description
says, in zh and en. Owners, days and expected effects of actions are for those who agree to the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.improvement.draft import ActionKind
from steelyard.packs import SampleAction, SamplePlan
from steelyard.services.administration.texts import LONGEST_TITLE
from steelyard.services.context import View
from steelyard.services.plans.creating import Written, create_written
from steelyard.services.plans.fields import LONGEST_DESCRIPTION
from steelyard.store.plan_actions import NewAction
from steelyard.store.plan_findings import NewFinding

ADVICE = Text("建议：{zh}", "Advice: {en}")
EFFECT = Text("预期效果：{zh}", "Expected effect: {en}")


async def load(view: View, actor: Actor, scope: Scope, sample: SamplePlan) -> bool:
    """Keep a sample plan for its unit and period, unless one was begun with it; tell whether it was kept.

    It has what the evaluation calls attention to of the indicators that its actions answer.
    Raises NotFound for a period in which nothing was measured, and Forbidden without `plan.edit` and
    `plan.read` on the unit.
    """
    advice = {code for action in sample.actions for code in action.advice}
    known = {each.code: each.title for each in view.context.entry(sample.scheme).advice}
    titles = known | {each.code: each.title for each in sample.effects}

    def write(findings: Sequence[NewFinding]) -> Sequence[Written]:
        return [(_action(each, titles), tuple(_answered(each, findings))) for each in sample.actions]

    number = await create_written(
        view,
        actor,
        scope,
        scheme=sample.scheme,
        unit=sample.unit,
        period=sample.period,
        title=_both(sample.title)[:LONGEST_TITLE],
        indicators={code for action in sample.actions for code in action.answers},
        advice=advice,
        write=write,
    )
    return number is not None


def _action(given: SampleAction, titles: Mapping[str, Text]) -> NewAction:
    lines = [*_lines(ADVICE, given.advice, titles), *_lines(EFFECT, given.effects, titles)]
    return NewAction(
        kind=ActionKind.IMPROVE.value,
        title=given.title,
        description="\n".join(lines)[:LONGEST_DESCRIPTION] or None,
        role=given.role,
        effort=given.effort,
    )


def _answered(given: SampleAction, findings: Sequence[NewFinding]) -> Iterator[str]:
    return (each.key for each in findings if each.node in given.answers)


def _lines(label: Text, codes: Iterable[str], titles: Mapping[str, Text]) -> Iterator[str]:
    """A line for each, those without a title left out: advice of a pack that is not loaded."""
    for code in codes:
        if code in titles:
            yield _both(label.format({"zh": titles[code].zh, "en": titles[code].en}))


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"
