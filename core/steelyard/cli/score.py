"""`steelyard score`: a scheme and a table in, scores and verdicts out; no database."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.problems import ABSENT_COUNTS
from steelyard.cli.report import report
from steelyard.cli.score_csv import csv_chunks
from steelyard.cli.score_json import json_chunks
from steelyard.cli.score_table import score_tables
from steelyard.cli.source import find_scheme, read_input
from steelyard.cli.undecided import report_undecided
from steelyard.errors import Locale, Place, Problem
from steelyard.intake.table import Table, read_table
from steelyard.scoring import Evaluation, Status, evaluate


class Format(StrEnum):
    """How the result is written."""

    CSV = "csv"
    JSON = "json"
    TABLE = "table"


def score(
    context: typer.Context,
    scheme: Annotated[
        str,
        typer.Argument(
            metavar="SCHEME", help="A scheme file or an installed scheme. 评价体系文件或已安装的名称。"
        ),
    ],
    table: Annotated[
        str,
        typer.Argument(metavar="TABLE", help="A CSV table of measurements; - reads standard input. 度量表。"),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="How the result is written. 输出格式。")
    ] = Format.CSV,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Score a table of measurements. 按评价体系为度量表计分。

    TABLE has one row for each unit and period, with the columns unit, period (optional) and one for each
    measure. An empty cell was not measured; n/a does not apply.

    The result goes to standard output, warnings to standard error.
    """
    locale: Locale = context.obj
    used = find_scheme(scheme, lambda: chosen_packs(packs_dir, allow_pack))
    report(used.warnings, locale)
    data, name = read_input(table)
    read = read_table(data, name, used.scheme, rubrics=used.rubrics, calendars=used.calendars)
    report((*read.warnings, *absent_counts(read, name)), locale)
    write(evaluate(used.scheme, read.observations, rubrics=used.rubrics), form, locale)


def absent_counts(read: Table, file: str) -> list[Problem]:
    """Warn of what only rules count and no column holds: it is taken as a complete feed of 0."""
    observed = read.observations
    fed = np.any(observed.status == Status.EMPTY_FEED, axis=1)
    absent = [measure for measure, empty in zip(observed.measures, fed, strict=True) if empty]
    return [Problem(ABSENT_COUNTS, Place(file), {"measures": ", ".join(absent)})] if absent else []


def write(evaluation: Evaluation, form: Format, locale: Locale) -> None:
    """Write the result to standard output: CSV and JSON in UTF-8 whatever the terminal's encoding."""
    if form is Format.TABLE:
        console = Console(highlight=False)
        for table in score_tables(evaluation, locale):
            console.print(table)
        return
    if form is Format.CSV:
        report_undecided(evaluation, locale)
    out = typer.get_binary_stream("stdout")
    for chunk in csv_chunks(evaluation) if form is Format.CSV else json_chunks(evaluation):
        out.write(chunk)
    out.flush()
