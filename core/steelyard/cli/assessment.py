"""`steelyard assessment`: sheets that people fill in, as XLSX forms out and in, and what becomes of them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deferred import defer
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.new_file import write_new
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import read_input, require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.scheme.number import decimal_text
from steelyard.services.assessments import deciding, filled, form, reading, writing
from steelyard.services.assessments.sheet import Sheet
from steelyard.store.assessments import AssessmentState, Line

HEADS = {
    "number": Text("编号", "Number"),
    "scheme": Text("评价体系", "Scheme"),
    "unit": Text("评价对象", "Unit"),
    "period": Text("周期", "Period"),
    "rater": Text("评估人", "Rater"),
    "rater_type": Text("类型", "Type"),
    "own_unit": Text("评本单位", "Own unit"),
    "state": Text("状态", "State"),
    "revision": Text("版次", "Revision"),
    "reason": Text("理由", "Reason"),
}
RATERS = {writing.DEFAULT_TYPE: Text("评估人", "assessor")}
LINE_HEADS = {
    "measure": Text("度量", "Measure"),
    "value": Text("值", "Value"),
    "comment": Text("备注", "Comment"),
}
WRITTEN = Text("已写出空表 {file}。", "Wrote the blank form to {file}.")
TAKEN = Text("评估表 {number}：{state}。", "Assessment {number}: {state}.")
KNOWN = Text(
    "{file} 已导入过，为评估表 {number}：{state}。",
    "{file} was imported before, as assessment {number}: {state}.",
)
APPROVED = Text(
    "评估表 {number} 已批准；记录 {recorded}，未变 {unchanged}，尚待其他评估表 {waiting}。",
    "Assessment {number} is approved; recorded {recorded}, unchanged {unchanged}, waiting {waiting}.",
)

Number = Annotated[str, typer.Argument(help="The assessment's number. 评估表编号。")]
UnitCode = Annotated[str, typer.Option("--unit", help="The unit. 评价对象。")]
PeriodCode = Annotated[str, typer.Option("--period", help="The period. 周期。")]

assessment_app = typer.Typer(no_args_is_help=True, help="Assessments: sheets filled in by people. 评估表。")


@assessment_app.callback()
def assessments() -> None:
    """Assessments: sheets filled in by people. 评估表。"""


defer(
    assessment_app,
    "steelyard.cli",
    ("begin", "assessment_lines:begin", "Begin an empty sheet. 新建评估表。"),
    (
        "save",
        "assessment_lines:save",
        "Write lines of a sheet that is not handed in; the others stay as they are. 填写评估表。",
    ),
    ("discard", "assessment_lines:discard", "Delete a draft that was never handed in. 作废草稿。"),
    ("evidence", "assessment_evidence:evidence_app", "Files that back a sheet. 评估依据。"),
)


@assessment_app.command("form")
def blank(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: UnitCode,
    period: PeriodCode,
    output: Annotated[Path, typer.Option("--output", "-o", help="The XLSX file to write. 输出文件。")],
    rater_type: Annotated[str | None, typer.Option(help="The sort of rater. 评估人类型。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write a blank form for a unit and period. 生成空白评估表。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> bytes:
        async with local_seat(database, tenant, packs) as seat:
            return await form.blank_form(
                *seat,
                scheme=scheme,
                unit=unit,
                period=period,
                rater_type=rater_type,
                locale=context.obj,
            )

    data = asyncio.run(run())
    write_new(output, data)
    typer.echo(WRITTEN.format({"file": output}).get(context.obj), err=True)


@assessment_app.command("import")
def import_filled(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The filled form. 填好的评估表。")],
    rater: Annotated[str | None, typer.Option(help="Whose sheet it is. 评估人。")] = None,
    submit: Annotated[bool, typer.Option("--submit", help="Hand it in at once. 直接提交。")] = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Take a filled form in; the same file twice is one sheet. 导入填好的评估表。"""
    data, name = read_input(file)
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> tuple[Sheet, bool]:
        async with local_seat(database, tenant, packs) as seat:
            return await filled.import_form(*seat, data=data, file=name, rater=rater, submit=submit)

    sheet, new = asyncio.run(run())
    values = {"file": name, "number": sheet.record.number, "state": _state(sheet, context.obj)}
    typer.echo((TAKEN if new else KNOWN).format(values).get(context.obj))


