"""`steelyard findings`: what a unit's evaluation calls attention to."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, Term, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.improvement.finding import Finding
from steelyard.improvement.wording import figure
from steelyard.services import unit_findings

HEADS = {
    "key": Text("问题", "Finding"),
    "points": Text("影响分数", "Costs"),
    "sentence": Text("依据", "Evidence"),
    "advice": Text("建议", "Advice"),
}
NOTHING = Text("没有需要关注的问题。", "Nothing calls for attention.")


def list_findings(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The code of a unit. 评价对象代码。")],
    period: Annotated[str, typer.Argument(help="The code of a period. 周期代码。")],
    at: Annotated[
        str | None, typer.Option("--at", help="An indicator; the whole if left out. 指标。")
    ] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List what a unit's evaluation calls attention to, what costs most first. 列出评价中发现的问题。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[Finding, ...]:
        async with local_seat(database, tenant, packs) as seat:
            return await unit_findings.find(*seat, scheme=scheme, unit=unit, period=period, node=at)

    found = asyncio.run(run())
    if not found and form is ListFormat.TABLE:
        typer.echo(NOTHING.get(locale))
        return
    show([_row(each, locale) for each in found], HEADS, form, locale)


def _row(found: Finding, locale: Locale) -> Row:
    return {
        "key": found.key,
        "kind": found.kind.value,
        "indicator": found.code,
        "title": found.title.get(locale),
        "sentence": found.sentence.get(locale),
        "cost": found.cost,
        "points": None if found.cost is None else figure(found.cost),
        "rate": found.rate,
        "reference": found.reference,
        "advice": [Term(each.code, each.title) for each in found.advice],
    }
