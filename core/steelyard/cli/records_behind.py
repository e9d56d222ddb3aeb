"""`steelyard records behind`: what a number comes from: records, a table, sheets, or an entry by hand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.record_rows import HEADS, After, First, heads_of, key_of, more_of, row_of
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.intake.measures.behind import Asked, BehindRow, KeyInvalid, Page
from steelyard.records.table import RecordTable
from steelyard.scheme.number import decimal_text
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.records.behind import (
    NO_ROWS,
    Behind,
    BehindEntry,
    BehindRecords,
    BehindSheets,
    BehindTable,
    behind,
    lines_behind,
    records_behind,
)

COUNTED = {"above": Text("计入分子", "Above"), "below": Text("计入分母", "Below")}
SHEET_HEADS = {
    "sheet": Text("评估表", "Sheet"),
    "rater": Text("评估人", "Rater"),
    "rater_type": Text("评估人类别", "Type"),
    "own_unit": Text("本单位", "Own unit"),
    "value": Text("值", "Value"),
    "comment": Text("备注", "Comment"),
    "evidence": Text("凭据", "Evidence"),
}
CELL_HEADS = {
    "file": Text("文件", "File"),
    "row": Text("行", "Row"),
    "column": Text("列", "Column"),
    "value": Text("值", "Value"),
    "recorded_by": Text("操作者", "By"),
    "recorded_at": Text("时间（UTC）", "At (UTC)"),
}
KINDS = {
    BehindRecords: Text("{measure}：由业务记录计算。", "{measure}: computed from records."),
    BehindTable: Text("{measure}：来自导入的度量表。", "{measure}: from a table that was imported."),
    BehindSheets: Text("{measure}：由评估表汇总。", "{measure}: combined of sheets."),
    BehindEntry: Text("{measure}：人工录入。", "{measure}: entered by hand."),
}
NOTHING = Text("{measure}：没有任何记录。", "{measure}: nothing is recorded.")
YES, NO = Text("是", "yes"), Text("否", "no")


@dataclass(frozen=True, slots=True)
class _Found:
    """What is behind a number, with the records or the sheets of that kind."""

    kind: Behind | None
    page: Page[BehindRow] = NO_ROWS
    sheets: tuple[Sheet, ...] = ()


def show_behind(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="A scheme. 评价方案。")],
    unit: Annotated[str, typer.Argument(help="A unit. 评价对象。")],
    period: Annotated[str, typer.Argument(help="A period. 周期。")],
    measure: Annotated[str, typer.Argument(help="A measure that the scheme reads. 度量。")],
    first: First = 20,
    after: After = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Say what a number comes from, and list its records, cell or sheets. 列出数字背后的来源。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    asked = Asked(first, key_of(after))

    async def run() -> _Found:
        async with local_seat(database, tenant, packs, parts) as seat:
            found = await behind(*seat, scheme=scheme, unit=unit, period=period, measure=measure)
            return await _fetched(seat, found, asked)

    try:
        found = asyncio.run(run())
    except KeyInvalid as error:
        raise typer.BadParameter("DAY,KEY", param_hint="--after") from error
    if found.kind is None:
        typer.echo(NOTHING.format({"measure": measure}).get(locale), err=form is ListFormat.JSON)
        return
    if form is ListFormat.TABLE:
        typer.echo(KINDS[type(found.kind)].format({"measure": measure}).get(locale))
    _show(found, measure, form, locale)


async def _fetched(seat: Seat, found: Behind | None, asked: Asked) -> _Found:
    match found:
        case BehindRecords():
            return _Found(found, page=await records_behind(*seat, found, asked))
        case BehindSheets():
            return _Found(found, sheets=await lines_behind(*seat, found))
        case _:
            return _Found(found)


def _show(found: _Found, measure: str, form: ListFormat, locale: Locale) -> None:
    match found.kind:
        case BehindRecords(table=table) if table is not None:
            _show_records(found.page, table.table, form, locale)
        case BehindSheets():
            show([_sheet_row(each, measure) for each in found.sheets], SHEET_HEADS, form, locale)
        case BehindTable() | BehindEntry() as kind:
            rows = [_cell_row(kind)]
            known = [name for name in CELL_HEADS if form is ListFormat.JSON or rows[0][name] is not None]
            show(rows, {name: CELL_HEADS[name] for name in known}, form, locale)


def _show_records(page: Page[BehindRow], table: RecordTable, form: ListFormat, locale: Locale) -> None:
    titles = heads_of(table)
    say = None if form is ListFormat.JSON else locale
    rows = [{"kind": "records", **row_of(each, titles), **_counts(each, say)} for each in page.rows]
    show(rows, {**HEADS, **COUNTED, **titles}, form, locale)
    if (more := more_of(page)) is not None:
        typer.echo(more.get(locale), err=True)


def _counts(each: BehindRow, locale: Locale | None) -> Row:
    """How a record counts; for people, in their language, where there is one."""
    counts = {"above": each.above, "below": each.below}
    if locale is None:
        return counts
    return {name: (YES if is_so else NO).get(locale) for name, is_so in counts.items()}


def _sheet_row(sheet: Sheet, measure: str) -> Row:
    record, line = sheet.record, sheet.lines.get(measure)
    value = None if line is None or line.value is None else decimal_text(line.value)
    return {
        "kind": "sheets",
        "sheet": record.number,
        "rater": record.rater,
        "rater_type": record.rater_type,
        "own_unit": record.own_unit,
        "value": value,
        "comment": None if line is None else line.comment,
        "evidence": [each.file_name for each in sheet.evidence if each.measure == measure],
    }


def _cell_row(found: BehindTable | BehindEntry) -> Row:
    told = found.measurement
    kind: tuple[object, ...] = ("entry", None, None, None)
    if isinstance(found, BehindTable):
        kind = ("table", found.file, found.row, found.column)
    return {
        **dict(zip(("kind", "file", "row", "column"), kind, strict=True)),
        "value": None if told.value is None else decimal_text(told.value),
        "recorded_by": told.recorded_by,
        "recorded_at": told.recorded_at,
    }
