"""Rows as verification finds them: those of a kind at once, or apart from those that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from steelyard.access.scope import Scope
from steelyard.services.administration.canonical import canonical
from steelyard.services.administration.governed import Governed
from steelyard.store import keys
from steelyard.store.keys import UNREADABLE
from steelyard.store.transaction import Reader


@dataclass(slots=True)
class Rows:
    """The rows of a kind by subject: their states as canonical JSON, and those that cannot be read."""

    texts: dict[str, str] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


async def read_rows(reader: Reader, tenant: Scope, governed: Governed, told: Iterable[str]) -> Rows:
    """Read a tenant's rows of a kind. told: the subjects of this kind that acts left."""
    rows = Rows()
    try:
        await _read(reader, tenant, governed, None, rows)
    except UNREADABLE:
        await _apart(reader, tenant, governed, await _keys(reader, tenant, governed, told, rows), rows)
    return rows


async def _keys(
    reader: Reader, tenant: Scope, governed: Governed, told: Iterable[str], rows: Rows
) -> list[str]:
    """What the rows are called; where not even that can be read, what acts call them."""
    try:
        return sorted({governed.key(*columns) for columns in await keys.load(reader, tenant, governed.kind)})
    except UNREADABLE:
        rows.unreadable.append(governed.subject("?"))
        return sorted(subject.removeprefix(governed.subject("")) for subject in told)


async def _apart(reader: Reader, tenant: Scope, governed: Governed, some: Sequence[str], rows: Rows) -> None:
    """Read these rows; where that fails each half by itself, down to the rows with which it fails."""
    try:
        await _read(reader, tenant, governed, some, rows)
    except UNREADABLE:
        if len(some) == 1:
            rows.unreadable.append(governed.subject(some[0]))
            return
        half = len(some) // 2
        await _apart(reader, tenant, governed, some[:half], rows)
        await _apart(reader, tenant, governed, some[half:], rows)


async def _read(
    reader: Reader, tenant: Scope, governed: Governed, some: Sequence[str] | None, rows: Rows
) -> None:
    states = await governed.read(reader, tenant, some)
    rows.texts |= {governed.subject(key): canonical(state) for key, state in states.items()}
