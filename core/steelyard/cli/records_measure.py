"""`steelyard measure`: measures of records anew, with the corrections that waited."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.progress import progress_bars
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.services.progress import Report
from steelyard.services.records.remeasuring import Remeasured, measure_table

MEASURED = Text(
    "{table}：更新 {recorded}，未变 {unchanged}；生效的更正 {applied}。",
    "{table}: changed {recorded}, unchanged {unchanged}; corrections applied {applied}.",
)
COLLECTED = Text(
    "清理无主文件 {files} 个，{size} 字节。", "Files that nobody names: {files} removed, {size} bytes."
)


def measure(
    context: typer.Context,
    table: Annotated[str | None, typer.Argument(help="PACK.TABLE; all if left out. 记录表。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Measure records again, with corrections that waited for a period to be open. 重新计算度量。

    Files that an import left behind when it was cut short are removed after a day.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)

    async def run(progress: Report) -> list[Text]:
        async with local_seat(database, tenant, packs, parts) as seat:
            names = list(packs.record_tables) if table is None else [table]
            done = [await measure_table(*seat, table=name, progress=progress) for name in names]
            gone = await seat[0].context.content.collect(seat[2])
        lines = [MEASURED.format(_values(each)) for each in done]
        return lines + ([COLLECTED.format({"files": gone.files, "size": gone.size})] if gone.files else [])

    with progress_bars(locale) as progress:
        lines = asyncio.run(run(progress))
    for line in lines:
        typer.echo(line.get(locale))


def _values(done: Remeasured) -> dict[str, object]:
    counted = done.measured
    return {
        "table": done.table,
        "recorded": counted.recorded,
        "unchanged": counted.unchanged,
        "applied": done.applied,
    }
