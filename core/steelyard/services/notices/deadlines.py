"""What time brings: actions that are due soon, overdue or unclaimed, and objections to be decided.

Each is told once: of a day that is moved, anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.notices import recording
from steelyard.services.notices.message import Message, above, title_of
from steelyard.services.notices.want import EVALUATED, NoticeKind, Want, wants_of
from steelyard.services.structure import Structure
from steelyard.store import deadlines, notices, objections, subscribers
from steelyard.store.deadlines import ActionDeadline
from steelyard.store.objections import ObjectionRecord, ObjectionState

SOON = timedelta(days=7)
"""Before its day an action is due soon."""
DECIDED_SOON = timedelta(days=3)
"""Before its day an objection is to be decided soon."""
UNCLAIMED_AFTER = timedelta(days=3)
"""From the day on which a plan was agreed to."""


async def look(view: View, scope: Scope, today: date) -> int:
    """Tell of a tenant's deadlines as of a day, if anybody wants to be told; return of how many."""
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        heard = await subscribers.load(reader, tenant)
        wanted = {want.kind for each in heard for want in wants_of(each.kinds)}
        if not wanted - EVALUATED:
            return 0
        actions = await deadlines.actions(reader, tenant, today + SOON)
        filed = await objections.load(reader, tenant, state=ObjectionState.OPEN)
    days = (await policy.current(view, tenant)).notice_days.told
    told = _Told(await structure.load_whole(view, tenant), view, today, today - timedelta(days=days))
    messages = [*told.of_actions(actions), *told.of_objections(filed)]
    async with view.context.database.read(tenant) as reader:
        known = await notices.known(reader, tenant, {each.key for each in messages})
    new = [each for each in messages if each.key not in known]
    if not new:
        return 0
    async with view.context.database.write(tenant) as writer:
        return await recording.record(writer, tenant, new)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of deadlines as of a day; of what is not after `kept` the notice may be gone again."""

    structure: Structure
    view: View
    today: date
    kept: date

    def of_actions(self, found: list[ActionDeadline]) -> Iterator[Message]:
        for each in found:
            name = f"{each.plan}/{each.number}"
            values = {"plan": each.plan, "action": each.number, "node": each.node}
            begun = each.agreed_at.date()
            if each.due is not None and each.due <= self.today + SOON and max(each.due, begun) > self.kept:
                late = each.due < self.today
                kind = NoticeKind.ACTION_OVERDUE if late else NoticeKind.ACTION_DUE
                due = each.due.isoformat()
                text = (
                    Text(
                        f"措施 {name} 应于 {due} 完成，已逾期。",
                        f"Action {name} was due on {due} and is overdue.",
                    )
                    if late
                    else Text(f"措施 {name} 应于 {due} 完成。", f"Action {name} is due on {due}.")
                )
                yield from self._message(each, kind, f"{name}/{due}", text, {**values, "due": due})
            if not each.is_claimed and self.kept < begun <= self.today - UNCLAIMED_AFTER:
                text = Text(f"措施 {name} 尚无人认领。", f"Nobody has claimed action {name}.")
                due_at = None if each.due is None else each.due.isoformat()
                yield from self._message(
                    each, NoticeKind.ACTION_UNCLAIMED, name, text, {**values, "due": due_at}
                )

    def of_objections(self, found: list[ObjectionRecord]) -> Iterator[Message]:
        for each in found:
            if not self.kept < each.decide_by <= self.today + DECIDED_SOON:
                continue
            day, late = each.decide_by.isoformat(), each.is_overdue(self.today)
            kind = NoticeKind.OBJECTION_OVERDUE if late else NoticeKind.OBJECTION_DUE
            text = (
                Text(
                    f"异议 {each.number} 应于 {day} 裁定，已逾期。",
                    f"Objection {each.number} was to be decided by {day}.",
                )
                if late
                else Text(
                    f"异议 {each.number} 应于 {day} 前裁定。",
                    f"Objection {each.number} is to be decided by {day}.",
                )
            )
            values = {"objection": each.number, "decide_by": day}
            yield from self._message(each, kind, f"{each.number}/{day}", text, values)

    def _message(
        self,
        found: ActionDeadline | ObjectionRecord,
        kind: NoticeKind,
        name: str,
        text: Text,
        values: dict[str, Any],
    ) -> Iterator[Message]:
        unit = self.structure.unit_by_id(found.unit_id)
        if unit is None:
            return
        installed = self.view.context.packs.schemes.get(found.scheme)
        who = title_of(unit)
        yield Message(
            key=f"{kind.value}/{name}",
            about=Want(kind, found.scheme),
            unit=unit,
            above=above(self.structure, unit),
            scheme=found.scheme,
            scheme_title=None if installed is None else installed.scheme.label,
            period=self.structure.period_by_id(found.period_id),
            title=Text(f"{who.zh}：{text.zh.rstrip('。')}", f"{who.en}: {text.en.rstrip('.')}"),
            text=text,
            values=values,
        )
