"""A plan as services hand it out: with the codes that people know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.access.scope import Scope
from steelyard.services.structure import Structure
from steelyard.store import plan_actions, plan_findings, plan_notes
from steelyard.store.plan_actions import ActionRecord, ActionState
from steelyard.store.plan_findings import FindingRecord
from steelyard.store.plan_notes import EvidenceRecord
from steelyard.store.plans import PlanRecord
from steelyard.store.transaction import Reader

PENDING = (ActionState.OPEN, ActionState.IN_PROGRESS)
"""The states of actions that are still to be done."""


@dataclass(frozen=True, slots=True)
class Action:
    """One step with the keys of the findings that it answers and the files that show it was done."""

    record: ActionRecord
    answers: tuple[str, ...]
    evidence: tuple[EvidenceRecord, ...]
    verified_period: str | None

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before this day."""
        due = self.record.due
        return self.record.state in PENDING and due is not None and due < on

    @property
    def is_unclaimed(self) -> bool:
        """Whether it is still to be done and nobody's."""
        return self.record.state in PENDING and self.record.owner is None


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan with what it answers and its actions by number."""

    record: PlanRecord
    unit: str
    calendar: str
    period: str
    findings: tuple[FindingRecord, ...]
    actions: tuple[Action, ...]


async def plans_of(
    reader: Reader, scope: Scope, known: Structure, records: Sequence[PlanRecord]
) -> tuple[Plan, ...]:
    """Put plans together; four statements, whatever their number."""
    ids = [each.id for each in records]
    findings = await plan_findings.load(reader, scope, ids)
    actions = await plan_actions.load(reader, scope, ids)
    links = await plan_findings.links(reader, scope, ids)
    evidence = await plan_notes.evidence(reader, scope, ids)

    def whole(each: ActionRecord) -> Action:
        files = tuple(file for file in evidence if file.action_id == each.id)
        return Action(each, links.get(each.id, ()), files, _period(known, each.verified_period_id)[1])

    return tuple(
        Plan(
            each,
            _unit(known, each.unit_id),
            *_named(known, each.period_id),
            tuple(found for found in findings if found.plan_id == each.id),
            tuple(whole(action) for action in actions if action.plan_id == each.id),
        )
        for each in records
    )


def _unit(known: Structure, id: int) -> str:
    unit = known.unit_by_id(id)
    return "" if unit is None else unit.code


def _named(known: Structure, id: int) -> tuple[str, str]:
    calendar, period = _period(known, id)
    return calendar or "", period or ""


def _period(known: Structure, id: int | None) -> tuple[str | None, str | None]:
    period = None if id is None else known.period_by_id(id)
    return (None, None) if period is None else (period.calendar, period.code)
