"""Lists of things as a table to read or as JSON to read on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import orjson
import typer

from steelyard.cli.columns import Cell, laid_out, terminal_width
from steelyard.errors import Locale, Text

YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


class ListFormat(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"


class Term(NamedTuple):
    """A code that people read in words: JSON has the code."""

    code: str
    words: Text


def term(code: str, words: Mapping[str, Text]) -> Term:
    """A code with its words, itself where it has none."""
    return Term(code, words.get(code, Text(code, code)))


Form = Annotated[ListFormat, typer.Option("--format", help="How the list is written. 输出格式。")]
Row = Mapping[str, Any]
"""The columns of a thing by the name of their heads; times are datetimes."""


def show(rows: Sequence[Row], heads: Mapping[str, Text], form: ListFormat, locale: Locale) -> None:
    """Write rows to standard output: all columns as JSON, those with a head as a table."""
    if form is ListFormat.JSON:
        typer.echo(orjson.dumps(list(rows), default=code_of, option=orjson.OPT_INDENT_2))
        return
    cells = [[_cell(row[name], locale, at == 0) for at, name in enumerate(heads)] for row in rows]
    shown = laid_out([head.get(locale) for head in heads.values()], cells, terminal_width())
    typer.echo(shown, nl=False)


def _cell(value: object, locale: Locale, is_first: bool) -> Cell:
    """A value as it is read. The first is what other commands are given: it must be fit to be copied."""
    if isinstance(value, datetime):
        return Cell(f"{value:%Y-%m-%d %H:%M}", whole=True)
    if isinstance(value, list | tuple) and not isinstance(value, Term):
        # A sentence of advice has commas of its own.
        between = "；" if locale == "zh" else ", "
        return Cell(between.join(_said(each, locale) for each in value), whole=is_first)
    return Cell(_said(value, locale), whole=is_first)


def _said(value: object, locale: Locale) -> str:
    if isinstance(value, bool):
        return YES_NO[value].get(locale)
    if isinstance(value, Term):
        return value.words.get(locale)
    return "" if value is None else str(value)


def code_of(value: object) -> str:
    """What JSON has of a term."""
    if isinstance(value, Term):
        return value.code
    raise TypeError(type(value).__name__)
