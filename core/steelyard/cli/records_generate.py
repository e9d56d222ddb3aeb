"""`steelyard records generate`: made-up records of a table, for trying things out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.new_file import creating
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.records import TableName
from steelyard.packs import GeneratorRequest
from steelyard.services.records.generating import units_of_samples, write_made_up

UNITS = ("U1", "U2", "U3")
"""Units of which records tell where a pack has no samples."""
_DAY = ["%Y-%m-%d"]


def generate(
    table: TableName,
    output: Annotated[Path, typer.Option("--output", "-o", help="A CSV file to be made. 要写出的文件。")],
    rows: Annotated[int, typer.Option(min=1, help="How many. 行数。")] = 1_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same file. 随机种子。")] = 0,
    unit: Annotated[
        list[str] | None,
        typer.Option(help="Of which unit; may be repeated; the pack's samples if left out. 评价对象。"),
    ] = None,
    start: Annotated[
        datetime, typer.Option(formats=_DAY, help="The first day. 第一天。", show_default=False)
    ] = datetime(2025, 1, 1),
    end: Annotated[
        datetime,
        typer.Option(formats=_DAY, help="The day after the last. 最后一天的次日。", show_default=False),
    ] = datetime(2026, 1, 1),
    faults: Annotated[float, typer.Option(min=0, max=1, help="The share of bad rows. 错误行的比例。")] = 0.0,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write made-up records of a table into a CSV file; none of them is real. 生成虚构的业务记录。

    They are of the year 2025 unless `--start` and `--end` say otherwise.
    """
    packs = chosen_packs(packs_dir, allow_pack)
    units = tuple(unit or ()) or units_of_samples(packs, table) or UNITS
    request = GeneratorRequest(rows, seed, units, start.date(), end.date(), faults)
    with creating(output):
        write_made_up(packs, table, request, output)
