"""`steelyard records withdraw`: the rows of an import count no more."""

from __future__ import annotations

import asyncio

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.deeds import Reason
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.records import Import
from steelyard.cli.records_import import WAITING
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.services.records.remeasuring import Remeasured, withdraw
from steelyard.store.record_imports import RecordImportRecord

WITHDRAWN = Text(
    "导入 {import} 已撤回；更新度量 {recorded} 个。",
    "Import {import} is withdrawn; measurements changed: {recorded}.",
)


def take_back(
    context: typer.Context,
    number: Import,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Let the rows of an import count no more. 撤回一次导入。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> tuple[RecordImportRecord, Remeasured]:
        async with local_seat(database, tenant, packs, parts) as seat:
            return await withdraw(*seat, import_id=number, reason=reason)

    _, done = asyncio.run(run())
    values = {"import": number, "recorded": done.measured.recorded}
    typer.echo(WITHDRAWN.format(values).get(locale))
    if done.waiting:
        typer.echo(WAITING.format({"waiting": done.waiting}).get(locale))
