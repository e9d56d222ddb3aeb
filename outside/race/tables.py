"""What PostGraphile serves: the scores as stored rows, so that it has nothing to compute."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg

from outside.race.questions import DEEP, FLAT, VARIABLES
from outside.race.wide_pack import LEAF_CODES
from outside.service import Service

SCHEMA = "race"
_TABLES = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.unit_score (
    unit text PRIMARY KEY, outcome text NOT NULL, reason text NOT NULL, score float8, points float8,
    full_mark float8, verdict text, passed boolean, coverage float8, change float8,
    sparkline float8[] NOT NULL
);
CREATE TABLE {SCHEMA}.cell (
    unit text NOT NULL REFERENCES {SCHEMA}.unit_score, indicator text NOT NULL, outcome text NOT NULL,
    score float8, passed boolean, to_median float8, band text, PRIMARY KEY (unit, indicator)
);
"""
_FLAT = (
    *("outcome", "reason", "score", "points", "fullMark"),
    *("verdict", "passed", "coverage", "change", "sparkline"),
)
_CELL = ("outcome", "score", "passed", "toMedian", "band")


def store(service: Service, url: str) -> None:
    """Ask the service both questions, and store its answers as rows in its own database."""
    flat = service.ask(FLAT.replace("sparkline", "sparkline unit { code }"), VARIABLES)["overview"]
    deep = DEEP.replace("rows {", "rows { unit { code }")
    rows = service.ask(deep, {**VARIABLES, "indicators": LEAF_CODES})["heatMap"]["rows"]
    scores = [(row["unit"]["code"], *(row[name] for name in _FLAT)) for row in flat]
    cells = [
        (row["unit"]["code"], code, *(_plain(cell[name]) for name in _CELL))
        for row in rows
        for code, cell in zip(LEAF_CODES, row["cells"], strict=True)
    ]
    asyncio.run(_store(url, scores, cells))


def _plain(value: Any) -> Any:
    return value["code"] if isinstance(value, dict) else value


async def _store(url: str, scores: list[tuple[Any, ...]], cells: list[tuple[Any, ...]]) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_TABLES)
        await connection.copy_records_to_table("unit_score", records=scores, schema_name=SCHEMA)
        await connection.copy_records_to_table("cell", records=cells, schema_name=SCHEMA)
        await connection.execute(f"ANALYZE {SCHEMA}.unit_score; ANALYZE {SCHEMA}.cell")
    finally:
        await connection.close()
