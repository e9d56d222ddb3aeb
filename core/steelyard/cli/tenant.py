"""Whose data a command is about, and work on them as whoever sits at this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.scope import Scope
from steelyard.packs import Packs
from steelyard.services.context import DEFAULT_TENANT as DEFAULT_TENANT
from steelyard.services.context import View, open_context

VARIABLE = "STEELYARD_TENANT"

TenantCode = Annotated[
    str, typer.Option("--tenant", envvar=VARIABLE, help="Whose data. 租户。", show_default=True)
]

Seat = tuple[View, Actor, Scope]


@asynccontextmanager
async def local_seat(
    database: str, tenant: str, packs: Packs | None = None, parts: Path | None = None
) -> AsyncIterator[Seat]:
    """The first three arguments of every service, on a tenant's data.

    parts: the folder of files, where the command reads or writes some. packs:
    none for what has nothing to do with schemes. Raises NotFound (TENANT_NOT_FOUND), ConfigError.
    """
    async with open_context(database, packs or Packs((), ()), tenant=tenant, parts=parts) as context:
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope
