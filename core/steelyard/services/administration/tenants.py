"""Deeds of tenants, which only the operating tenant `default` does: created, suspended, exported, deleted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.problems import TENANT_NOT_FOUND
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, NotFound, Place, Problem, Text
from steelyard.services.administration import problems as p
from steelyard.services.administration.batch import BESIDE
from steelyard.services.administration.canonical import State
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.texts import code_problems, shown, text_problems
from steelyard.services.context import DEFAULT_TENANT
from steelyard.store import acts, stamps, tenants
from steelyard.store.content import ContentStore
from steelyard.store.tenants import TenantRecord, TenantState
from steelyard.store.transaction import Reader, Writer


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    # The operating tenant is there before any act, and is neither suspended nor deleted.
    own = await tenants.find(reader, DEFAULT_TENANT)
    if own is None or own.id != scope.tenant_id:
        return {}
    known = await tenants.load(reader, codes=keys)
    return {each.code: tenant_state(each) for each in known if each.code != DEFAULT_TENANT}


def tenant_state(tenant: TenantRecord) -> State:
    """A tenant as acts tell of it."""
    title = {"zh": tenant.title.zh, "en": tenant.title.en}
    return {"title": title, "state": tenant.state.value}


TENANT = Governed("tenant", _states)


@dataclass(frozen=True, slots=True)
class CreateTenant(Deed[TenantRecord]):
    """Make room for another tenant, strictly apart from all others."""

    name: ClassVar = "tenant.create"
    title: ClassVar = Text("新建租户", "Create a tenant")
    permission: ClassVar = Permission.TENANT_MANAGE
    topics: ClassVar = (stamps.TENANTS,)

    tenant: str
    title_zh: str
    title_en: str

    def problems(self) -> Iterable[Problem]:
        """What is wrong with code and titles."""
        yield from code_problems("tenant", self.tenant)
        yield from text_problems("title_zh", self.title_zh)
        yield from text_problems("title_en", self.title_en)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[TenantRecord]:
        """Record the tenant; Conflict (TENANT_EXISTS)."""
        await require_operator(writer, scope)
        made = await tenants.create(writer, self.tenant, Text(self.title_zh, self.title_en))
        return Change(TENANT.subject(self.tenant), None, tenant_state(made), made)


class _OfOneTenant(Deed[TenantRecord]):
    """What concerns one tenant that is there, other than the operating one."""

    __slots__ = ()

    permission: ClassVar = Permission.TENANT_MANAGE
    topics: ClassVar = (stamps.TENANTS,)

    tenant: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[TenantRecord]:
        """Find it and do the deed."""
        await require_operator(writer, scope)
        found = await tenants.find(writer, self.tenant)
        if found is None:
            raise NotFound(Problem(TENANT_NOT_FOUND, values={"tenant": shown(self.tenant)}))
        if found.code == DEFAULT_TENANT:
            raise Conflict(Problem(p.TENANT_OPERATES, Place(field="tenant"), {"tenant": found.code}))
        told = await self._change(writer, found)
        after = await TENANT.state(writer, scope, found.code)
        before = {**tenant_state(found), BESIDE: told} if told else tenant_state(found)
        return Change(TENANT.subject(found.code), before, after, found)

    @abstractmethod
    async def _change(self, writer: Writer, found: TenantRecord) -> State:
        """Do it; return what the act says of the tenant before, beside its state."""


@dataclass(frozen=True, slots=True)
class SuspendTenant(_OfOneTenant):
    """Serve a tenant no more, from the next request on; its data stay."""

    name: ClassVar = "tenant.suspend"
    title: ClassVar = Text("停用租户", "Suspend a tenant")

    tenant: str

    async def _change(self, writer: Writer, found: TenantRecord) -> State:
        return await _set_state(writer, found, TenantState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class ResumeTenant(_OfOneTenant):
    """Serve a suspended tenant again."""

    name: ClassVar = "tenant.resume"
    title: ClassVar = Text("恢复租户", "Resume a tenant")

    tenant: str

    async def _change(self, writer: Writer, found: TenantRecord) -> State:
        return await _set_state(writer, found, TenantState.ACTIVE)


@dataclass(frozen=True, slots=True)
class ExportTenant(_OfOneTenant):
    """Hand out everything that is kept of a tenant; `exporting` does it, this is its act.

    It never waits for a second person: who asked is the one who gets the file.
    """

    name: ClassVar = "tenant.export"
    title: ClassVar = Text("导出租户", "Export a tenant")

    tenant: str

    async def _change(self, writer: Writer, found: TenantRecord) -> State:
        return {}


@dataclass(frozen=True, slots=True)
class DeleteTenant(_OfOneTenant):
    """Delete a suspended tenant and all that is kept of it; the act holds the head of its chain."""

    name: ClassVar = "tenant.delete"
    title: ClassVar = Text("删除租户", "Delete a tenant")

    tenant: str
    confirm: str

    def problems(self) -> Iterable[Problem]:
        """The code is to be repeated."""
        if self.confirm != self.tenant:
            values = {"tenant": shown(self.tenant), "found": shown(self.confirm)}
            yield Problem(p.TENANT_NOT_CONFIRMED, Place(field="confirm"), values)

    async def _change(self, writer: Writer, found: TenantRecord) -> State:
        async with writer.visiting(found.id):
            end = await acts.end(writer, Scope(found.id))
        await tenants.delete(writer, found.id)
        return {"head": str(end)}

    async def settle(self, content: ContentStore, result: TenantRecord) -> None:
        """Remove the tenant's files: no row names them any more."""
        await content.delete(result.id)


async def _set_state(writer: Writer, found: TenantRecord, state: TenantState) -> State:
    if found.state is state:
        values = {"tenant": found.code, "state": state.value}
        raise Conflict(Problem(p.TENANT_IS_ALREADY, Place(field="tenant"), values))
    await tenants.set_state(writer, found.id, state)
    return {}


async def require_operator(reader: Reader, scope: Scope) -> None:
    """Raise Forbidden (TENANT_OPERATOR) unless the scope is that of the tenant that operates it all."""
    own = await tenants.find(reader, DEFAULT_TENANT)
    if own is None or own.id != scope.tenant_id:
        raise Forbidden(Problem(p.TENANT_OPERATOR, values={"tenant": DEFAULT_TENANT}))
