"""`steelyard calendar` and `steelyard period`: how time is cut, and which parts of it are closed."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.problems import PART_UNREADABLE
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Problem, Text, UsageError
from steelyard.services import structure
from steelyard.services.administration.calendars import (
    AddPeriods,
    ClosePeriod,
    DeclareCalendar,
    DeclaredPart,
    ReopenPeriod,
)

CALENDAR_HEADS = {"code": Text("代码", "Code"), "title": Text("名称", "Title")}
PERIOD_HEADS = {
    "code": Text("代码", "Code"),
    "calendar": Text("日历", "Calendar"),
    "title": Text("名称", "Title"),
    "start": Text("起", "From"),
    "end": Text("止（不含）", "Before"),
    "state": Text("状态", "State"),
}

Calendar = Annotated[str, typer.Argument(help="The calendar's code, such as month. 日历代码。")]
Period = Annotated[str, typer.Argument(help="The period's code, such as 2025-01. 周期代码。")]

calendar_app = typer.Typer(no_args_is_help=True, help="Calendars: how a year is divided. 日历。")
period_app = typer.Typer(no_args_is_help=True, help="Periods: when units are scored. 考核周期。")


@calendar_app.callback()
def calendars() -> None:
    """Calendars: how a year is divided. 日历。"""


@period_app.callback()
def periods() -> None:
    """Periods: when units are scored. 考核周期。"""


@calendar_app.command("declare")
def declare(
    context: typer.Context,
    code: Calendar,
    zh: Annotated[str, typer.Option("--zh", help="Title in Chinese. 中文名称。")],
    en: Annotated[str, typer.Option("--en", help="Title in English. 英文名称。")],
    part: Annotated[
        list[str], typer.Option(help="CODE,MM-DD,MM-DD,中文名,English: the second day is not in it. 一段。")
    ],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Declare a calendar of named parts, one --part for each. 建立日历，每段一个 --part。"""
    parts = tuple(map(_part, part))
    do(database, tenant, DeclareCalendar(code, zh, en, parts), reason, context.obj)


@calendar_app.command("list")
def list_calendars(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List the calendars on record. 列出日历。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            known = await structure.load(*seat)
        return [
            {"code": each.code, "title": each.title.get(context.obj), "definition": each.definition}
            for each in known.calendars
        ]

    show(asyncio.run(run()), CALENDAR_HEADS, form, context.obj)


@period_app.command("add")
def add(
    context: typer.Context,
    calendar: Calendar,
    codes: Annotated[list[str], typer.Argument(help="Such as 2025-01 2025-02. 周期代码。")],
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Put periods of a calendar on record. 新增考核周期。"""
    do(database, tenant, AddPeriods(calendar, tuple(codes)), reason, context.obj)


@period_app.command("list")
def list_periods(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List the periods on record. 列出考核周期。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            known = await structure.load(*seat)
        return [
            {
                "code": each.code,
                "calendar": each.calendar,
                "title": each.title.get(context.obj),
                "start": each.start,
                "end": each.end,
                "state": term(each.state.value, states.PERIOD),
            }
            for each in known.periods
        ]

    show(asyncio.run(run()), PERIOD_HEADS, form, context.obj)


@period_app.command("close")
def close(
    context: typer.Context,
    calendar: Calendar,
    period: Period,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Close a period: nothing more is recorded for it. 关闭考核周期。"""
    do(database, tenant, ClosePeriod(calendar, period), reason, context.obj)


@period_app.command("reopen")
def reopen(
    context: typer.Context,
    calendar: Calendar,
    period: Period,
    reason: Reason,
    correct: Annotated[
        bool,
        typer.Option(
            "--correct", help="Also one with final evaluations, to correct it. 更正已有最终评价的周期。"
        ),
    ] = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Open a closed period again. 重新打开考核周期。

    Final evaluations of it stay on record; evaluated anew, it gets another revision.
    """
    do(database, tenant, ReopenPeriod(calendar, period, correct), reason, context.obj)


def _part(text: str) -> DeclaredPart:
    fields = [field.strip() for field in text.split(",")]
    if len(fields) != 5:
        raise UsageError(Problem(PART_UNREADABLE, values={"found": text[:100]}))
    code, start, end, zh, en = fields
    return DeclaredPart(code, zh, en, start, end)
