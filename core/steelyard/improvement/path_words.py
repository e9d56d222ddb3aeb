"""The words of paths to a grade."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.errors import Text
from steelyard.improvement.path import Path, Source
from steelyard.improvement.wording import figure
from steelyard.scheme.model import Indicator
from steelyard.scheme.number import decimal_text

REACHED = Text("目标已经达到。", "The target is reached as things are.")
OUT_OF_TIME = Text("求解超时，未得出结论。", "The search took too long and came to no end.")
NO_ADVICE = Text("措施库没有可用的建议", "the playbook has no advice that helps")
NOT_ENOUGH = Text("全部建议一并执行仍不够", "all advice together is not enough")
NAMED = 3


def unmeasured(node: Indicator, reason: Text) -> Text:
    """Why a node without a score has no path."""
    return Text(
        f"{node.label.zh}没有得分（{reason.zh}）；未测量的指标不作假设，请先测量。",
        f"{node.label.en} has no score ({reason.en}); nothing is supposed of what was not measured: "
        "measure first.",
    )


def blocked(why: Text) -> Text:
    """Why no score reaches the target."""
    return Text(f"没有路径：{why.zh}。", f"No path: {why.en}.")


def unsupported(group: Indicator) -> Text:
    """Why a tree is of no kind that paths are worked out for."""
    name = group.label
    return Text(
        f"{name.zh}的汇总方式既非算术平均也非取最低值，无法求路径。",
        f"{name.en} is combined neither by the arithmetic mean nor by the minimum: no path is worked out.",
    )


def infeasible(short: Sequence[Indicator], lacking: float | None, *, any_advice: bool) -> Text:
    """Why all advice together does not reach the target."""
    names = Text("、".join(each.label.zh for each in short), ", ".join(each.label.en for each in short))
    why = NOT_ENOUGH if any_advice else NO_ADVICE
    gap = Text("", "")
    if lacking:
        gap = Text(f"，还差 {figure(lacking)} 分", f": {figure(lacking)} points are lacking")
    return Text(
        f"{why.zh}，{names.zh}未达到要求{gap.zh}。",
        f"No path: {why.en}; {names.en} falls short{gap.en}.",
    )


def found(best: Path, needed: float | None) -> Text:
    """A path in a sentence."""
    titles = Text(
        "；".join(step.advice.title.zh for step in best.steps),
        "; ".join(step.advice.title.en for step in best.steps),
    )
    days, count = decimal_text(best.effort), len(best.steps)
    need = (
        Text("", "")
        if not needed
        else Text(f"还差 {figure(needed)} 分。", f"{figure(needed)} points are needed. ")
    )
    points = figure(best.projected.points or 0.0)
    return Text(
        f"{need.zh}最省力的路径：{count} 步，{days} 人日，预计到 {points} 分：{titles.zh}。",
        f"{need.en}The path of least effort takes {count} steps and {days} person-days "
        f"and comes to {points} points: {titles.en}.",
    )


def cheapest(sources: Sequence[Source], level: float | None, target: float | None) -> Text:
    """Where the points are cheapest to be had; empty where there is nothing to say."""
    alone = [
        source for source in sources if source.needed_points is not None and source.needed_rate is not None
    ]
    said_zh, said_en = [], []
    for source in alone[:NAMED]:
        points, full = figure(source.needed_points or 0.0), figure(source.full)
        rate = f"{figure((source.needed_rate or 0.0) * 100)}%"
        far = _beyond(source)
        said_zh.append(f"仅{source.indicator.label.zh}提高到 {points}/{full}（{rate}{far.zh}）即可")
        said_en.append(f"{source.indicator.label.en} alone would do at {points} of {full} ({rate}{far.en})")
    if level is not None and target is not None:
        shown = f"{figure(level * 100)}%"
        said_zh.append(f"各弱项都达到 {shown} 也可（{figure(target)} 分）")
        said_en.append(f"every weak leaf at {shown} would do as well ({figure(target)} points)")
    if not said_en:
        return Text("", "")
    return Text(f"{'；'.join(said_zh)}。", f" {'; '.join(said_en)}.")


def _beyond(source: Source) -> Text:
    """That a leaf would have to come further than is to be expected; empty where it would not."""
    if source.needed_rate is None or source.needed_rate <= source.bound:
        return Text("", "")
    bound = f"{figure(source.bound * 100)}%"
    return Text(f"，超出可期的 {bound}", f", beyond the {bound} to be expected")
