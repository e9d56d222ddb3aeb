"""The catalogue: packs, the schemes they install, and which versions of them were evaluated with."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.packs import Instrument, PackListing
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.problems import not_found
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import schemes as schemes_on_record
from steelyard.store import stamps
from steelyard.store.periods import PeriodRecord
from steelyard.store.problems import SCHEME_NOT_FOUND
from steelyard.store.schemes import SchemeRecord


def packs(view: View, actor: Actor, scope: Scope) -> tuple[PackListing, ...]:
    """All packs that were found, with their states."""
    return view.context.packs.listing


def instruments(view: View, actor: Actor, scope: Scope, *, pack: str) -> tuple[Instrument, ...]:
    """The questionnaires of a pack; none of one that is not loaded."""
    packs = view.context.packs
    return packs.instruments(pack) if pack in packs.names else ()


def schemes(view: View, actor: Actor, scope: Scope, *, pack: str | None = None) -> tuple[SchemeEntry, ...]:
    """The installed schemes by code, all or those of a pack."""
    installed = view.context.packs.schemes
    codes = sorted(code for code, found in installed.items() if pack is None or found.pack == pack)
    return tuple(view.context.entry(code) for code in codes)


def scheme(view: View, actor: Actor, scope: Scope, *, scheme: str) -> SchemeEntry:
    """One installed scheme; NotFound (SCHEME_NOT_FOUND)."""
    return view.context.entry(scheme)


async def version(view: View, actor: Actor, scope: Scope, *, scheme: str, hash: str) -> SchemeEntry:
    """The version of a scheme with this hash: one that shows a period, or the installed one; NotFound."""
    known = await editions.load(view, scope, view.context.entry(scheme))
    found = {each.entry.hash: each.entry for each in (*known.editions, known)}
    if hash not in found:
        raise not_found(SCHEME_NOT_FOUND, "scheme", hash, ())
    return found[hash]


async def periods(view: View, actor: Actor, scope: Scope, *, scheme: str) -> tuple[PeriodRecord, ...]:
    """The periods in which anything was measured for a scheme, by calendar and start; NotFound."""
    return (await editions.load(view, scope, view.context.entry(scheme))).measured


async def versions(view: View, actor: Actor, scope: Scope, *, scheme: str) -> tuple[SchemeRecord, ...]:
    """The versions of a scheme that were evaluated with, the oldest first; from memory while none is added.

    They are on record because of somebody: none for a scope that does not show all units.
    """
    if scope.unit_ids is not None:
        return ()
    tenant = Scope(scope.tenant_id)

    async def read() -> tuple[SchemeRecord, ...]:
        async with view.context.database.read(tenant) as reader:
            return tuple(await schemes_on_record.load(reader, tenant))

    found = await view.kept(tenant, "scheme versions", [stamps.STRUCTURE], read)
    return tuple(version for version in found if version.code == scheme)
