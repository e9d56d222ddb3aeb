"""A million tickets of a CSV file, imported and measured by unit and month, against DuckDB by hand.

By hand means: read the file and count in one query, of each shop and month, all that the pack's measures of
tickets need; that has the bar. A second query by hand also counts what the pack's checks of data quality
flag, as ours does in every import. Ours besides types and checks every cell, keeps the rows as a part, looks
for repeated keys, and commits exact measures with their provenance. All run in turns, in processes of their
own, from their first statement to the last row: without Python's start, imports and the loading of packs.
Each run starts from a copy of an empty database; its memory is the largest that its process ever had.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pyarrow import csv

from bench.timing import Ratio
from steelyard.packs import GeneratorRequest, load_packs

ROWS = 1_000_000
SHOPS = 100
RUNS = 5
MEMORY = 1_000.0
"""MB that an import may take."""
TABLE = "ecommerce.tickets"

BY_HAND = """
import duckdb, json, resource, sys, time
start = time.perf_counter()
database = duckdb.connect(config={"threads": 2})
rows = database.sql('''
    SELECT shop, date_trunc('month', opened) AS month, count(*),
        count(*) FILTER (problem = 'safety'),
        avg(date_diff('second', opened, closed)) FILTER (closed >= opened),
        count(*) FILTER (solved AND contacts = 1)
            / count(*) FILTER (solved IS NOT NULL AND contacts IS NOT NULL),
        count(*) FILTER (solved) / count(*) FILTER (solved IS NOT NULL),
        count(*) FILTER (repeated AND complaint) / count(*) FILTER (complaint AND repeated IS NOT NULL),
        count(DISTINCT buyer) FILTER (complaint)
        -- more
    FROM read_csv($1) GROUP BY ALL
''', params=[sys.argv[1]]).fetchall()
assert len(rows) >= 1200
print(json.dumps({"seconds": time.perf_counter() - start}))
"""

CHECKS = """
        , count(*) FILTER (closed < opened)
        , count(*) FILTER (solved AND closed IS NULL)
        , count(*) FILTER (repeated AND NOT complaint)
        , count(buyer)
        , count(*) FILTER (buyer IS NOT NULL AND problem IS NOT NULL)
            - count(DISTINCT (buyer, problem, opened)) FILTER (buyer IS NOT NULL AND problem IS NOT NULL)
        , count(*) FILTER (date_diff('second', opened, closed) > 48 * 3600)
        , count(*) FILTER (problem IS NULL)
        , count(closed)
        , count(*) FILTER (closed IS NOT NULL AND solved IS NULL)
"""
CHECKED_BY_HAND = BY_HAND.replace("-- more", CHECKS)

OURS = """
import asyncio, json, resource, sys, time
class Absent:
    # Only tests have pandas installed; pyarrow would load all of it with its first array.
    def find_spec(self, name, path=None, target=None):
        if name == "pandas":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from pathlib import Path
# What libraries import at their first use.
import numpy.ma, dateutil, narwhals._arrow.dataframe, narwhals._duckdb.dataframe, narwhals._duckdb.namespace
import narwhals.group_by, narwhals._interchange.dataframe, narwhals._duckdb.group_by
import narwhals.stable.v2._namespace
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.intake.adapters import for_file
from steelyard.packs import load_packs
from steelyard.services.context import open_context
from steelyard.services.records.importing import import_records
from steelyard.services.records.source import RecordSource

async def work(file, folder):
    async with open_context(f"sqlite:///{folder}/bench.db", load_packs(), parts=folder / "parts") as context:
        start = time.perf_counter()
        source = RecordSource(for_file(file), {"file": str(file)}, file.name, file)
        done = await import_records(
            context.view(), LOCAL_ADMINISTRATOR, context.scope, table="ecommerce.tickets", source=source
        )
        assert (done.stored, done.rejected) == (1_000_000, 0), done
        return time.perf_counter() - start, done.recorded

seconds, recorded = asyncio.run(work(Path(sys.argv[1]), Path(sys.argv[2])))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"seconds": seconds, "memory": memory, "recorded": recorded}))
"""


def ratios() -> Iterator[Ratio]:
    """Time against DuckDB, counting measures alone and with the checks, and memory against its bar."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = _file(folder)
        empty = _database(folder)
        took: list[tuple[float, float, float]] = []
        memory = 0.0
        for run in range(RUNS):
            fresh = folder / f"run{run}"
            shutil.copytree(empty, fresh)
            ours = _run(OURS, str(file), str(fresh))
            hand, checked = (_run(each, str(file))["seconds"] for each in (BY_HAND, CHECKED_BY_HAND))
            shutil.rmtree(fresh)
            took.append((ours["seconds"], hand, checked))
            memory = max(memory, ours["memory"])
    measured = "1 million tickets of CSV, imported and measured ÷ DuckDB"
    for at, name, bar in ((1, measured, 3), (2, "… ÷ DuckDB that counts the checks too", None)):
        yield Ratio(
            name=name,
            measured=statistics.median(each[0] / each[at] for each in took),
            bar=bar,
            at_most=True,
            seconds=statistics.median(each[0] for each in took),
            yardstick_seconds=statistics.median(each[at] for each in took),
        )
    yield Ratio("… memory in GB", memory / MEMORY, 1, True, 0, 0)


def _file(folder: Path) -> Path:
    generator = load_packs().generator(TABLE)
    if generator is None:
        raise LookupError(TABLE)
    shops = tuple(f"SHOP-{number:03}" for number in range(SHOPS))
    request = GeneratorRequest(ROWS, 7, shops, date(2025, 1, 1), date(2026, 1, 1))
    batches = generator.generate(request)
    first = next(batches)
    path = folder / "tickets.csv"
    with csv.CSVWriter(path, first.schema, write_options=csv.WriteOptions(quoting_style="needed")) as out:
        out.write_batch(first)
        for batch in batches:
            out.write_batch(batch)
    return path


def _database(folder: Path) -> Path:
    empty = folder / "empty"
    empty.mkdir()
    url = ["--database", f"sqlite:///{empty}/bench.db"]
    lines = [f"SHOP-{number:03},shop,店{number},Shop {number}" for number in range(SHOPS)]
    (folder / "units.csv").write_text("\n".join(["unit,type,title_zh,title_en", *lines]), encoding="utf-8")
    _command("db", "upgrade", *url)
    _command("unit", "import", str(folder / "units.csv"), "--reason", "bench", *url)
    return empty


def _command(*words: str) -> None:
    program = "import sys, steelyard_graphql.cli as cli; cli.main()"
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)


def _run(program: str, *words: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
