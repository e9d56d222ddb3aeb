"""The yardstick: a plain per-unit recursion over the tree, as one would write it without arrays."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.number import Quantity


def prepared(scheme: Scheme) -> dict[str, Any]:
    """The tree as nested dicts with plain floats."""
    return _node(scheme.tree())


def _number(quantity: Quantity | None) -> float:
    return 1.0 if quantity is None else float(quantity.resolved({}))


def _node(indicator: Indicator) -> dict[str, Any]:
    node: dict[str, Any] = {"code": indicator.code, "weight": _number(indicator.points)}
    if indicator.children is not None:
        return {**node, "children": [_node(child) for child in indicator.children]}
    rubric = indicator.rubric.model_dump(by_alias=True) if indicator.rubric else {}
    return {**node, "rubric": _plain(rubric)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str) and value[:1].isdigit():
        return float(value[:-1]) / 100 if value.endswith("%") else float(value)
    return value


def leaf_rate(rubric: dict[str, Any], value: float, full: float) -> float:
    """One leaf of one unit."""
    kind = rubric["kind"]
    if kind == "points":
        rate = value / full
    elif kind == "rate":
        rate = value
    elif kind in {"linear", "scale"}:
        low, high = ("worst", "best") if kind == "linear" else ("min", "max")
        worst, best = float(rubric[low]), float(rubric[high])
        rate = (value - worst) / (best - worst)
    elif kind == "curve":
        rate = _curve(rubric["through"], value)
    elif kind == "steps":
        rate = max((step["rate"] for step in rubric["at"] if step["from"] <= value), default=0.0)
    else:
        rule = rubric["rules"][0]
        steps = math.floor((rule["below"] - value) / rule["each"] + 1e-9) if value < rule["below"] else 0
        rate = max(full - steps * rule["points"], 0.0) / full
    return min(max(rate, 0.0), 1.0)


def _curve(through: list[list[float]], value: float) -> float:
    for (x0, r0), (x1, r1) in pairwise(through):
        if value < x1:
            return r0 + max(value - x0, 0.0) * (r1 - r0) / (x1 - x0)
    return through[-1][1]


def score(node: dict[str, Any], values: dict[str, float], out: dict[str, Any]) -> tuple[float | None, float]:
    """Return (rate, coverage) of a node and write every node's rate, coverage, pass and band to `out`."""
    if "rubric" in node:
        value = values[node["code"]]
        rate = None if value != value else leaf_rate(node["rubric"], value, node["weight"])
        coverage = 0.0 if rate is None else 1.0
    else:
        total = weight = covered = all_weights = 0.0
        for child in node["children"]:
            child_rate, child_coverage = score(child, values, out)
            all_weights += child["weight"]
            covered += child["weight"] * child_coverage
            if child_rate is not None:
                total += child["weight"] * child_rate
                weight += child["weight"]
        rate = total / weight if weight else None
        coverage = covered / all_weights
    passed = None if rate is None else rate >= 0.7
    band = None if rate is None else "A" if rate >= 0.9 else "B" if rate >= 0.7 else "C"
    out[node["code"]] = (rate, coverage, passed, band)
    return rate, coverage
