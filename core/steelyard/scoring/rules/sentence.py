"""Rules in words: what each looks at, when it fires and what it then does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from steelyard.errors import Text
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, Rule, StreakRule, VetoRule


def rule_sentence(rule: Rule) -> Text:
    """Say a rule in one sentence, with nodes, measures and verdicts by their codes."""
    return _SENTENCES[type(rule)](rule)


def _adjust(rule: AdjustRule) -> Text:
    zh, en = (
        f"{rule.measure} 每计 1 次，总分加 {rule.each} 分",
        f"each {rule.measure} adds {rule.each} to the total",
    )
    if rule.at_most is not None:
        zh, en = f"{zh}（最多计 {rule.at_most} 次）", f"{en} (at most {rule.at_most} counted)"
    if rule.veto_at is not None:
        zh, en = (
            f"{zh}；达 {rule.veto_at} 次判为 {rule.verdict}",
            f"{en}; {rule.veto_at} make it {rule.verdict}",
        )
    return Text(zh, en)


def _gate(rule: GateRule) -> Text:
    above = rule.require.children_of
    nodes = ", ".join(rule.require.nodes)
    zh = f"{above} 的各下级指标" if above else nodes
    en = f"every child of {above}" if above else nodes
    return Text(f"{zh} 须全部达标，否则判为 {rule.verdict}", f"{en} must pass, or it is {rule.verdict}")


def _veto(rule: VetoRule) -> Text:
    when = rule.when
    if when.measure is not None:
        zh, en = f"{when.measure} 达到 {when.at_least}", f"{when.measure} is at least {when.at_least}"
    else:
        nodes = ", ".join(when.any_of)
        zh = f"{nodes} 任一得分率不高于 {when.rate_at_most}"
        en = f"any of {nodes} is at or below {when.rate_at_most}"
    zh, en = f"{zh}，判为 {rule.verdict}", f"{en}: {rule.verdict}"
    if rule.cap is not None:
        zh, en = f"{zh}，总分不超过 {rule.cap}", f"{en}, and the score is at most {rule.cap}"
    return Text(zh, en)


def _streak(rule: StreakRule) -> Text:
    word = rule.band or rule.verdict
    return Text(
        f"连续 {rule.periods} 期为 {word}，判为 {rule.then}",
        f"{word} in {rule.periods} consecutive periods: {rule.then}",
    )


def _quota(rule: QuotaRule) -> Text:
    shares = " : ".join(f"{band} {share}" for band, share in rule.shares.items())
    zh = f"同一周期有得分的对象按得分排序，等级按 {shares} 分配，同分取较好等级"
    en = f"the units scored in a period, by score, share the bands {shares}; equal scores get the better one"
    if rule.min_group > 1:
        zh, en = f"{zh}，不足 {rule.min_group} 个时不分配", f"{en}; none below {rule.min_group} units"
    if rule.advisory:
        return Text(f"{zh}；仅供参考，不改变结果", f"{en}; advisory, it changes no result")
    return Text(f"{zh}；以分配的等级为结论", f"{en}; where it differs, that band is the verdict")


_SENTENCES: dict[type, Callable[[Any], Text]] = {
    AdjustRule: _adjust,
    GateRule: _gate,
    VetoRule: _veto,
    StreakRule: _streak,
    QuotaRule: _quota,
}
