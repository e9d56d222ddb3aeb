"""`steelyard export`: scorecards, rankings and comparisons as XLSX, CSV or Parquet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.new_file import write_new
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.problems import EXPORT_WITHOUT_UNITS
from steelyard.cli.report import report
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.errors import Place, Problem, Text
from steelyard.reporting.files import FORMATS
from steelyard.reporting.table import Table
from steelyard.services import exports
from steelyard.services.written_choice import read_choice

WRITTEN = Text("已写入 {path}（{rows} 行）。", "Wrote {path} ({rows} rows).")
Scheme = Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="The file to write: .xlsx, .csv or .parquet. 输出文件。")
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", help="An indicator; the root if left out. 指标。")
]
Below = Annotated[str | None, typer.Option(help="Only units at or below this one. 仅该对象及其下级。")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        help="A condition on the units, e.g. band=A, passed=false, attribute.size=large, attribute.staff>=10,"
        " children-of=R1, peers-of=S1 with alike=size, top=5; all are to hold. 评价对象的条件。"
    ),
]

export_app = typer.Typer(no_args_is_help=True, help="Scorecards, rankings and comparisons as files. 导出。")


@export_app.command("scorecard")
def scorecard(
    context: typer.Context,
    scheme: Scheme,
    unit: Annotated[str, typer.Argument(help="The code of a unit. 评价对象代码。")],
    period: Annotated[str, typer.Argument(help="The code of a period. 周期代码。")],
    output: Output,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write a unit's scorecard, in the layout of the sources' sheets. 导出评分表。"""
    where = database, tenant, packs_dir, allow_pack
    _export(
        context,
        scheme,
        output,
        where,
        lambda seat: exports.scorecard(*seat, scheme=scheme, unit=unit, period=period),
    )


@export_app.command("ranking")
def ranking(
    context: typer.Context,
    scheme: Scheme,
    period: Annotated[str, typer.Argument(help="The code of a period. 周期代码。")],
    output: Output,
    indicator: Annotated[str | None, typer.Option(help="An indicator; the root if left out. 指标。")] = None,
    below: Below = None,
    where: Where = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write the ranking of units in a period. 导出排名。"""
    choice = read_choice(where or [])
    _export(
        context,
        scheme,
        output,
        (database, tenant, packs_dir, allow_pack),
        lambda seat: exports.ranking(
            *seat, scheme=scheme, period=period, node=indicator, below=below, choice=choice
        ),
    )


@export_app.command("comparison")
def comparison(
    context: typer.Context,
    scheme: Scheme,
    periods: Annotated[list[str], typer.Argument(help="The codes of periods. 周期代码。")],
    output: Output,
    unit: Annotated[list[str] | None, typer.Option(help="A unit; all if left out. 评价对象。")] = None,
    below: Below = None,
    indicator: Indicators = None,
    where: Where = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write a row for each unit, indicator and period. 导出对比。"""
    choice = read_choice(where or [])
    _export(
        context,
        scheme,
        output,
        (database, tenant, packs_dir, allow_pack),
        lambda seat: exports.comparison(
            *seat,
            scheme=scheme,
            periods=periods,
            units=unit,
            below=below,
            choice=choice,
            indicators=indicator,
        ),
    )


def _export(
    context: typer.Context,
    scheme: str,
    output: Path,
    where: tuple[str, str, list[Path] | None, list[str] | None],
    table: Callable[[Seat], Awaitable[Table]],
) -> None:
    database, tenant, packs_dir, allow_pack = where
    ending = output.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise typer.BadParameter(" ".join(f".{each}" for each in FORMATS), param_hint="-o")
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def gather() -> Table:
        async with local_seat(database, tenant, packs) as seat:
            return await table(seat)

    found = asyncio.run(gather())
    data = FORMATS[ending][1](found)
    write_new(output, data)
    if not found.rows:
        report([Problem(EXPORT_WITHOUT_UNITS, Place(str(output)))], context.obj)
    typer.echo(WRITTEN.format({"path": output, "rows": f"{len(found.rows):,}"}).get(context.obj))
