"""`steelyard unit`: what is scored, and where it stands in the tree."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.report import report
from steelyard.cli.source import read_input
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_table import read_unit_table
from steelyard.services.administration.units import (
    AssignPerson,
    CloseUnit,
    CreateUnit,
    RenameUnit,
    ReopenUnit,
    SetAttribute,
)
from steelyard.store.spans import BEGINNING

HEADS = {
    "code": Text("代码", "Code"),
    "type": Text("类型", "Type"),
    "title": Text("名称", "Title"),
    "parent": Text("上级", "Below"),
    "opened_on": Text("启用", "Opened"),
    "closed_on": Text("关闭", "Closed"),
}
COUNTED = Text(
    "新建 {created}，更改 {changed}，未变 {unchanged}。",
    "Created {created}, changed {changed}, unchanged {unchanged}.",
)

Code = Annotated[str, typer.Argument(help="The unit's code. 评价对象代码。")]
TitleZh = Annotated[str, typer.Option("--zh", help="Title in Chinese. 中文名称。")]
TitleEn = Annotated[str, typer.Option("--en", help="Title in English. 英文名称。")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From which day. 自何日起。")]

unit_app = typer.Typer(no_args_is_help=True, help="Units: what is scored. 评价对象。")


def day_of(given: datetime | None, otherwise: date) -> date:
    """The day that was given."""
    return otherwise if given is None else given.date()


@unit_app.callback()
def units() -> None:
    """Units: what is scored. 评价对象。"""


@unit_app.command("create")
def create(
    context: typer.Context,
    code: Code,
    unit_type: Annotated[str, typer.Argument(metavar="TYPE", help="Such as campus, shop. 类型。")],
    zh: TitleZh,
    en: TitleEn,
    reason: Reason,
    parent: Annotated[str | None, typer.Option(help="The unit above. 上级。")] = None,
    opened: Day = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Create a unit. 新建评价对象。"""
    day = None if opened is None else opened.date()
    do(database, tenant, CreateUnit(code, zh, en, unit_type, parent, day), reason, context.obj)


@unit_app.command("list")
def list_units(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List units as they stand today. 列出评价对象。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            known = await structure.load(*seat)
        parents = {unit.id: known.parent(unit) for unit in known.units}
        return [
            {
                "code": unit.code,
                "type": unit.unit_type,
                "title": unit.title.get(context.obj),
                "parent": None if (above := parents[unit.id]) is None else above.code,
                "opened_on": unit.opened_on,
                "closed_on": unit.closed_on,
                "attributes": dict(known.attributes(unit)),
            }
            for unit in known.units
        ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@unit_app.command("rename")
def rename(
    context: typer.Context,
    code: Code,
    zh: TitleZh,
    en: TitleEn,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Give a unit another title. 更名。"""
    do(database, tenant, RenameUnit(code, zh, en), reason, context.obj)


@unit_app.command("move")
def move(
    context: typer.Context,
    code: Code,
    reason: Reason,
    parent: Annotated[
        str | None, typer.Option(help="The unit above; the top without. 上级，不写则移到顶层。")
    ] = None,
    since: Day = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Let a unit stand below another from a day on; from today unless told. 移动，默认自今日起。"""
    do(database, tenant, MoveUnit(code, parent, day_of(since, date.today())), reason, context.obj)


@unit_app.command("close")
def close(
    context: typer.Context,
    code: Code,
    reason: Reason,
    since: Day = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Close a unit from a day on; from today unless told. 关闭，默认自今日起。"""
    do(database, tenant, CloseUnit(code, day_of(since, date.today())), reason, context.obj)


@unit_app.command("reopen")
def reopen(
    context: typer.Context,
    code: Code,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Open a closed unit again. 重新启用。"""
    do(database, tenant, ReopenUnit(code), reason, context.obj)


@unit_app.command("attribute")
def attribute(
    context: typer.Context,
    code: Code,
    name: Annotated[str, typer.Argument(help="Such as size. 属性名。")],
    reason: Reason,
    value: Annotated[str | None, typer.Argument(help="None ends it. 值；不写则自该日起没有。")] = None,
    since: Day = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Set an attribute of a unit; as of always unless a day is told. 设定属性，默认一直如此。"""
    do(database, tenant, SetAttribute(code, name, value, day_of(since, BEGINNING)), reason, context.obj)


@unit_app.command("person")
def person(
    context: typer.Context,
    code: Code,
    reason: Reason,
    pseudonym: Annotated[str | None, typer.Argument(help="None for nobody. 人员代号，不写则无。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Say for which person a unit stands. 指定评价对象所代表的人员。"""
    do(database, tenant, AssignPerson(code, pseudonym), reason, context.obj)


@unit_app.command("import")
def import_units(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="A CSV table; - reads standard input. 表格。")],
    reason: Reason,
    since: Day = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Create and change units by a table: all of it or nothing. 以表格批量新建和更改。

    Columns: unit, type, title_zh, title_en, parent, opened_on, closed_on, attribute.NAME. An empty cell says
    nothing. New parents and attributes of units that are there hold from the day given, else from today.
    """
    data, file = read_input(table)
    rows, warnings = read_unit_table(data, file)
    report(warnings, context.obj)
    deed = ImportUnits(file, rows, day_of(since, date.today()))
    counts = do(database, tenant, deed, reason, context.obj)
    if counts is not None:
        values = {"created": counts.created, "changed": counts.changed, "unchanged": counts.unchanged}
        typer.echo(COUNTED.format(values).get(context.obj))
