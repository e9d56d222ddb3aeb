"""Reports: a unit's result in a period with all that belongs beside it, to be read on paper."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.improvement.draft import Action as Advised
from steelyard.improvement.finding import Finding
from steelyard.reporting.model import (
    ActionLine,
    FindingLine,
    Moment,
    PeerLine,
    PlanPart,
    Provenance,
    Report,
    RuleLine,
    Standing,
    TreeLine,
)
from steelyard.scheme.model import FAILED, PASSED
from steelyard.scoring import RuleState, rule_sentence
from steelyard.services import peers, scorecards, trends, unit_findings, weaknesses
from steelyard.services.context import View
from steelyard.services.peers import PeerStanding, Withheld
from steelyard.services.plans import drafting, reading
from steelyard.services.plans.plan import Action, Plan
from steelyard.services.score_sheet import NodeScore, RuleResult, Scorecard
from steelyard.store.periods import PeriodState
from steelyard.store.plan_actions import ActionState
from steelyard.store.plans import PlanState
from steelyard.store.weight_sets import WeightSetRecord

MOMENTS = 12
STATES = {
    ActionState.OPEN: Text("待办", "open"),
    ActionState.IN_PROGRESS: Text("进行中", "in progress"),
    ActionState.DONE: Text("已完成", "done"),
    ActionState.VERIFIED: Text("已验证有效", "verified"),
    ActionState.NOT_EFFECTIVE: Text("未见成效", "not effective"),
    ActionState.DROPPED: Text("已取消", "dropped"),
}
ADVISED = Text("按行业指标包的建议", "As the pack advises")


async def report(view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str) -> Report:
    """Put together the report of one unit in one period; NotFound for what is not there.

    The plan is the one that was kept for that period last, for those who may see plans; else what is advised.
    """
    asked = {"scheme": scheme, "unit": unit, "period": period}
    card = await scorecards.card(view, actor, scope, **asked)
    found = await unit_findings.find(view, actor, scope, scheme=scheme, unit=unit, period=period)
    used = await scorecards.weight_set(view, actor, scope, scheme=scheme, period=period)
    return Report(
        scheme=card.entry.scheme.label,
        unit=card.unit.title,
        unit_code=card.unit.code,
        period=card.period.code,
        standing=_standing(card, (await weaknesses.find(view, actor, scope, **asked)).summary),
        rules=tuple(map(_rule, card.rules)),
        tree=tuple(map(_tree_line, card.nodes)),
        peers=await _peers(view, actor, scope, card),
        trend=await _trend(view, actor, scope, card),
        trend_line=None if card.root.line is None else card.root.line * 100,
        findings=tuple(map(_finding, found)),
        plan=await _plan(view, actor, scope, card),
        assumptions=tuple(_assumptions(card)),
        provenance=_provenance(card, used, scope),
    )


def _standing(card: Scorecard, summary: Text) -> Standing:
    root = card.root
    fired = any(rule.state is RuleState.FIRED and card.verdict not in (None, PASSED) for rule in card.rules)
    good = False if fired or card.verdict == FAILED else root.passed
    return Standing(
        verdict=card.verdict_title,
        good=good,
        band=None if root.band is None else root.band.title,
        score=root.score,
        points=root.points,
        full=root.full,
        line_points=root.line_points,
        coverage=root.coverage,
        summary=summary,
    )


def _rule(result: RuleResult) -> RuleLine:
    follows = result.rule.consequence
    return RuleLine(
        sentence=rule_sentence(result.rule),
        reason=result.reason,
        fired=result.state is RuleState.FIRED,
        consequence=None if follows is None else follows.title,
    )


def _tree_line(node: NodeScore) -> TreeLine:
    return TreeLine(
        code=node.code,
        title=node.indicator.label,
        depth=node.depth,
        full=node.full,
        points=node.points,
        rate=node.rate,
        line=node.line,
        target=node.target,
        passed=node.passed,
        outcome=node.reason_text,
        weight=node.global_weight,
        assumed=node.indicator.assumed,
    )


async def _peers(view: View, actor: Actor, scope: Scope, card: Scorecard) -> tuple[PeerLine, ...]:
    """The root and the first level among all units."""
    lines = []
    for node in (card.root, *card.root.children):
        found = await peers.standing(
            view,
            actor,
            scope,
            scheme=card.entry.code,
            unit=card.unit.code,
            period=card.period.code,
            node=node.code,
        )
        lines.append(_peer_line(node, found))
    return tuple(lines)


def _peer_line(node: NodeScore, found: PeerStanding | Withheld) -> PeerLine:
    title, score = node.indicator.label, node.score
    if isinstance(found, Withheld):
        return PeerLine(title, score, None, None, None, None, None)
    told = found.summary
    return PeerLine(
        title, score, told.count, found.rank, told.lower_quartile, told.median, told.upper_quartile
    )


async def _trend(view: View, actor: Actor, scope: Scope, card: Scorecard) -> tuple[Moment, ...]:
    """The last periods in which something was scored, gaps between them included."""
    points = await trends.trend(
        view,
        actor,
        scope,
        scheme=card.entry.code,
        unit=card.unit.code,
        until=card.period.code,
        length=MOMENTS,
    )
    first = next((at for at, point in enumerate(points) if point.score is not None), len(points))
    return tuple(Moment(point.period.code, point.score) for point in points[first:])


def _finding(found: Finding) -> FindingLine:
    return FindingLine(found.title, found.sentence, found.cost, tuple(each.title for each in found.advice))


async def _plan(view: View, actor: Actor, scope: Scope, card: Scorecard) -> PlanPart | None:
    """The plan that was kept last and not dropped, for who may see it; else the advice."""
    asked = {"scheme": card.entry.code, "unit": card.unit.code, "period": card.period.code}
    if actor.may(Permission.PLAN_READ, [card.unit.id]):
        numbers = await reading.numbers(
            view, actor, scope, scheme=card.entry.code, unit=card.unit.code, period=card.period.code
        )
        kept = await reading.whole(view, actor, scope, numbers)
        standing = [each for each in kept if each.record.state is not PlanState.DROPPED]
        if standing:
            return _kept(max(standing, key=lambda each: each.record.created_at), card)
    drafted = await drafting.draft(view, actor, scope, **asked)
    if not drafted.actions:
        return None
    return PlanPart(ADVISED, drafted.summary, True, tuple(map(_advised, drafted.actions)))


def _kept(plan: Plan, card: Scorecard) -> PlanPart:
    title = Text(plan.record.title, plan.record.title)
    done = sum(each.record.state not in (ActionState.OPEN, ActionState.IN_PROGRESS) for each in plan.actions)
    summary = Text(
        f"共 {len(plan.actions)} 项措施，其中 {done} 项已完成或取消。",
        f"{len(plan.actions)} actions, {done} of them done or dropped.",
    )
    return PlanPart(title, summary, False, tuple(_action(each, card) for each in plan.actions))


def _action(action: Action, card: Scorecard) -> ActionLine:
    record = action.record
    node = card.entry.by_code.get(record.node or "")
    effect = record.effect
    return ActionLine(
        title=record.title,
        indicator=_said(record.node) if node is None else node.indicator.label,
        owner=record.role if record.owner is None else _said(record.owner),
        due=record.due,
        effort=None if record.effort is None else float(record.effort),
        expected=None if record.expected_effect is None else float(record.expected_effect),
        state=STATES[record.state],
        effect=None if effect is None else Text(**effect["sentence"]),
    )


def _said(code: str | None) -> Text | None:
    return None if code is None else Text(code, code)


def _advised(action: Advised) -> ActionLine:
    return ActionLine(
        title=action.title,
        indicator=action.indicator.label,
        owner=action.role,
        due=None,
        effort=None if action.effort is None else float(action.effort),
        expected=None if action.expected_effect is None else float(action.expected_effect),
        state=None,
        effect=None,
    )


def _assumptions(card: Scorecard) -> tuple[Text, ...]:
    """What the scheme says of its own assumptions, each once."""
    scheme = card.entry.scheme
    notes = [scheme.note] if scheme.assumed else []
    notes += [node.indicator.note for node in card.entry.nodes if node.indicator.assumed]
    return tuple(dict.fromkeys(note for note in notes if note is not None))


def _provenance(card: Scorecard, used: WeightSetRecord | None, scope: Scope) -> Provenance:
    closed = card.period.state is PeriodState.CLOSED
    # What is shown of an open period may be newer than its last run.
    run = card.run if closed else None
    return Provenance(
        scheme=card.entry.code,
        version=card.entry.scheme.version,
        scheme_hash=card.entry.hash,
        weight_set=None if used is None else used.number,
        revision=None if run is None else run.revision,
        result_hash=None if run is None else run.result_hash,
        provisional=not closed,
        withheld=closed and scope.unit_ids is not None,
    )
