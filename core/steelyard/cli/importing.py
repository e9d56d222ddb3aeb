"""`steelyard import`: a table of measurements into the database."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.progress import progress_bars
from steelyard.cli.report import report
from steelyard.cli.source import read_input, require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.packs import Packs
from steelyard.services.importing import ImportResult, import_table

IMPORTED = Text(
    "{file}：{rows} 行，{columns} 列；记录 {recorded}，未变 {unchanged}，空 {empty}。",
    "{file}: rows {rows}, columns {columns}; recorded {recorded}, unchanged {unchanged}, empty {empty}.",
)
CREATED = Text("新建评价对象 {count} 个：{units}。", "Units created ({count}): {units}.")
DRY_RUN = Text("这是试运行，未保存任何内容。", "This was a dry run: nothing was kept.")
SEEN_BEFORE = Text(
    "{file}：相同内容已于 {day} 以 {name} 导入，未作改动。",
    "{file}: the same content was imported on {day} as {name}; nothing was changed.",
)


def import_measurements(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    table: Annotated[
        str, typer.Argument(help="A CSV table of measurements; - reads standard input. 度量表。")
    ],
    database: DatabaseUrl = DEFAULT_DATABASE,
    period: Annotated[
        str | None, typer.Option(help="The period of a table without that column. 无周期列时的周期。")
    ] = None,
    create_units: Annotated[
        bool, typer.Option("--create-units", help="Create units that are not there. 新建未知的评价对象。")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and count, but keep nothing. 只检查，不保存。")
    ] = False,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Import a table of measurements. 导入度量表。

    TABLE is as `steelyard score` reads it. All of it is recorded or nothing; the same content twice is one
    import. An empty cell says nothing: what was recorded before stays.
    """
    locale: Locale = context.obj
    data, name = read_input(table)
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)
    options = {"scheme": scheme, "period": period, "create_units": create_units, "dry_run": dry_run}
    with progress_bars(locale) as progress:
        result = asyncio.run(
            _import(database, tenant, packs, data=data, file=name, progress=progress, **options)
        )
    report(result.warnings, locale)
    for line in closing(result, name, dry_run=dry_run):
        typer.echo(line.get(locale))


async def _import(database: str, tenant: str, packs: Packs, **options: Any) -> ImportResult:
    async with local_seat(database, tenant, packs) as seat:
        return await import_table(*seat, **options)


def closing(result: ImportResult, file: str, *, dry_run: bool) -> list[Text]:
    """Say what became of the table."""
    if not result.new:
        before = result.record
        day = "–" if before is None else before.recorded_at.date().isoformat()
        name = "–" if before is None else before.file_name
        return [SEEN_BEFORE.format({"file": file, "day": day, "name": name})]
    values = {
        "file": file,
        "rows": result.rows,
        "columns": len(result.columns),
        "recorded": result.recorded,
        "unchanged": result.unchanged,
        "empty": result.empty,
    }
    lines = [IMPORTED.format(values)]
    if result.units_created:
        units = ", ".join(result.units_created)
        lines.append(CREATED.format({"count": len(result.units_created), "units": units}))
    return [*lines, DRY_RUN] if dry_run else lines
