"""One change of a plan: who may make it, in which state, and on which revision.

Whoever changes a plan or an action says which revision they saw. All changes of a tenant's plans take turns,
so that of two who saw the same the second is told what the first did.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, NotFound, Problem
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.plans import problems as p
from steelyard.services.plans.following import followed
from steelyard.services.plans.history import entry, named, since
from steelyard.services.plans.reading import find, history_in
from steelyard.store import plan_actions, plan_notes, plans, stamps
from steelyard.store.plan_actions import ActionRecord, ActionState
from steelyard.store.plans import PlanRecord, PlanState
from steelyard.store.transaction import Writer

EDITABLE = (PlanState.DRAFT, PlanState.AGREED, PlanState.IN_PROGRESS, PlanState.DONE)
"""Plans that are neither settled nor given up."""
UNDER_WAY = (PlanState.AGREED, PlanState.IN_PROGRESS, PlanState.DONE)


class Held:
    """A plan that nobody else changes meanwhile; what is changed is written into its history."""

    def __init__(
        self, writer: Writer, scope: Scope, actor: Actor, record: PlanRecord, actions: list[ActionRecord]
    ) -> None:
        self.writer, self.scope, self.actor = writer, scope, actor
        self.record = record
        self.actions = {each.number: each for each in actions}

    @property
    def is_agreed(self) -> bool:
        """Whether somebody agreed to it, so that what it promises is not changed without a reason."""
        return self.record.agreed_at is not None

    def require_state(self, *expected: PlanState) -> None:
        """Raise Conflict (PLAN_STATE) in another state."""
        if self.record.state not in expected:
            said = " / ".join(expected)
            values = {"number": self.record.number, "state": self.record.state.value, "expected": said}
            raise Conflict(Problem(p.PLAN_STATE, values=values))

    def action(self, number: int, *expected: ActionState) -> ActionRecord:
        """One of its actions, in one of these states; NotFound, Conflict (PLAN_ACTION_STATE)."""
        values: dict[str, object] = {"number": self.record.number, "action": number}
        found = self.actions.get(number)
        if found is None:
            raise NotFound(Problem(p.PLAN_ACTION_NOT_FOUND, values=values))
        if expected and found.state not in expected:
            said = {"state": found.state.value, "expected": " / ".join(expected)}
            raise Conflict(Problem(p.PLAN_ACTION_STATE, values={**values, **said}))
        return found

    async def require_revision(self, revision: int) -> None:
        """Raise Conflict (PLAN_CHANGED) with what was changed of the plan itself after `revision`."""
        if self.record.revision != revision:
            await self._refuse(p.PLAN_CHANGED, None, self.record.revision, revision)

    async def require_action_revision(self, action: ActionRecord, revision: int) -> None:
        """Raise Conflict (PLAN_ACTION_CHANGED) with what was changed of an action after `revision`."""
        if action.revision != revision:
            await self._refuse(p.PLAN_ACTION_CHANGED, action.number, action.revision, revision)

    async def change(self, what: str, values: Mapping[str, Any], reason: str = "") -> None:
        """Change columns of the plan itself."""
        before = {name: getattr(self.record, name) for name in values}
        self.record = await plans.change(self.writer, self.scope, self.record, values)
        told = entry(what, self.record.revision, before, values, reason=reason)
        await plan_notes.tell(self.writer, self.scope, self.record.id, [told], self.actor)

    async def change_action(
        self,
        action: ActionRecord,
        what: str,
        values: Mapping[str, Any],
        reason: str = "",
        *,
        beside: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> None:
        """Change columns of an action, and the plan's state where it follows.

        beside: what changes in other tables, before and after, for the history.
        """
        before = {name: getattr(action, name) for name in values}
        after = dict(values)
        for name, (old, new) in (beside or {}).items():
            before[name], after[name] = old, new
        await plan_actions.change(self.writer, self.scope, action, values)
        told = entry(what, action.revision + 1, before, after, action_id=action.id, reason=reason)
        await plan_notes.tell(self.writer, self.scope, self.record.id, [told], self.actor)
        await self.follow()

    async def follow(self) -> None:
        """Bring the plan into the state that its actions make."""
        actions = await plan_actions.load(self.writer, self.scope, [self.record.id])
        self.actions = {each.number: each for each in actions}
        state = followed(self.record.state, [each.state for each in actions])
        if state is not self.record.state:
            await self.change("followed", {"state": state})

    async def _refuse(self, kind: Any, action: int | None, found: int, given: int) -> None:
        history = await history_in(self.writer, self.scope, self.record)
        changed = named(since(history, action, given))
        values = {"number": self.record.number, "action": action, "given": given, "found": found}
        raise Conflict(Problem(kind, values={**values, "changed": changed}))


@asynccontextmanager
async def changing(
    view: View, actor: Actor, scope: Scope, number: str, needs: Permission = Permission.PLAN_EDIT
) -> AsyncIterator[Held]:
    """A transaction in which one may change a plan; NotFound, and Forbidden without `needs` on its unit.

    Who edits or agrees is told what became of the plan, so they must be able to read it, too.
    """
    async with view.context.database.write(scope) as writer:
        await stamps.claim(writer, scope, plans.TOPIC)
        record = await find(writer, scope, number)
        actor.require(needs, [record.unit_id])
        if needs is not Permission.SCORE_EVALUATE:
            actor.require(Permission.PLAN_READ, [record.unit_id])
        yield Held(writer, scope, actor, record, await plan_actions.load(writer, scope, [record.id]))
    view.renew()


async def require_not_rated(view: View, held: Held) -> None:
    """Raise Forbidden (PLAN_SELF_AGREEMENT) where the actor is rated by the scores of the plan's unit."""
    if held.record.unit_id in held.actor.rated:
        unit = (await structure.load_whole(view, held.scope)).unit_by_id(held.record.unit_id)
        values = {"unit": "" if unit is None else unit.code}
        raise Forbidden(Problem(p.PLAN_SELF_AGREEMENT, values=values))
