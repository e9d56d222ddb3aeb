"""A what-if on one weight, 10,000 units × 12 periods × 30 leaves, against the engine on the same rows.

Measured as a service, and as a request of the API that asks for the summary.

Beside scoring the period's rows with the weight, a what-if takes them as they stand, ranks both, compares
them, and tells about a few units. The cube is in memory, as it is for every question after a period's first.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench import workload
from bench.timing import Ratio, seconds
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.analysis.selection import select_observations
from steelyard.packs import PackInfo, PackOrigin, SchemeSource, Text, hookimpl, load_packs
from steelyard.scoring import Observations, Overlay, evaluate
from steelyard.services.context import Context, open_context
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.services.weights.in_force import Settled
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.what_if import WhatIf, propose
from steelyard.store import stamps
from steelyard.store.migrate import upgrade
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Content
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema

SCHEME, PERIOD = "bench.tried", "2024-12"
GROUPS, LEAVES = 6, 30
TRIED = ProposedWeight("G1", Fraction(60))
TOLD = ("U00000", "U05000", "U09999")
RUNS, UNITS = 9, 10_000
QUERY = """
mutation Tried($input: ProposeWeightsInput!) {
  proposeWeights(input: $input) {
    ... on WeightsProposed {
      summary { units scoreChanged rankChanged bandChanged verdictChanged }
      changes { unit { code } scoreChange rankChanged bandChanged }
    }
  }
}
"""


@hookimpl
def steelyard_pack() -> PackInfo:
    """Say who the pack is."""
    return PackInfo("bench", "1.0.0", api_version=1, title=Text("基准", "Bench"))


@hookimpl
def steelyard_schemes() -> Sequence[SchemeSource]:
    """Six groups of five leaves with the rubrics of the workload."""
    each = LEAVES // GROUPS
    leaves = [
        {"code": f"L{number}", "points": str(5 + number % 11), "rubric": workload.RUBRICS[number % 7]}
        for number in range(LEAVES)
    ]
    groups = [{"code": f"G{at}", "children": leaves[at * each : (at + 1) * each]} for at in range(GROUPS)]
    content: dict[str, Any] = {
        "format": "steelyard/1",
        "scheme": SCHEME,
        "version": "1",
        "title": {"zh": "试算", "en": "Tried"},
        "unit_type": "bench",
        "calendar": "month",
        "pass": "70%",
        "bands": [{"code": "A", "from": "90%"}, {"code": "B", "from": "70%"}, {"code": "C", "from": "0%"}],
        "indicators": groups,
    }
    return [SchemeSource("tried.yaml", json.dumps(content, ensure_ascii=False))]


def ratios() -> Iterator[Ratio]:
    """Both rows."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        await upgrade(url)
        origin = PackOrigin("bench", "bench", lambda: sys.modules[__name__])
        async with open_context(url, load_packs([origin], strict=True)) as context:
            return await _rows(context)


async def _rows(context: Context) -> list[Ratio]:
    entry = context.entry(SCHEME)
    cube = _cube(entry)

    async def known() -> Cube:
        return cube

    topics = [stamps.STRUCTURE, stamps.pack_topic(entry.pack)]
    await context.view().kept(context.scope, ("cube", entry.code), topics, known)
    rows = cube.rows(cube.units, cube.period(PERIOD))
    observed = select_observations(cube.evaluation.observations, rows)
    overlay = Overlay({TRIED.node: TRIED.weight})
    _agree(await _tried(context), evaluate(entry.scheme, observed, overlay=overlay).score(entry.root.code))
    executor = Executor(schema)
    await _asked(executor, context)

    def engine() -> object:
        return evaluate(entry.scheme, observed, overlay=overlay)

    return [
        await _row("what-if on a weight, 10,000 units ÷ evaluate", lambda: _tried(context), engine),
        await _row("the same as a request of the API ÷ evaluate", lambda: _asked(executor, context), engine),
    ]


async def _row(name: str, ask: Callable[[], Awaitable[object]], engine: Callable[[], object]) -> Ratio:
    pairs = []
    for _ in range(RUNS):
        start = time.perf_counter()
        await ask()
        pairs.append((time.perf_counter() - start, seconds(engine)))
    ratio = statistics.median(ours / engines for ours, engines in pairs)
    return Ratio(name, ratio, 3, True, *(statistics.median(column) for column in zip(*pairs, strict=True)))


async def _asked(executor: Executor, context: Context) -> None:
    """One request of the API."""
    weight = {"indicator": TRIED.node, "weight": int(TRIED.weight)}
    given = {"scheme": SCHEME, "period": PERIOD, "weights": [weight], "units": list(TOLD)}
    answer = await executor.execute(Operation(QUERY, {"input": given}), request_context(context))
    if "errors" in answer.body or answer.body["data"]["proposeWeights"]["summary"]["units"] != UNITS:
        raise AssertionError(answer.body)


async def _tried(context: Context) -> WhatIf:
    """One request, up to what it tells of the units asked for."""
    seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
    found = await propose(*seat, scheme=SCHEME, period=PERIOD, weights=[TRIED], units=TOLD)
    if len(found.changes) != len(TOLD):
        raise AssertionError(f"expected {len(TOLD)} units, got {len(found.changes)}")
    return found


def _agree(found: WhatIf, scores: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    """Raise AssertionError where the what-if and the engine differ: then it is not the same work."""
    told = [np.nan if each.proposed.score is None else each.proposed.score for each in found.changes]
    at = [int(each.unit.code[1:]) for each in found.changes]
    if not np.allclose(told, scores[at], atol=1e-9, equal_nan=True):
        raise AssertionError("the what-if and the engine differ")


def _cube(entry: SchemeEntry) -> Cube:
    observed = _observations()
    units = tuple(
        UnitRecord(number, code, Text(code, code), "bench", None, None)
        for number, code in enumerate(observed.units, start=1)
    )
    periods = tuple(
        PeriodRecord(
            number,
            "month",
            key.code,
            Text(key.code, key.code),
            date(2024, number, 1),
            date(2024 + number // 12, number % 12 + 1, 1),
            PeriodState.OPEN,
        )
        for number, key in enumerate(observed.periods, start=1)
    )
    structure = Structure(units, (), (), (), periods)
    standards = tuple(Settled.of(Content(), structure, units, period).standards for period in periods)
    scores = evaluate(entry.scheme, observed)
    return Cube(entry, structure, units, periods, (None,) * len(periods), standards, scores)


def _observations() -> Observations:
    """The first leaves of the workload, period by period as a cube has them."""
    found = workload.observations()
    few = replace(
        found, measures=found.measures[:LEAVES], values=found.values[:LEAVES], status=found.status[:LEAVES]
    )
    return select_observations(few, np.argsort(found.period, kind="stable"))
