"""Lists of things as a table to read or as JSON to read on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from steelyard.errors import Locale, Text


class ListFormat(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"


Form = Annotated[ListFormat, typer.Option("--format", help="How the list is written. 输出格式。")]
Row = Mapping[str, Any]
"""The columns of a thing by the name of their heads; times are datetimes."""


def show(rows: Sequence[Row], heads: Mapping[str, Text], form: ListFormat, locale: Locale) -> None:
    """Write rows to standard output: all columns as JSON, those with a head as a table."""
    if form is ListFormat.JSON:
        typer.echo(orjson.dumps(list(rows), option=orjson.OPT_INDENT_2))
        return
    table = Table()
    for number, head in enumerate(heads.values()):
        # The first is what other commands are given: it must be fit to be copied.
        table.add_column(head.get(locale), overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Styled(_cell(row[name])) for name in heads))
    Console(highlight=False).print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
