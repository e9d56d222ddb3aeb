"""`steelyard records check` and `discover`: what a source offers, before it is imported."""

from __future__ import annotations

from typing import Annotated

import typer

from steelyard.cli.listing import Form, ListFormat, show
from steelyard.cli.records_import import AdapterOptions, chosen_source
from steelyard.errors import Locale, Text

HEADS = {
    "stream": Text("表", "Stream"),
    "rows": Text("行数（估计）", "Rows (estimate)"),
    "hidden": Text("隐藏", "Hidden"),
    "headers": Text("表头", "Headers"),
}
READABLE = Text("{adapter}：可以读取。", "{adapter}: it can be read.")
YES, NO = Text("是", "yes"), Text("否", "no")

AdapterArgument = Annotated[str, typer.Argument(help="An adapter; `records adapters` lists them. 适配器。")]


def discover(
    context: typer.Context,
    adapter: AdapterArgument,
    option: AdapterOptions = None,
    form: Form = ListFormat.TABLE,
) -> None:
    """List what a source offers: sheets, tables, their headers, about how many rows. 列出来源中的表。"""
    locale: Locale = context.obj
    source = chosen_source(None, adapter, option or [])
    hidden = {
        is_so: is_so if form is ListFormat.JSON else (YES if is_so else NO).get(locale)
        for is_so in (True, False)
    }
    rows = [
        {
            "stream": each.name,
            "rows": each.rows_estimate,
            "hidden": hidden[each.hidden],
            "headers": list(each.headers),
        }
        for each in source.adapter.discover(source.options)
    ]
    show(rows, HEADS, form, locale)


def check(context: typer.Context, adapter: AdapterArgument, option: AdapterOptions = None) -> None:
    """Try whether a source can be read, without reading all of it. 检查来源能否读取。"""
    source = chosen_source(None, adapter, option or [])
    source.adapter.check(source.options)
    typer.echo(READABLE.format({"adapter": adapter}).get(context.obj))
