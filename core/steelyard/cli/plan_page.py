"""What commands show of a plan: how far it is, its actions, its findings, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from steelyard.cli import states
from steelyard.cli.listing import Row, term
from steelyard.cli.page import Block, Grid, Heading, Lines
from steelyard.cli.rounding import percent
from steelyard.errors import Locale, Text
from steelyard.services.plans.history import FieldChange, PlanChange, shown
from steelyard.services.plans.plan import Action, Plan

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
STATUSES = {
    "found": Text("有达标路径", "found"),
    "infeasible": Text("全部建议仍不足", "infeasible"),
    "unsupported": Text("该体系无法求路径", "unsupported"),
    "unmeasured": Text("没有得分", "unmeasured"),
    "undecided": Text("未能求出", "undecided"),
}
CHANGES = {
    "drafted": Text("编制", "drafted"),
    "edited": Text("修改", "edited"),
    "agreed": Text("批准", "agreed"),
    "dropped": Text("放弃", "dropped"),
    "added": Text("新增措施", "added"),
    "begun": Text("开始措施", "begun"),
    "done": Text("完成措施", "done"),
    "reopened": Text("重新打开措施", "reopened"),
    "evidence_added": Text("添加证明材料", "evidence added"),
    "evidence_removed": Text("移除证明材料", "evidence removed"),
    "measured": Text("测量措施效果", "measured"),
    "judged": Text("判定措施效果", "judged"),
    "followed": Text("随措施变化", "followed"),
}
FIELDS = {
    "title": Text("标题", "title"),
    "state": Text("状态", "state"),
    "kind": Text("类型", "kind"),
    "node": Text("指标", "indicator"),
    "advice": Text("建议", "advice"),
    "description": Text("说明", "description"),
    "role": Text("角色", "role"),
    "owner": Text("负责人", "owner"),
    "due": Text("期限", "due"),
    "effort": Text("人日", "person-days"),
    "expected_effect": Text("预期效果", "expected effect"),
    "baseline_rate": Text("编制时得分率", "rate when it was made"),
    "answers": Text("对应弱项", "answers"),
    "evidence": Text("证明材料", "evidence"),
    "measured": Text("测量结果", "measured"),
}
FINDINGS = Text("弱项", "Findings")
HISTORY = Text("历史", "History")
EFFECT = Text("措施 {number}（{period}）：{sentence}", "Action {number} ({period}): {sentence}")


def plan_row(plan: Plan) -> Row:
    """A plan in a list."""
    live = [each for each in plan.actions if each.record.state != "dropped"]
    today = datetime.now(UTC).date()
    return {
        "number": plan.record.number,
        "unit": plan.unit,
        "scheme": plan.record.scheme,
        "period": plan.period,
        "title": plan.record.title,
        "state": term(plan.record.state, states.PLAN),
        "revision": plan.record.revision,
        "actions": len(live),
        "overdue": sum(each.is_overdue(today) for each in live),
        "unclaimed": sum(each.is_unclaimed for each in live),
    }


def plan_blocks(plan: Plan, locale: Locale, *, findings: bool = True) -> Iterator[Block]:
    """The page of a plan, with or without what it answers."""
    record, state = plan.record, states.PLAN[plan.record.state].get(locale)
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
        yield AIM.format({**values, "status": _status(target["status"], locale)}).get(locale)
    yield PROJECTED.format({"points": _short(base["projected"]["points"])}).get(locale)
    efforts = [
        each.record.effort
        for each in plan.actions
        if each.record.effort is not None and each.record.state != "dropped"
    ]
    if efforts:
        yield COST.format({"days": f"{float(sum(efforts)):g}"}).get(locale)


def _status(code: str, locale: Locale) -> str:
    return STATUSES[code].get(locale) if code in STATUSES else code


def _action(each: Action, locale: Locale) -> list[str]:
    record = each.record
    due = "" if record.due is None else record.due.isoformat()
    late = f" {OVERDUE.get(locale)}" if each.is_overdue(datetime.now(UTC).date()) else ""
    return [
        str(record.number),
        str(record.revision),
        states.ACTION[record.state].get(locale),
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
    what = CHANGES[each.what].get(locale) if each.what in CHANGES else each.what
    where = "" if each.action is None else f" {each.action}"
    fields = "; ".join(_field(one, locale) for one in each.fields)
    why = "" if each.reason is None else f" ({each.reason})"
    return f"{each.changed_at:%Y-%m-%d %H:%M} {each.changed_by}: {what}{where} {fields}{why}".rstrip()


def _field(change: FieldChange, locale: Locale) -> str:
    name = FIELDS[change.field].get(locale) if change.field in FIELDS else change.field
    before, after = (_said(change.field, value, locale) for value in (change.before, change.after))
    return f"{name}: {before} → {after}"


def _said(field: str, value: Any, locale: Locale) -> str:
    if field == "state" and value in states.PLAN:
        return states.PLAN[value].get(locale)
    return str(value[locale]) if isinstance(value, dict) and locale in value else shown(value)


def _short(number: str | None) -> str:
    return "–" if number is None else f"{float(number):.6g}"
