"""Drafting plans that are kept: from what an evaluation calls attention to, or from a path to a grade."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Locale, NotFound, Problem
from steelyard.improvement.draft import draft_plan
from steelyard.improvement.finding import Finding
from steelyard.improvement.path import PathAnswer, PathStatus, Target
from steelyard.improvement.playbook import Advice
from steelyard.scoring import Evaluation
from steelyard.services import editions, paths, runs, unit_findings
from steelyard.services.administration.perform import refuse_problems
from steelyard.services.administration.texts import LONGEST_TITLE, text_problems
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.plans.baseline import baseline_of, evaluation_of, target_of
from steelyard.services.plans.history import entry as told_entry
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.problems import PLAN_TARGET_REACHED
from steelyard.services.plans.proposal import Proposal, chosen_findings, propose
from steelyard.services.plans.reading import plan as read_plan
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.store import plan_actions, plan_findings, plan_notes, plans, schemes, stamps
from steelyard.store.periods import PeriodRecord
from steelyard.store.plan_actions import NewAction
from steelyard.store.plan_findings import NewFinding
from steelyard.store.plans import NewPlan
from steelyard.store.runs import RunRecord
from steelyard.store.schemes import NewScheme
from steelyard.store.transaction import Writer
from steelyard.store.units import UnitRecord

Written = tuple[NewAction, tuple[str, ...]]
"""An action that somebody wrote, and the keys of the findings that it answers."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan that was drafted, and what the search for a path to its target found; None without a target.

    entry: the version of the scheme that the answer is about.
    """

    plan: Plan
    answer: PathAnswer | None
    entry: SchemeEntry


@dataclass(frozen=True, slots=True)
class _About:
    """What a plan is about: a node of a unit in a period, as the version that shows the period has it."""

    scores: Cube
    unit: UnitRecord
    period: PeriodRecord
    node: SchemeNode
    run: RunRecord | None

    @property
    def entry(self) -> SchemeEntry:
        """The scheme in that version."""
        return self.scores.entry


async def create(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    node: str | None = None,
    title: str | None = None,
    findings: Sequence[str] | None = None,
    target: Target | None = None,
    locale: Locale = "en",
) -> Drafted:
    """Draft a plan for a node of a unit, the root if left out, and keep it.

    title: its indicator and period in a language if None. findings: the keys of those that it answers; all at
    or below the node if None. target: what is to be
    reached; the actions are then those of the cheapest path to it. Where there is none, the plan has all that
    the playbook advises, and its target says how far that comes.

    Raises NotFound, Forbidden without `plan.edit` and `plan.read` on the unit, InvalidInput for unknown
    findings or a target that the node cannot have, and Conflict (PLAN_TARGET_REACHED).
    """
    if title is not None:
        refuse_problems([*text_problems("title", title)])
    about = await _about(view, actor, scope, scheme, unit, period, node)
    found, answer = await _found(view, actor, scope, about, target)
    chosen = chosen_findings(found, findings)
    if answer is not None and answer.status is PathStatus.REACHED:
        values = {"unit": unit, "node": about.node.code, "period": period}
        raise Conflict(Problem(PLAN_TARGET_REACHED, values=values))
    material = await asyncio.to_thread(_material, about, chosen, answer, about.entry.advice)
    called = _usual_title(about, locale) if title is None else title.strip()
    new = _new(about, actor, called, answer, material.baseline)
    async with view.context.database.write(scope) as writer:
        number = await _store(writer, scope, actor, about.entry, new, material.proposal)
    view.renew()
    return Drafted(await read_plan(view, actor, scope, number=number), answer, about.entry)


async def create_written(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    title: str,
    indicators: Collection[str],
    advice: Collection[str],
    write: Callable[[Sequence[NewFinding]], Sequence[Written]],
) -> str | None:
    """Keep a plan whose actions somebody wrote, for the root of a unit; its number, None if it is there.

    It is there where a plan for the same began with the title, whatever became of it since. indicators: those
    whose findings it answers. advice: codes of what the actions follow of the playbook, which says what the
    plan is to come to. write: gives the actions that answer the findings. Raises NotFound, and Forbidden
    without `plan.edit` and `plan.read` on the unit.
    """
    about = await _about(view, actor, scope, scheme, unit, period, None)
    found, _ = await _found(view, actor, scope, about, None)
    followed = [each for each in about.entry.advice if each.code in advice]
    answered = [each for each in found if each.code in indicators]
    material = await asyncio.to_thread(_material, about, answered, None, followed)
    written = write(material.proposal.findings)
    actions, links = tuple(each for each, _ in written), tuple(keys for _, keys in written)
    proposal = replace(material.proposal, actions=actions, links=links)
    new = _new(about, actor, title.strip(), None, material.baseline)
    async with view.context.database.write(scope) as writer:
        if await _is_begun(writer, scope, new):
            return None
        number = await _store(writer, scope, actor, about.entry, new, proposal)
    view.renew()
    return number


@dataclass(frozen=True, slots=True)
class _Material:
    """What a plan is made of."""

    proposal: Proposal
    baseline: Mapping[str, Any]


async def _about(
    view: View, actor: Actor, scope: Scope, scheme: str, unit: str, period: str, node: str | None
) -> _About:
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = known.period(period)
    scores = known.edition(asked)
    record = scores.unit(unit)
    for permission in (Permission.PLAN_EDIT, Permission.PLAN_READ):
        actor.require(permission, [record.id])
    run = await runs.head(view, actor, Scope(scope.tenant_id), scheme=scores.entry.code, period_id=asked.id)
    return _About(scores, record, asked, scores.entry.node(node), run)


async def _found(
    view: View, actor: Actor, scope: Scope, about: _About, target: Target | None
) -> tuple[tuple[Finding, ...], PathAnswer | None]:
    """What a plan begins with, as who sees the unit alone may be told of it: they will read the plan."""
    where: dict[str, Any] = {"scheme": about.entry.code, "unit": about.unit.code, "period": about.period.code}
    node = about.node.code
    alone = Scope(scope.tenant_id, frozenset({about.unit.id}))
    by = replace(actor, account_rights=None)
    try:
        found = await unit_findings.find(view, by, alone, **where, node=node)
        shown = alone
    except NotFound:
        # Nothing of the unit is on record for the period, so nothing of it is held against others.
        found = await unit_findings.find(view, by, scope, **where, node=node)
        shown = scope
    if target is None:
        return found, None
    return found, await paths.find(view, by, shown, **where, node=node, target=target)


def _material(
    about: _About, findings: Sequence[Finding], answer: PathAnswer | None, advice: Sequence[Advice]
) -> _Material:
    evaluation: Evaluation = evaluation_of(about.scores, about.unit, about.period)
    node = about.node.code
    rates = {
        code: repr(rate) for code in evaluation.codes if (rate := float(evaluation.rate(code)[0])) == rate
    }
    proposal = propose(
        lambda playbook: draft_plan(evaluation, 0, playbook, node), advice, findings, answer, rates
    )
    baseline = baseline_of(about.scores, evaluation, about.period, node, proposal.projected, about.run)
    return _Material(proposal, baseline)


def _new(
    about: _About, actor: Actor, title: str, answer: PathAnswer | None, baseline: Mapping[str, Any]
) -> NewPlan:
    return NewPlan(
        scheme=about.entry.code,
        scheme_id=0,
        unit_id=about.unit.id,
        period_id=about.period.id,
        node=about.node.code,
        title=title,
        target=None if answer is None else target_of(answer),
        baseline=baseline,
        created_by=actor.id,
    )


def _usual_title(about: _About, locale: Locale) -> str:
    """What a plan is called that nobody named: its indicator and period."""
    return f"{about.node.indicator.label.get(locale)} {about.period.code}"[:LONGEST_TITLE]


async def _is_begun(writer: Writer, scope: Scope, new: NewPlan) -> bool:
    """Whether a plan for the same began with the title; until the transaction ends no other does."""
    # As in `_store`, which may have a version of the scheme to record.
    await stamps.claim(writer, scope, stamps.STRUCTURE)
    await stamps.claim(writer, scope, plans.TOPIC)
    about = (new.scheme, new.unit_id, new.period_id, new.node)
    alone = Scope(scope.tenant_id, frozenset({new.unit_id}))
    same = [
        each.id
        for each in await plans.load(writer, alone)
        if (each.scheme, each.unit_id, each.period_id, each.node) == about
    ]
    begun = [
        each.after or {} for each in await plan_notes.changes(writer, scope, same) if each.what == "drafted"
    ]
    return any(told.get("fields", {}).get("title") == new.title for told in begun)


async def _store(
    writer: Writer, scope: Scope, actor: Actor, entry: SchemeEntry, new: NewPlan, proposal: Proposal
) -> str:
    version = NewScheme(entry.code, entry.scheme.version, entry.hash, entry.pack, entry.text)
    scheme = await schemes.record(writer, Scope(scope.tenant_id), version)
    await stamps.claim(writer, scope, plans.TOPIC)
    record = await plans.add(writer, scope, replace(new, scheme_id=scheme.id))
    ids = await plan_findings.add(writer, scope, record.id, proposal.findings)
    actions = await plan_actions.add(writer, scope, record.id, proposal.actions)
    links = zip(actions, proposal.links, strict=True)
    await plan_findings.link(writer, scope, [(action, ids[key]) for action, keys in links for key in keys])
    made = told_entry("drafted", 0, {}, {"title": record.title})
    await plan_notes.tell(writer, scope, record.id, [made], actor)
    return record.number
