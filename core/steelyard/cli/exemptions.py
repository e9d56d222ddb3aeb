"""`steelyard exemption`: who is exempt from an indicator or a rule, and until when."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration.deed import Deed
from steelyard.services.exemptions import SeenExemption, ending, granting, list_exemptions
from steelyard.store.exemptions import ExemptionRecord

HEADS = {
    "number": Text("编号", "Number"),
    "unit": Text("评价对象", "Unit"),
    "what": Text("豁免内容", "Exempt from"),
    "starts": Text("起", "From"),
    "until": Text("止（不含）", "Before"),
    "reason": Text("理由", "Reason"),
}
GRANTED = Text("豁免 {number}，至 {until}（不含）。", "Exemption {number}, until {until}.")
_DAY = ["%Y-%m-%d"]

exemption_app = typer.Typer(
    no_args_is_help=True, help="Exemptions: what does not count for a unit, until a day. 豁免。"
)


@exemption_app.callback()
def exemptions() -> None:
    """Exemptions: what does not count for a unit, until a day. 豁免。"""


@exemption_app.command("grant")
def grant(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The unit; those below it, too. 评价对象，含其下级。")],
    starts: Annotated[
        datetime, typer.Option("--from", formats=_DAY, help="Periods that begin on it or later. 起始日。")
    ],
    expires: Annotated[
        datetime, typer.Option("--until", formats=_DAY, help="Periods that begin before it. 到期日，不含。")
    ],
    reason: Reason,
    node: Annotated[str | None, typer.Option(help="The indicator, with all below it. 指标，含下级。")] = None,
    rule: Annotated[str | None, typer.Option(help="The rule, by its id. 规则。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Exempt a unit from an indicator or a rule, until a day. 准予豁免，须有到期日。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def prepare() -> Deed[ExemptionRecord]:
        async with local_seat(database, tenant, packs) as (view, _, _scope):
            return granting(
                view,
                scheme=scheme,
                unit=unit,
                node=node,
                rule=rule,
                starts=starts.date(),
                expires=expires.date(),
                why=reason,
            )

    made = do(database, tenant, asyncio.run(prepare()), reason, context.obj)
    if made is not None:
        typer.echo(GRANTED.format({"number": made.number, "until": made.until}).get(context.obj))


@exemption_app.command("end")
def end(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The exemption's number. 豁免编号。")],
    ended: Annotated[
        datetime, typer.Option("--on", formats=_DAY, help="No period that begins on it or later. 终止日。")
    ],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """End an exemption early. 提前终止豁免。"""
    packs = chosen_packs(packs_dir, allow_pack)

    async def prepare() -> Deed[ExemptionRecord]:
        async with local_seat(database, tenant, packs) as (view, _, scope):
            return await ending(view, scope, number=number, ended=ended.date(), why=reason)

    do(database, tenant, asyncio.run(prepare()), reason, context.obj)


@exemption_app.command("list")
def list_all(
    context: typer.Context,
    scheme: Annotated[str | None, typer.Option(help="Of one scheme. 某评价体系的。")] = None,
    unit: Annotated[str | None, typer.Option(help="That concern one unit. 涉及某评价对象的。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List exemptions, those that are over, too. 列出豁免，含已到期的。"""
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> list[Row]:
        async with local_seat(database, tenant, packs) as seat:
            return [_row(each) for each in await list_exemptions(*seat, scheme=scheme, unit=unit)]

    show(asyncio.run(run()), HEADS, form, context.obj)


def _row(found: SeenExemption) -> Row:
    record = found.record
    shown = {
        name: getattr(record, name) for name in ExemptionRecord.__slots__ if name not in ("id", "unit_id")
    }
    unit = None if found.unit is None else found.unit.code
    return {**shown, "unit": unit, "what": record.node or record.rule, "until": record.until}
