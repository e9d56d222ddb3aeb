"""`steelyard objection`: what the rated say against final results, and what was decided."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.objections import DecideObjection, WithdrawObjection
from steelyard.services.objections import Objection, filing, find_objection, list_objections
from steelyard.store.objections import ObjectionRecord, ObjectionState

HEADS = {
    "number": Text("编号", "Number"),
    "unit": Text("评价对象", "Unit"),
    "period": Text("周期", "Period"),
    "node": Text("指标", "Indicator"),
    "state": Text("状态", "State"),
    "decide_by": Text("裁定期限", "Decide by"),
    "overdue": Text("逾期", "Overdue"),
    "reason": Text("理由", "Reason"),
}
FIELDS = {
    **HEADS,
    "scheme": Text("评价体系", "Scheme"),
    "revision": Text("版次", "Revision"),
    "filed_at": Text("提出时间（UTC）", "Filed (UTC)"),
    "filed_by": Text("提出者", "Filed by"),
    "decided_at": Text("裁定时间（UTC）", "Decided (UTC)"),
    "decided_by": Text("裁定者", "Decided by"),
    "decision_reason": Text("裁定理由", "Why decided so"),
    "answered": Text("已更正", "Answered"),
}
SHOWN = {"field": Text("项目", "Field"), "value": Text("内容", "Value")}
FILED = Text("异议 {number}，须于 {day} 前裁定。", "Objection {number}, to be decided on by {day}.")
ACCEPTED = Text(
    "结果尚未改变：请以更正为由重新打开周期，更正、关闭后再评价。",
    "No result has changed yet: open the period to correct it, correct, close and evaluate it.",
)

Number = Annotated[str, typer.Argument(help="The objection's number. 异议编号。")]

objection_app = typer.Typer(no_args_is_help=True, help="Objections to final results. 异议。")


class Decision(StrEnum):
    """What may be decided."""

    ACCEPTED = ObjectionState.ACCEPTED.value
    REJECTED = ObjectionState.REJECTED.value


@objection_app.callback()
def objections() -> None:
    """Objections to final results. 异议。"""


@objection_app.command("file")
def file(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: Annotated[str, typer.Argument(help="The rated unit. 评价对象。")],
    period: Annotated[str, typer.Argument(help="A closed period. 已关闭的周期。")],
    reason: Reason,
    node: Annotated[str | None, typer.Option(help="One indicator; the whole if left out. 指标。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Object to the final result of a unit. 提出异议。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def prepare() -> Deed[ObjectionRecord]:
        async with local_seat(database, tenant, packs) as seat:
            return await filing(*seat, scheme=scheme, unit=unit, period=period, node=node, why=reason)

    made = do(database, tenant, asyncio.run(prepare()), reason, context.obj)
    if made is not None:
        typer.echo(FILED.format({"number": made.number, "day": made.decide_by}).get(context.obj))


@objection_app.command("list")
def list_all(
    context: typer.Context,
    state: Annotated[ObjectionState | None, typer.Option(help="All if left out. 状态。")] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Those over their day alone. 仅逾期的。")
    ] = False,
    unit: Annotated[str | None, typer.Option(help="Of one unit. 某评价对象的。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List objections, the latest first. 列出异议。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            found = await list_objections(*seat, state=state, unit=unit, overdue=overdue)
        return [_row(each) for each in found]

    show(asyncio.run(run()), HEADS, form, context.obj)


@objection_app.command("show")
def show_one(
    context: typer.Context,
    number: Number,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Show one objection with what was decided. 查看一项异议。"""
    row = _row(asyncio.run(_find(database, tenant, number)))
    rows = (
        [row]
        if form is ListFormat.JSON
        else [{"field": FIELDS[name].get(context.obj), "value": row[name]} for name in row]
    )
    show(rows, SHOWN, form, context.obj)


@objection_app.command("withdraw")
def withdraw(
    context: typer.Context,
    number: Number,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Withdraw an open objection. 撤回异议。"""
    revision = asyncio.run(_find(database, tenant, number)).record.revision
    do(database, tenant, WithdrawObjection(number, revision, reason), reason, context.obj)


@objection_app.command("decide")
def decide(
    context: typer.Context,
    number: Number,
    decision: Annotated[Decision, typer.Argument(help="What is decided. 裁定。")],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Accept or reject an objection. 裁定异议。"""
    revision = asyncio.run(_find(database, tenant, number)).record.revision
    deed = DecideObjection(number, revision, decision.value, reason)
    decided = do(database, tenant, deed, reason, context.obj)
    if decided is not None and decided.state is ObjectionState.ACCEPTED:
        typer.echo(ACCEPTED.get(context.obj))


async def _find(database: str, tenant: str, number: str) -> Objection:
    async with local_seat(database, tenant) as seat:
        return await find_objection(*seat, number)


def _row(found: Objection) -> Row:
    record = found.record
    return {
        "number": record.number,
        "scheme": record.scheme,
        "unit": found.unit.code,
        "period": f"{found.period.calendar}/{found.period.code}",
        "node": record.node,
        "state": term(record.state.value, states.OBJECTION),
        "revision": record.revision,
        "decide_by": record.decide_by,
        "overdue": "!" if found.overdue else "",
        "reason": record.reason,
        "filed_at": record.filed_at,
        "filed_by": record.filed_by,
        "decided_at": record.decided_at,
        "decided_by": record.decided_by,
        "decision_reason": record.decision_reason,
        "answered": found.answered,
    }
