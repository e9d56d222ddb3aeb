"""The ASEM index (tests/data/asem) as scheme data and a table, one scheme a variant of its means."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Any

from oracle.table import Table

DATA = Path(__file__).parents[1] / "data" / "asem"
ROOT = "Index"
SUB_INDICES = {"Conn", "Sust"}
MEANS = {"amean": "arithmetic", "gmean": "geometric", "hmean": "harmonic"}
VARIANTS = (
    "equal_amean",
    "equal_gmean",
    "equal_hmean",
    "equal_mixed",
    "unequal_amean",
    "unequal_gmean",
    "unequal_hmean",
)


def read(name: str) -> list[dict[str, str]]:
    """Read the rows of one file of the data set."""
    with (DATA / f"{name}.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def expected(variant: str) -> dict[tuple[str, str], float]:
    """The published scores (0…100) of a variant by unit and group."""
    return {
        (row["unit"], code): float(score)
        for row in read(f"scores_{variant}")
        for code, score in row.items()
        if code != "unit"
    }


def scheme(variant: str) -> dict[str, Any]:
    """The index as plain scheme data with the weights and means of a variant."""
    weights, mean = variant.split("_")
    return {
        "format": "steelyard/1",
        "scheme": f"asem.{weights}.{mean}",
        "version": "1.0.0",
        "title": {"zh": "亚欧可持续互联互通", "en": "ASEM sustainable connectivity"},
        "unit_type": "country",
        "calendar": "year",
        "missing": "exclude",
        "root": ROOT,
        "aggregate": _aggregate(ROOT, mean),
        "indicators": _below(ROOT, weights, mean),
    }


def _below(parent: str, weights: str, mean: str) -> list[dict[str, Any]]:
    nodes = []
    for row in read("tree"):
        if row["parent"] != parent:
            continue
        code = row["code"]
        node: dict[str, Any] = {"code": code, "title": {"zh": code, "en": code}}
        if weights == "unequal":
            node["weight"] = int(row["unequal_weight"])
        children = _below(code, weights, mean)
        if children:
            node |= {"aggregate": _aggregate(code, mean), "children": children}
        else:
            node["rubric"] = {"kind": "rate", "unit": "percent"}
        nodes.append(node)
    return nodes


def _aggregate(code: str, mean: str) -> str:
    if mean != "mixed":
        return MEANS[mean]
    if code == ROOT:
        return "harmonic"
    return "geometric" if code in SUB_INDICES else "arithmetic"


def table(units: Collection[str] | None = None) -> Table:
    """The normalised values of the named units, or of all."""
    rows = [row for row in read("normalised") if units is None or row["unit"] in units]
    return Table(tuple(rows[0]), tuple(rows))
