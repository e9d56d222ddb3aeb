"""Made-up work orders and call-backs of two dealers in every format, and what they score."""

from __future__ import annotations

import csv
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from services.conftest import Seat
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.intake.adapters import BUILT_IN
from steelyard.packs import GeneratorRequest, Packs
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import installed_packs
from steelyard.services import scorecards
from steelyard.services.context import context_on
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.source import RecordSource
from steelyard.store import units
from steelyard.store.engine import Database
from steelyard.store.units import NewUnit

ORDERS, CALLS = "automotive.work_orders", "automotive.csi_calls"
TABLES = ORDERS, CALLS
SCHEME = "automotive.service-process"
DEALERS, MONTHS = ("D1", "D2"), ("2025-01", "2025-02")

Table = Mapping[str, Sequence[str | None]]
"""The cells of records by column, as texts."""


@cache
def packs() -> Packs:
    """The installed packs."""
    return load_packs(installed_packs())


def made_up(
    table: str, rows: int = 150, *, faults: float = 0.0, seed: int = 5
) -> dict[str, list[str | None]]:
    """Records of January and February 2025."""
    generator = packs().generator(table)
    assert generator is not None
    request = GeneratorRequest(rows, seed, DEALERS, date(2025, 1, 1), date(2025, 3, 1), faults)
    found: dict[str, list[str | None]] = pa.Table.from_batches(generator.generate(request)).to_pydict()
    return found


@asynccontextmanager
async def dealers_on(database: Database, folder: Path) -> AsyncIterator[Seat]:
    """A seat on a database with two dealers; files are in the folder."""
    async with context_on(database, packs(), parts=folder / "parts") as context:
        scope = context.scope
        async with database.write(scope) as writer:
            await units.ensure(writer, scope, [NewUnit(code, Text(code, code), "dealer") for code in DEALERS])
        yield context.view(), LOCAL_ADMINISTRATOR, scope


async def imported(seat: Seat, table: str, source: RecordSource) -> RecordImportResult:
    """Import records; they are all that there are of their months."""
    view, actor, scope = seat
    return await import_records(view.context.view(), actor, scope, table=table, source=source, complete=True)


async def scores(seat: Seat) -> dict[str, Any]:
    """Outcome, rate, band and pass of every node of every dealer and month, and the verdicts."""
    view, actor, scope = seat
    found: dict[str, Any] = {}
    for month in MONTHS:
        fresh = view.context.view()
        for card in await scorecards.cards(fresh, actor, scope, scheme=SCHEME, period=month, units=DEALERS):
            found[f"{card.unit.code} {month}"] = card.verdict
            for node in card.nodes:
                told = (node.outcome, node.rate, node.band, node.passed)
                found[f"{card.unit.code} {month} {node.code}"] = told
    return found


def of_file(path: Path, adapter: str, **options: str) -> RecordSource:
    """A file as a source."""
    return RecordSource(BUILT_IN[adapter], {"file": str(path), **options}, path.name, path)


def rows_of(table: Table) -> list[tuple[str | None, ...]]:
    """The records of a table."""
    return list(zip(*table.values(), strict=True))


def csv_file(path: Path, table: Table, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(table)
        writer.writerows(rows_of(table))


@contextmanager
def as_csv(table: Table, folder: Path) -> Iterator[RecordSource]:
    """CSV as programs write it."""
    csv_file(folder / "t.csv", table)
    yield of_file(folder / "t.csv", "csv")


@contextmanager
def as_gb18030(table: Table, folder: Path) -> Iterator[RecordSource]:
    """CSV as a Chinese spreadsheet writes it."""
    csv_file(folder / "t.csv", _titled(table), "gb18030", ";")
    yield of_file(folder / "t.csv", "csv")


@contextmanager
def as_xlsx(table: Table, folder: Path) -> Iterator[RecordSource]:
    """A sheet under a title."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["数据"], list(table), *rows_of(table)):
        sheet.append(row)
    book.save(folder / "t.xlsx")
    yield of_file(folder / "t.xlsx", "xlsx")


@contextmanager
def as_jsonl(table: Table, folder: Path) -> Iterator[RecordSource]:
    """One object a line; what is empty is left out."""
    lines = (json.dumps(each, ensure_ascii=False) for each in _objects(table))
    (folder / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    yield of_file(folder / "t.jsonl", "jsonl")


@contextmanager
def as_parquet(table: Table, folder: Path) -> Iterator[RecordSource]:
    """A Parquet file."""
    pq.write_table(pa.table(dict(table)), folder / "t.parquet")
    yield of_file(folder / "t.parquet", "parquet")


@contextmanager
def as_query(table: Table, folder: Path) -> Iterator[RecordSource]:
    """The query of a database."""
    with closing(sqlite3.connect(folder / "t.db")) as database, database:
        database.execute(f"CREATE TABLE t ({', '.join(table)})")
        database.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(table))})", rows_of(table))
    options = {"url": f"sqlite:///{folder / 't.db'}", "query": "SELECT * FROM t"}
    yield RecordSource(BUILT_IN["sql"], options, "query")


@contextmanager
def as_api(table: Table, folder: Path) -> Iterator[RecordSource]:
    """An API on the loopback that gives forty records a page."""
    objects = _objects(table)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = int(self.path.partition("page=")[2])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"rows": objects[40 * (page - 1) : 40 * page]}).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        try:
            url = f"http://127.0.0.1:{server.server_address[1]}/"
            yield RecordSource(BUILT_IN["http"], {"url": url, "rows": "/rows", "paging": "page"}, "api")
        finally:
            server.shutdown()
            serving.join()


def _titled(table: Table) -> Table:
    """The same under the Chinese titles of the columns."""
    declared = next(
        each.table
        for each in packs().record_tables.values()
        if [column.column for column in each.table.columns] == list(table)
    )
    return {column.title.zh: table[column.column] for column in declared.columns}


def _objects(table: Table) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in zip(table, row, strict=True) if cell is not None}
        for row in rows_of(table)
    ]


FORMATS: dict[str, Callable[[Table, Path], Any]] = {
    "csv": as_csv,
    "gb18030": as_gb18030,
    "xlsx": as_xlsx,
    "jsonl": as_jsonl,
    "parquet": as_parquet,
    "sql": as_query,
    "http": as_api,
}
