"""`steelyard plan draft`: a plan from findings, or along the path of least effort to a target."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.columns import terminal_width
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.page import plain
from steelyard.cli.plan_page import plan_blocks
from steelyard.cli.solver_words import solver_words_to_stderr
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.improvement.path import Target, TargetKind
from steelyard.services.plans import creating
from steelyard.services.plans.creating import Drafted

Findings = Annotated[
    list[str] | None,
    typer.Option("--finding", help="The key of a finding that it answers; all if left out. 弱项。"),
]
Aim = Annotated[
    TargetKind | None,
    typer.Option(help="What it is to reach with the least effort; all advice if left out. 目标。"),
]
Band = Annotated[str | None, typer.Option(help="With --to band: which; the next if left out. 等级。")]


def draft(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The unit. 评价对象。")],
    period: Annotated[str, typer.Argument(help="The period that it answers. 周期。")],
    at: Annotated[str | None, typer.Option(help="The indicator; the root if left out. 指标。")] = None,
    finding: Findings = None,
    to: Aim = None,
    band: Band = None,
    title: Annotated[str | None, typer.Option(help="What it is called. 标题。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Draft a plan from findings, or along a path to a target. 编制改进计划。"""
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Drafted:
        async with local_seat(database, tenant, packs) as seat:
            return await creating.create(
                *seat,
                scheme=scheme,
                unit=unit,
                period=period,
                node=at,
                title=title,
                findings=finding,
                target=None if to is None else Target(to, band),
                locale=context.obj,
            )

    with solver_words_to_stderr():
        made = asyncio.run(run())
    typer.echo(plain(list(plan_blocks(made.plan, context.obj)), terminal_width()), nl=False)
    if made.answer is not None:
        typer.echo(made.answer.summary.get(context.obj))
