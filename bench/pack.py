"""A pack of one scheme with 30 leaves and 1,000 units, for the GraphQL rows."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from steelyard.packs import PackInfo, SampleData, SampleTable, SampleUnit, SchemeSource, Text, hookimpl

UNITS, LEAVES = 1_000, 30
SCHEME, PERIOD = "bench.wide", "2025"
LEAF_CODES = [f"W{number:02d}" for number in range(LEAVES)]


@hookimpl
def steelyard_pack() -> PackInfo:
    """Say who the pack is."""
    return PackInfo("bench", "1.0.0", api_version=1, title=Text("基准", "Bench"))


@hookimpl
def steelyard_schemes() -> Sequence[SchemeSource]:
    """One scheme with 30 leaves below the root."""
    leaves = [{"code": code, "points": 10, "rubric": {"kind": "points"}} for code in LEAF_CODES]
    content = {
        "format": "steelyard/1",
        "scheme": SCHEME,
        "version": "1",
        "title": {"zh": "宽表", "en": "Wide"},
        "unit_type": "bench",
        "calendar": "year",
        "pass": "70%",
        "indicators": leaves,
    }
    return [SchemeSource("wide.yaml", json.dumps(content, ensure_ascii=False))]


@hookimpl
def steelyard_samples() -> SampleData:
    """1,000 units with seeded random points, 7 % missing."""
    draw = random.Random(20141230)
    units = [
        SampleUnit(f"U{number:04d}", "bench", Text(f"对象 {number}", f"Unit {number}"))
        for number in range(UNITS)
    ]
    lines = [",".join(["unit", "period", *LEAF_CODES])]
    for unit in units:
        cells = ["" if draw.random() < 0.07 else f"{draw.randint(0, 100) / 10}" for _ in LEAF_CODES]
        lines.append(",".join([unit.code, PERIOD, *cells]))
    return SampleData(tuple(units), (SampleTable(SCHEME, "wide.csv", "\n".join(lines) + "\n"),))
