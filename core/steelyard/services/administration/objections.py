"""The deeds of objections: filed by the rated, withdrawn, and decided on by somebody else."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, Place, Problem, Text
from steelyard.services.administration import objection_problems as p
from steelyard.services.administration import policy
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.objection_state import OBJECTION, find_objection, require_open
from steelyard.services.administration.own_rating import require_not_rated_there
from steelyard.services.administration.period_state import find_period
from steelyard.services.administration.texts import reason_problems, shown
from steelyard.services.administration.unit_state import find_unit
from steelyard.store import objections, principals, runs, units
from steelyard.store.objections import NewObjection, ObjectionRecord, ObjectionState
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.runs import RunRecord, RunState
from steelyard.store.transaction import Reader, Writer
from steelyard.store.units import UnitRecord

DECISIONS = (ObjectionState.ACCEPTED, ObjectionState.REJECTED)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class FileObjection(Deed[ObjectionRecord]):
    """Object to the final result of a unit in a closed period, or of one indicator of it."""

    name: ClassVar = "objection.file"
    title: ClassVar = Text("提出异议", "File an objection")
    permission: ClassVar = Permission.OBJECTION_FILE
    topics: ClassVar = (objections.TOPIC,)

    scheme: str
    unit: str
    calendar: str
    period: str
    node: str | None
    why: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with what is said."""
        yield from reason_problems(self.why)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the rated unit."""
        return [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ObjectionRecord]:
        """Record it; Conflict without a final result, after the time for it, or with another one open."""
        unit = await find_unit(writer, scope, self.unit)
        period = await find_period(writer, scope, self.calendar, self.period)
        run = await self._final(writer, scope, unit, period)
        days = (await policy.read(writer, scope)).objection_days
        until = run.evaluated_at.astimezone(UTC).date() + timedelta(days=days.file)
        today = datetime.now(UTC).date()
        if today > until:
            raise Conflict(Problem(p.OBJECTION_TOO_LATE, Place(field="period"), {"until": until}))
        await self._require_alone(writer, scope, unit, run)
        number = "O-" + "".join(secrets.choice(_LETTERS) for _ in range(10))
        by = today + timedelta(days=days.decide)
        new = NewObjection(number, self.scheme, unit.id, period.id, run.id, self.node, self.why, by)
        await objections.add(writer, scope, new, actor)
        after = await OBJECTION.state(writer, scope, number)
        return Change(OBJECTION.subject(number), None, after, await find_objection(writer, scope, number))

    async def _final(self, reader: Reader, scope: Scope, unit: UnitRecord, period: PeriodRecord) -> RunRecord:
        """The run from which the result is shown; Conflict (OBJECTION_NOT_FINAL) where there is none."""
        tenant = Scope(scope.tenant_id)
        for run in await runs.heads(reader, tenant, scheme=self.scheme, period_ids=[period.id]):
            own = await runs.roots(reader, Scope(scope.tenant_id, frozenset({unit.id})), [run.id])
            if run.state is RunState.FINAL and period.state is PeriodState.CLOSED and own[run.id]:
                return run
        values = {"unit": unit.code, "period": f"{period.calendar}/{period.code}"}
        raise Conflict(Problem(p.OBJECTION_NOT_FINAL, Place(field="period"), values))

    async def _require_alone(self, reader: Reader, scope: Scope, unit: UnitRecord, run: RunRecord) -> None:
        for each in await objections.load(reader, scope, state=ObjectionState.OPEN):
            if (each.unit_id, each.run_id, each.node) == (unit.id, run.id, self.node):
                values = {"number": each.number}
                raise Conflict(Problem(p.OBJECTION_EXISTS, Place(field="unit"), values))


@dataclass(frozen=True, slots=True)
class WithdrawObjection(Deed[ObjectionRecord]):
    """Withdraw an objection that one filed and that nobody decided on yet; `revision` is the one seen."""

    name: ClassVar = "objection.withdraw"
    title: ClassVar = Text("撤回异议", "Withdraw an objection")
    permission: ClassVar = Permission.OBJECTION_FILE
    topics: ClassVar = (objections.TOPIC,)

    number: str
    revision: int
    why: str

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the rated unit."""
        return [(await find_objection(reader, scope, self.number)).unit_id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ObjectionRecord]:
        """Withdraw it; Forbidden for another's, Conflict where it is done with or was changed."""
        found = await find_objection(writer, scope, self.number)
        if found.filed_by != actor.id and not actor.is_local:
            values = {"number": found.number, "filed_by": found.filed_by}
            raise Forbidden(Problem(p.OBJECTION_NOT_YOURS, values=values))
        require_open(found, self.revision)
        return await _closed(writer, scope, found, ObjectionState.WITHDRAWN, self.why, actor)


@dataclass(frozen=True, slots=True)
class DecideObjection(Deed[ObjectionRecord]):
    """Accept or reject an objection; `decision` is one of the two states, `revision` the one seen.

    Accepting one changes no result: the period is then opened to be corrected, and evaluated anew.
    """

    name: ClassVar = "objection.decide"
    title: ClassVar = Text("裁定异议", "Decide on an objection")
    permission: ClassVar = Permission.OBJECTION_DECIDE
    topics: ClassVar = (objections.TOPIC,)

    number: str
    revision: int
    decision: str
    why: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the decision."""
        if self.decision not in DECISIONS:
            yield Problem(p.OBJECTION_DECISION, Place(field="decision"), {"found": shown(self.decision)})

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the rated unit."""
        return [(await find_objection(reader, scope, self.number)).unit_id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ObjectionRecord]:
        """Decide; Forbidden for who filed it or is rated with the unit, Conflict where it is done with."""
        found = await find_objection(writer, scope, self.number)
        [unit] = await units.load(writer, scope, ids=[found.unit_id])
        await require_not_rated_there(writer, scope, actor, unit)
        if not actor.is_local and await principals.same(writer, scope, actor.id, found.filed_by):
            raise Forbidden(Problem(p.OBJECTION_OWN, values={"number": found.number}))
        require_open(found, self.revision)
        return await _closed(writer, scope, found, ObjectionState(self.decision), self.why, actor)


async def _closed(
    writer: Writer, scope: Scope, found: ObjectionRecord, state: ObjectionState, why: str, actor: Actor
) -> Change[ObjectionRecord]:
    before = await OBJECTION.state(writer, scope, found.number)
    await objections.close(writer, scope, found, state, why, actor)
    after = await OBJECTION.state(writer, scope, found.number)
    closed = await find_objection(writer, scope, found.number)
    return Change(OBJECTION.subject(found.number), before, after, closed)
