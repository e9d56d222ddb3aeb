"""GraphQL in process against building the same dicts and serialising them with orjson.

Measured is the whole request, warm: reading the query, the service, execution, and orjson.
"""

from __future__ import annotations

import asyncio
import copy
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bench import pack
from bench.timing import Ratio, seconds
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.packs import PackOrigin, load_packs
from steelyard.services import sampling
from steelyard.services.context import Context, open_context
from steelyard.store.migrate import upgrade
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

RUNS, BAR = 9, 4
FLAT = """
query Flat($scheme: String!, $period: String!) {
  overview(scheme: $scheme, period: $period, length: 2) {
    outcome reason score points fullMark verdict passed coverage change sparkline
  }
}
"""
DEEP = """
query Deep($scheme: String!, $period: String!, $indicators: [String!]) {
  heatMap(scheme: $scheme, period: $period, indicators: $indicators) {
    rows { cells { outcome score passed toMedian band { code } } }
  }
}
"""
VARIABLES = {"scheme": pack.SCHEME, "period": pack.PERIOD}
ROWS = (
    ("GraphQL, 1,000 units × 10 fields ÷ dicts and orjson", FLAT, VARIABLES, ("overview",)),
    (
        "GraphQL, 1,000 units × 30 indicators × 5 fields ÷ dicts and orjson",
        DEEP,
        {**VARIABLES, "indicators": pack.LEAF_CODES},
        ("heatMap", "rows"),
    ),
)


def ratios() -> Iterator[Ratio]:
    """Both rows, in one run."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        await upgrade(url)
        origin = PackOrigin("bench", "bench", lambda: sys.modules[pack.__name__])
        async with open_context(url, load_packs([origin], strict=True)) as context:
            await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope)
            return [await _row(context, *row) for row in ROWS]


async def _row(
    context: Context, name: str, query: str, variables: dict[str, Any], path: tuple[str, ...]
) -> Ratio:
    executor, operation = Executor(schema), Operation(query, variables)

    async def ask() -> bytes:
        answer = await executor.execute(operation, request_context(context))
        if answer.fields_compiled < answer.fields - 1:
            raise AssertionError("the query is not answered by compiled selections")
        return orjson.dumps(answer.body)

    body = orjson.loads(await ask())
    if "errors" in body:
        raise AssertionError(body["errors"])
    columns = _columns(_at(body["data"], path))
    pairs = []
    for _ in range(RUNS):
        asked = await _timed(ask)
        pairs.append((asked, seconds(lambda: orjson.dumps({"data": _rebuilt(columns)}))))
    ratio = statistics.median(a / b for a, b in pairs)
    return Ratio(name, ratio, BAR, True, *(statistics.median(column) for column in zip(*pairs, strict=True)))


async def _timed(ask: Any) -> float:
    loop = asyncio.get_running_loop()
    start = loop.time()
    await ask()
    return loop.time() - start


def _at(data: Any, path: tuple[str, ...]) -> list[dict[str, Any]]:
    for key in path:
        data = data[key]
    if len(data) != pack.UNITS:
        raise AssertionError(f"expected {pack.UNITS} rows, got {len(data)}")
    return list(data)


def _columns(rows: list[dict[str, Any]]) -> list[tuple[list[str], list[list[Any]]]]:
    """Rows as columns of values, one group a row of cells: what the service has before it answers."""
    if "cells" in rows[0]:
        return [_table(row["cells"]) for row in rows]
    return [_table(rows)]


def _table(records: list[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    names = list(records[0])
    return names, [[copy.copy(record[name]) for record in records] for name in names]


def _rebuilt(groups: list[tuple[list[str], list[list[Any]]]]) -> list[list[dict[str, Any]]]:
    return [
        [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)] for names, values in groups
    ]
