"""Evidence: files that show that an action was done, as those that back the lines of sheets."""

from __future__ import annotations

import asyncio
from pathlib import Path

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound, Place, Problem
from steelyard.intake.cell import shown
from steelyard.services.assessments.evidence import LARGEST, kept_name, media_type
from steelyard.services.assessments.problems import EVIDENCE_KIND
from steelyard.services.context import View
from steelyard.services.plans import problems as p
from steelyard.services.plans.changing import EDITABLE, changing
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.reading import find
from steelyard.services.plans.reading import plan as read_plan
from steelyard.store import plan_actions, plan_notes
from steelyard.store.content import TenantContent
from steelyard.store.plan_notes import EvidenceRecord, NewEvidence
from steelyard.store.plans import PlanRecord
from steelyard.store.transaction import Reader

MOST = 100
"""Files of a plan at most."""


async def attach(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, data: bytes, file: str
) -> Plan:
    """Attach a file to an action; its name is kept without folders.

    Raises InvalidInput for files of other kinds (EVIDENCE_KIND), too large ones or too many of them.
    """
    kind = media_type(data)
    if kind is None or len(data) > LARGEST:
        values = {"file": shown(file), "size": len(data), "most": LARGEST}
        raise InvalidInput(Problem(EVIDENCE_KIND, Place(file), values))
    async with view.context.database.read(scope) as reader:
        # Before any byte is kept: files that no plan names would lie there for a day.
        record = await find(reader, scope, number)
        actor.require(Permission.PLAN_EDIT, [record.unit_id])
        await _require_room(reader, scope, record)
    content = await asyncio.to_thread(_put, await view.context.content.of(scope), data)
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        found = held.action(action)
        await _require_room(held.writer, scope, held.record)
        name = kept_name(file)
        new = NewEvidence(found.id, content, name, kind, len(data))
        await plan_notes.attach(held.writer, scope, new, actor)
        await held.change_action(found, "evidence_added", {}, beside={"evidence": (None, name)})
    return await read_plan(view, actor, scope, number=number)


async def remove(view: View, actor: Actor, scope: Scope, *, number: str, action: int, evidence: int) -> Plan:
    """Take a file off an action; NotFound (PLAN_EVIDENCE_NOT_FOUND)."""
    async with changing(view, actor, scope, number) as held:
        held.require_state(*EDITABLE)
        found = held.action(action)
        file = await _among(held.writer, scope, held.record, found.id, evidence)
        await plan_notes.remove(held.writer, scope, file.id)
        await held.change_action(found, "evidence_removed", {}, beside={"evidence": (file.file_name, None)})
    return await read_plan(view, actor, scope, number=number)


async def opened(
    view: View, actor: Actor, scope: Scope, *, number: str, action: int, evidence: int
) -> tuple[EvidenceRecord, Path]:
    """A file of an action and where its bytes are; needs `plan.read` on the unit."""
    async with view.context.database.read(scope) as reader:
        record = await find(reader, scope, number)
        actor.require(Permission.PLAN_READ, [record.unit_id])
        own = await plan_actions.load(reader, scope, [record.id])
        ids = [each.id for each in own if each.number == action]
        file = await _among(reader, scope, record, ids[0] if ids else 0, evidence)
    return file, (await view.context.content.of(scope)).path(file.content)


async def _require_room(reader: Reader, scope: Scope, record: PlanRecord) -> None:
    if len(await plan_notes.evidence(reader, scope, [record.id])) >= MOST:
        raise InvalidInput(Problem(p.PLAN_EVIDENCE_TOO_MANY, values={"number": record.number, "most": MOST}))


async def _among(reader: Reader, scope: Scope, record: PlanRecord, action_id: int, id: int) -> EvidenceRecord:
    for each in await plan_notes.evidence(reader, scope, [record.id]):
        if each.id == id and each.action_id == action_id:
            return each
    raise NotFound(Problem(p.PLAN_EVIDENCE_NOT_FOUND, values={"evidence": id}))


def _put(content: TenantContent, data: bytes) -> str:
    with content.temporary() as folder:
        file = folder / "evidence"
        file.write_bytes(data)
        return content.put(file)
