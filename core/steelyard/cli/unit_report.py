"""`steelyard report`: a unit's result in a period as one HTML file to be read and printed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.new_file import write_new
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.reporting.model import Report
from steelyard.reporting.page import render
from steelyard.services import reports

WRITTEN = Text("已写入 {path}（{size} 字节）。", "Wrote {path} ({size} bytes).")


def report(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The code of a unit. 评价对象代码。")],
    period: Annotated[str, typer.Argument(help="The code of a period. 周期代码。")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write. 输出文件。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write a printable report of a unit in a period. 生成可打印的评价报告。

    It is one HTML file that needs nothing beside it: verdict, indicators, comparison, weak points and plan,
    in the language of `--lang`.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def gather() -> Report:
        async with local_seat(database, tenant, packs) as seat:
            return await reports.report(*seat, scheme=scheme, unit=unit, period=period)

    page = render(asyncio.run(gather()), locale).encode()
    write_new(output, page)
    typer.echo(WRITTEN.format({"path": output, "size": f"{len(page):,}"}).get(locale))
