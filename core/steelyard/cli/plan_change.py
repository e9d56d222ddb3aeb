"""`steelyard plan change` and `comment`."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.columns import terminal_width
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.page import plain
from steelyard.cli.plan import Number
from steelyard.cli.plan_page import plan_blocks
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.services.plans import editing, notes
from steelyard.services.plans.plan import Plan

SAID = Text("已备注于改进计划 {number}。", "Said of plan {number}.")
Revision = Annotated[int, typer.Option("--revision", help="The revision that was looked at. 所见版次。")]


def change(
    context: typer.Context,
    number: Number,
    revision: Revision,
    title: Annotated[str, typer.Option(help="What it is to be called. 标题。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Give a plan another title. 修改标题。"""

    async def run() -> Plan:
        async with local_seat(database, tenant) as seat:
            return await editing.rename(*seat, number=number, revision=revision, title=title)

    tell(asyncio.run(run()), context.obj)


def comment(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help="What is to be said. 内容。")],
    action: Annotated[int | None, typer.Option(help="The number of an action. 措施编号。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Say something about a plan or an action. 备注。"""

    async def run() -> Plan:
        async with local_seat(database, tenant) as seat:
            return await notes.comment(*seat, number=number, text=text, action=action)

    asyncio.run(run())
    typer.echo(SAID.format({"number": number}).get(context.obj))


def tell(plan: Plan, locale: Locale) -> None:
    """Show a plan and its actions as they stand after a change."""
    typer.echo(plain(list(plan_blocks(plan, locale, findings=False)), terminal_width()), nl=False)