@assessment_app.command("list")
def list_sheets(
    context: typer.Context,
    scheme: Annotated[str | None, typer.Option(help="Only of this scheme. 评价体系。")] = None,
    unit: Annotated[str | None, typer.Option(help="Only of this unit. 评价对象。")] = None,
    period: Annotated[str | None, typer.Option(help="Only of this period. 周期。")] = None,
    state: Annotated[AssessmentState | None, typer.Option(help="Only in this state. 状态。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List assessments. 列出评估表。"""

    async def run() -> tuple[Sheet, ...]:
        async with local_seat(database, tenant) as seat:
            return await reading.listed(*seat, scheme=scheme, unit=unit, period=period, state=state)

    show([_row(each) for each in asyncio.run(run())], HEADS, form, context.obj)


@assessment_app.command("show")
def show_sheet(
    context: typer.Context,
    number: Number,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Show what an assessment says. 显示评估表。"""

    async def run() -> Sheet:
        async with local_seat(database, tenant) as seat:
            return await reading.assessment(*seat, number=number)

    lines = asyncio.run(run()).lines.values()
    rows = [{"measure": each.measure, "value": _said(each), "comment": each.comment} for each in lines]
    show(rows, LINE_HEADS, form, context.obj)


@assessment_app.command("submit")
def submit(
    context: typer.Context,
    number: Number,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Hand an assessment in. 提交评估表。"""

    async def run() -> Sheet:
        async with local_seat(database, tenant) as seat:
            sheet = await reading.assessment(*seat, number=number)
            return await writing.submit(*seat, number=number, revision=sheet.record.revision)

    tell(context, asyncio.run(run()))


@assessment_app.command("approve")
def approve(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why. 理由。")] = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Approve an assessment, which makes measurements of it. 批准评估表。"""
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> deciding.Approved:
        async with local_seat(database, tenant, packs) as seat:
            sheet = await reading.assessment(*seat, number=number)
            revision = sheet.record.revision
            return await deciding.approve(*seat, number=number, revision=revision, reason=reason)

    done = asyncio.run(run())
    counts = {"recorded": done.recorded, "unchanged": done.unchanged, "waiting": len(done.waiting)}
    typer.echo(APPROVED.format({"number": number, **counts}).get(context.obj))


@assessment_app.command("return")
def give_back(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; the rater reads it. 理由。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Return an assessment to its rater. 退回评估表。"""

    async def run() -> Sheet:
        async with local_seat(database, tenant) as seat:
            sheet = await reading.assessment(*seat, number=number)
            revision = sheet.record.revision
            return await deciding.give_back(*seat, number=number, revision=revision, reason=reason)

    tell(context, asyncio.run(run()))


def tell(context: typer.Context, sheet: Sheet) -> None:
    """Say in which state a sheet is."""
    values = {
        "number": sheet.record.number,
        "state": states.ASSESSMENT[sheet.record.state.value].get(context.obj),
    }
    typer.echo(TAKEN.format(values).get(context.obj))


def _state(sheet: Sheet, locale: Locale) -> str:
    return states.ASSESSMENT[sheet.record.state.value].get(locale)


def _row(sheet: Sheet) -> Row:
    record = sheet.record
    own = {name: getattr(record, name) for name in ("number", "scheme", "rater", "own_unit")}
    state = {
        "rater_type": term(record.rater_type, RATERS),
        "state": term(record.state.value, states.ASSESSMENT),
        "revision": record.revision,
        "reason": record.decision_reason,
    }
    return {**own, "unit": sheet.unit, "period": sheet.period, **state}


def _said(line: Line) -> str:
    if line.value is not None:
        return decimal_text(line.value)
    return "n/a" if line.status.value == "not_applicable" else ""
