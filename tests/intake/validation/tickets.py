"""A table of tickets, rows of text as adapters hand them over, and a validation of them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.validation.result import Validated
from steelyard.intake.validation.validate import validate
from steelyard.records.table import RecordTable

Cells = Sequence[str | None]


def column(name: str, type_: str, **more: object) -> dict[str, object]:
    return {"column": name, "title": {"zh": f"{name}列", "en": f"The {name}"}, "type": type_, **more}


KINDS = {"repair": {"zh": "维修", "en": "Repair"}, "advice": {"zh": "咨询", "en": "Advice"}}
TICKETS = RecordTable.model_validate(
    {
        "table": "tickets",
        "title": {"zh": "工单", "en": "Tickets"},
        "key": ["id"],
        "unit": "branch",
        "day": "opened",
        "columns": [
            column("id", "text", headers=["ticket no"]),
            column("branch", "text"),
            column("opened", "datetime"),
            column("due", "date"),
            column("kind", "choice", choices=KINDS, also={"repair": ["fix", "修理"]}),
            column("score", "integer", at_least=0, at_most=10),
            column("cost", "decimal", places=2, at_least="-99999.995"),
            column("again", "flag"),
            column("remark", "text"),
        ],
        "derived": [{"column": "left", "title": {"zh": "剩余", "en": "Left"}, "from": "opened", "to": "due"}],
    }
)
COLUMNS = tuple(column.column for column in TICKETS.columns)
UNITS: Mapping[str, int] = {"B1": 11, "B2": 12, "网点3": 13}


def batch(rows: Sequence[Cells], width: int, first: int = 2) -> pa.RecordBatch:
    count = len(rows)
    columns: dict[str, pa.Array] = {
        "row": pa.array(range(first, first + count), pa.int64()),
        "fault": pa.nulls(count, pa.string()),
        "raw": pa.nulls(count, pa.string()),
    }
    for at in range(width):
        columns[f"c{at}"] = pa.array([row[at] for row in rows], pa.string())
    return pa.RecordBatch.from_pydict(columns)


def as_rows(headers: Sequence[str], rows: Sequence[Cells], size: int = 1000) -> Rows:
    parts = [batch(rows[at : at + size], len(headers), at + 2) for at in range(0, max(1, len(rows)), size)]
    return Rows(tuple(headers), iter(parts))


def run(rows: Rows, folder: Path, table: RecordTable = TICKETS, **more: Any) -> Validated:
    """Validate in a new folder below `folder`."""
    place = folder / str(len(list(folder.iterdir())))
    place.mkdir()
    options = {"report": lambda _: None, "cancelled": lambda: False, **more}
    return validate(rows, table, UNITS, place, **options)


def stored(result: Validated) -> list[dict[str, Any]]:
    """The rows of the part."""
    return [] if result.part is None else pq.read_table(result.part).to_pylist()


def rejects(result: Validated) -> list[dict[str, str]]:
    """The rows of the rejects file."""
    if result.rejects is None:
        return []
    with result.rejects.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
