"""What commands show of a plan: how far it is, its actions, its findings, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from steelyard.cli.listing import Row
from steelyard.cli.page import Block, Grid, Heading, Lines
from steelyard.cli.rounding import percent
from steelyard.errors import Locale, Text
from steelyard.services.plans.history import PlanChange, shown
from steelyard.services.plans.plan import Action, Plan

STATES = {
    "draft": Text("草案", "draft"),
    "agreed": Text("已批准", "agreed"),
    "open": Text("待办", "open"),
    "in_progress": Text("进行中", "in progress"),
    "done": Text("已完成", "done"),
    "verified": Text("已验证有效", "verified"),
    "not_effective": Text("无效", "not effective"),
    "dropped": Text("已放弃", "dropped"),
}
ACTION_HEADS = (
    Text("编号", "No."),
    Text("版次", "Rev."),
    Text("状态", "State"),
    Text("措施", "Action"),
    Text("指标", "Indicator"),
    Text("负责人", "Owner"),
    Text("期限", "Due"),
    Text("人日", "Days"),
    Text("预期", "Effect"),
)
STOOD = Text("编制时：{points} / {full} 分", "When it was made: {points} of {full} points")
PROJECTED = Text("预计：{points} 分", "Expected: {points} points")
AIM = Text(
    "目标：{points} 分，缺 {needed} 分（{status}）", "Target: {points} points, {needed} lacking ({status})"
)
COST = Text("投入：{days} 人日", "Effort: {days} person-days")
OVERDUE = Text("逾期", "overdue")
NOBODY = Text("无人", "nobody")
FINDINGS = Text("弱项", "Findings")
HISTORY = Text("历史", "History")
EFFECT = Text("措施 {number}（{period}）：{sentence}", "Action {number} ({period}): {sentence}")


def plan_row(plan: Plan, locale: Locale) -> Row:
    """A plan in a list."""
    live = [each for each in plan.actions if each.record.state != "dropped"]
    today = datetime.now(UTC).date()
    return {
        "number": plan.record.number,
        "unit": plan.unit,
        "scheme": plan.record.scheme,
        "period": plan.period,
        "title": plan.record.title,
        "state": STATES[plan.record.state].get(locale),
        "revision": plan.record.revision,
        "actions": len(live),
        "overdue": sum(each.is_overdue(today) for each in live),
        "unclaimed": sum(each.is_unclaimed for each in live),
    }


def plan_blocks(plan: Plan, locale: Locale, *, findings: bool = True) -> Iterator[Block]:
    """The page of a plan, with or without what it answers."""
    record, state = plan.record, STATES[plan.record.state].get(locale)
    yield Heading(1, f"{record.number} · {record.title} · {state} · {record.revision}")
    yield Lines([f"{plan.unit} · {record.scheme} · {record.node} · {plan.period}", *_figures(plan, locale)])
    rows = [_action(each, locale) for each in plan.actions]
    yield Grid([head.get(locale) for head in ACTION_HEADS], rows)
    effects = [_effect(each, locale) for each in plan.actions if each.record.effect is not None]
    if effects:
        yield Lines(effects)
    if plan.findings and findings:
        yield Heading(2, FINDINGS.get(locale))
        yield Lines([f"{each.key}: {each.sentence.get(locale)}" for each in plan.findings])


def history_blocks(history: tuple[PlanChange, ...], locale: Locale) -> Iterator[Block]:
    """What was changed of a plan."""
    yield Heading(2, HISTORY.get(locale))
    yield Lines([_change(each, locale) for each in history])


def _figures(plan: Plan, locale: Locale) -> Iterator[str]:
    base = plan.record.baseline
    yield STOOD.format({"points": _short(base["points"]), "full": _short(base["full"])}).get(locale)
    target = plan.record.target
    if target is not None:
        values = {"points": _short(target["points"]), "needed": _short(target["needed"])}
        yield AIM.format({**values, "status": target["status"]}).get(locale)
    yield PROJECTED.format({"points": _short(base["projected"]["points"])}).get(locale)
    efforts = [
        each.record.effort
        for each in plan.actions
        if each.record.effort is not None and each.record.state != "dropped"
    ]
    if efforts:
        yield COST.format({"days": f"{float(sum(efforts)):g}"}).get(locale)


def _action(each: Action, locale: Locale) -> list[str]:
    record = each.record
    due = "" if record.due is None else record.due.isoformat()
    late = f" {OVERDUE.get(locale)}" if each.is_overdue(datetime.now(UTC).date()) else ""
    return [
        str(record.number),
        str(record.revision),
        STATES[record.state].get(locale),
        record.title.get(locale),
        record.node or "",
        record.owner or (NOBODY.get(locale) if each.is_unclaimed else ""),
        due + late,
        "" if record.effort is None else f"{float(record.effort):g}",
        "" if record.expected_effect is None else f"+{percent(float(record.expected_effect))}%",
    ]


def _effect(each: Action, locale: Locale) -> str:
    told: Mapping[str, Any] = each.record.effect or {}
    sentence = told.get("sentence", {}).get(locale, "")
    values = {"number": each.record.number, "period": each.verified_period or "", "sentence": sentence}
    return EFFECT.format(values).get(locale)


def _change(each: PlanChange, locale: Locale) -> str:
    where = "" if each.action is None else f" {each.action}"
    fields = "; ".join(
        f"{one.field}: {_said(one.before, locale)} → {_said(one.after, locale)}" for one in each.fields
    )
    why = "" if each.reason is None else f" ({each.reason})"
    return f"{each.changed_at:%Y-%m-%d %H:%M} {each.changed_by}: {each.what}{where} {fields}{why}".rstrip()


def _said(value: Any, locale: Locale) -> str:
    return str(value[locale]) if isinstance(value, dict) and locale in value else shown(value)


def _short(number: str | None) -> str:
    return "–" if number is None else f"{float(number):.6g}"
