"""The words of findings: what is amiss in a title, and the evidence in a sentence."""

from __future__ import annotations

from steelyard.errors import Text
from steelyard.improvement.finding import EarlierRate, PeerFigures
from steelyard.improvement.wording import figure
from steelyard.scheme.model import Indicator
from steelyard.scheme.rule import Rule

Words = tuple[Text, Text]
"""Title and sentence."""


def percent(rate: float) -> str:
    """A rate in percent."""
    return f"{figure(rate * 100)}%"


def below_line(indicator: Indicator, rate: float, full: float, line: float) -> Words:
    """A node below its pass line."""
    name, short = indicator.label, figure((line - rate) * full)
    got, shown, wanted = f"{figure(rate * full)}/{figure(full)}", percent(rate), percent(line)
    return (
        Text(f"{name.zh}低于及格线", f"{name.en} is below its pass line"),
        Text(
            f"{name.zh}得 {got} 分（{shown}），低于及格线 {wanted}，差 {short} 分。",
            f"{name.en} has {got} points ({shown}), below its pass line of {wanted}: {short} short.",
        ),
    )


def falling(indicator: Indicator, rate: float, earlier: EarlierRate) -> Words:
    """A node that lost against an earlier period."""
    name, now, before = indicator.label, percent(rate), percent(earlier.rate)
    return (
        Text(f"{name.zh}下降", f"{name.en} is falling"),
        Text(
            f"{name.zh}的得分率由 {earlier.period} 的 {before} 降至 {now}。",
            f"{name.en} fell from {before} in {earlier.period} to {now}.",
        ),
    )


def behind_peers(indicator: Indicator, rate: float, peers: PeerFigures) -> Words:
    """A node far below comparable units."""
    name, now = indicator.label, percent(rate)
    median, quartile = percent(peers.median), percent(peers.lower_quartile)
    return (
        Text(f"{name.zh}明显落后于同类", f"{name.en} is far behind its peers"),
        Text(
            f"{name.zh}的得分率为 {now}；{peers.count} 个同类对象的中位数为 {median}，"
            f"四分之三达到 {quartile}。",
            f"{name.en} has {now}; the median of {peers.count} comparable units is {median}, and three "
            f"quarters of them have {quartile} or more.",
        ),
    )


def not_measured(indicator: Indicator, reason: Text, stake: float) -> Words:
    """A leaf without a value."""
    name, points = indicator.label, figure(stake)
    return (
        Text(f"{name.zh}未测量", f"{name.en} is not measured"),
        Text(
            f"{name.zh}没有得分（{reason.zh}），涉及最多 {points} 分。",
            f"{name.en} has no score ({reason.en}); up to {points} points are at stake.",
        ),
    )


def rule_fired(rule: Rule, reason: Text, took: float | None, verdict: str | None) -> Words:
    """A rule that fired, what it took and what follows."""
    said = Text(f"{reason.zh}。", f"{reason.en}.")
    if verdict is not None:
        said = _and(said, Text(f"判定为 {verdict}。", f"Its verdict is {verdict}."))
    if took:
        said = _and(
            said, Text(f"总分因此少 {figure(took)} 分。", f"It took {figure(took)} points of the whole.")
        )
    if rule.consequence is not None:
        title, days = rule.consequence.title, rule.consequence.deadline_days
        due = Text("", "") if days is None else Text(f"，{days} 天内", f", within {days} days")
        said = _and(said, Text(f"后续：{title.zh}{due.zh}。", f"What follows: {title.en}{due.en}."))
    return Text(f"规则 {rule.id} 触发", f"The rule {rule.id} fired"), said


def low_coverage(indicator: Indicator, coverage: float, wanted: float) -> Words:
    """Too little measured below a node."""
    name, found, limit = indicator.label, percent(coverage), percent(wanted)
    return (
        Text(f"{name.zh}数据覆盖率不足", f"Too little of {name.en} was measured"),
        Text(
            f"{name.zh}的数据覆盖率为 {found}，应达到 {limit}。",
            f"{found} of {name.en} was measured by weight; {limit} is wanted.",
        ),
    )


def _and(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, f"{first.en} {second.en}")
