"""`steelyard plan`: improvement plans as they are, one of them, and the board."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.columns import terminal_width
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deferred import defer
from steelyard.cli.listing import Form, ListFormat, show, term
from steelyard.cli.page import plain
from steelyard.cli.plan_page import OVERDUE, history_blocks, plan_blocks, plan_row
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.plans import board, reading
from steelyard.services.plans.board import Board
from steelyard.services.plans.history import PlanChange
from steelyard.services.plans.plan import Plan
from steelyard.store.plans import PlanState

HEADS = {
    "number": Text("编号", "Number"),
    "unit": Text("评价对象", "Unit"),
    "period": Text("周期", "Period"),
    "title": Text("标题", "Title"),
    "state": Text("状态", "State"),
    "revision": Text("版次", "Revision"),
    "actions": Text("措施", "Actions"),
    "overdue": Text("逾期", "Overdue"),
    "unclaimed": Text("无人负责", "Unclaimed"),
}
CARD_HEADS = {
    "plan": Text("计划", "Plan"),
    "action": Text("措施", "Action"),
    "unit": Text("评价对象", "Unit"),
    "title": Text("内容", "What"),
    "state": Text("状态", "State"),
    "owner": Text("负责人", "Owner"),
    "due": Text("期限", "Due"),
    "overdue": Text("逾期", "Overdue"),
}
COUNTS = Text(
    "{day}：逾期 {overdue}，无人负责 {unclaimed}", "{day}: {overdue} overdue, {unclaimed} unclaimed"
)

Number = Annotated[str, typer.Argument(help="The plan's number. 计划编号。")]
UnitCode = Annotated[str | None, typer.Option("--unit", help="The unit. 评价对象。")]

plan_app = typer.Typer(no_args_is_help=True, help="Plans: how a unit gets better. 改进计划。")


@plan_app.callback()
def plans() -> None:
    """Plans: how a unit gets better. 改进计划。"""


defer(
    plan_app,
    "steelyard.cli",
    (
        "path",
        "plan_path:path",
        "Find the advice that reaches a target with the least effort. 求达标的最省力路径。",
    ),
    ("draft", "plan_draft:draft", "Draft a plan from findings, or along a path to a target. 编制改进计划。"),
    ("change", "plan_change:change", "Give a plan another title. 修改标题。"),
    ("action", "plan_action:action_app", "The actions of a plan. 措施。"),
    ("comment", "plan_change:comment", "Say something about a plan or an action. 备注。"),
    ("agree", "plan_progress:agree", "Agree to a draft. 批准改进计划。"),
    ("drop", "plan_progress:drop", "Give a plan up; it stays on record. 放弃改进计划。"),
    ("begin", "plan_progress:begin", "Begin an action of an agreed plan. 开始措施。"),
    ("done", "plan_progress:done", "Say that an action was done. 完成措施。"),
    ("reopen", "plan_progress:reopen", "Say that an action was not done after all. 重新打开措施。"),
    (
        "judge",
        "plan_progress:judge",
        "Settle what an action brought, once it was measured again. 判定措施效果。",
    ),
)


@plan_app.command("list")
def list_plans(
    context: typer.Context,
    unit: UnitCode = None,
    below: Annotated[str | None, typer.Option(help="A unit and all below it. 下属对象。")] = None,
    scheme: Annotated[str | None, typer.Option(help="A scheme's plans. 评价体系。")] = None,
    period: Annotated[str | None, typer.Option(help="Plans that answer this period. 周期。")] = None,
    state: Annotated[PlanState | None, typer.Option(help="Plans in this state. 状态。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List plans. 列出改进计划。"""

    async def run() -> tuple[Plan, ...]:
        async with local_seat(database, tenant) as seat:
            numbers = await reading.numbers(
                *seat, unit=unit, below=below, scheme=scheme, period=period, state=state
            )
            return await reading.whole(*seat, numbers)

    show([plan_row(each) for each in asyncio.run(run())], HEADS, form, context.obj)


@plan_app.command("show")
def show_plan(
    context: typer.Context,
    number: Number,
    history: Annotated[bool, typer.Option("--history", help="With its history. 含历史。")] = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Show one plan: its actions, findings and effects. 查看改进计划。"""

    async def run() -> tuple[Plan, tuple[PlanChange, ...]]:
        async with local_seat(database, tenant) as seat:
            found = await reading.plan(*seat, number=number)
            told = await reading.histories(*seat, [found]) if history else {}
            return found, told.get(found.record.id, ())

    found, told = asyncio.run(run())
    blocks = list(plan_blocks(found, context.obj))
    if history:
        blocks += history_blocks(told, context.obj)
    typer.echo(plain(blocks, terminal_width()), nl=False)


@plan_app.command("board")
def show_board(
    context: typer.Context,
    unit: UnitCode = None,
    scheme: Annotated[str | None, typer.Option(help="A scheme's plans. 评价体系。")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What is late on this day. 截至日期。")
    ] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Show what is open, late or nobody's of a unit and all below it. 改进计划看板。"""

    async def run() -> Board:
        async with local_seat(database, tenant) as seat:
            day = None if on is None else on.date()
            return await board.board(*seat, below=unit, scheme=scheme, on=day)

    found = asyncio.run(run())
    late = {True: OVERDUE.get(context.obj), False: ""}
    rows = [
        {
            "plan": card.plan.number,
            "action": card.action.number,
            "unit": card.unit.code,
            "title": card.action.title.get(context.obj),
            "state": term(card.action.state, states.ACTION),
            "owner": card.action.owner,
            "due": None if card.action.due is None else card.action.due.isoformat(),
            "overdue": card.is_overdue if form is ListFormat.JSON else late[card.is_overdue],
        }
        for card in found.cards
    ]
    show(rows, CARD_HEADS, form, context.obj)
    if form is ListFormat.TABLE:
        counts = found.counts
        values = {"day": found.on.isoformat(), "overdue": counts.overdue, "unclaimed": counts.unclaimed}
        typer.echo(COUNTS.format(values).get(context.obj))
