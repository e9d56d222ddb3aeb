"""Schemes that the tables of these tests are read for."""

from __future__ import annotations

from typing import Any

from steelyard.scheme.model import Scheme


def scheme(*indicators: dict[str, Any], **fields: Any) -> Scheme:
    head = {"format": "steelyard/1", "scheme": "test.table", "indicators": list(indicators)}
    return Scheme.model_validate({**head, **fields})


def leaf(code: str, rubric: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"code": code, "rubric": rubric, **fields}


POINTS = {"kind": "points"}
RATE = {"kind": "rate"}
PERCENT = {"kind": "rate", "unit": "percent"}
HOURS = {"kind": "linear", "worst": 48, "best": 24}
PERCENT_LINES = {"kind": "linear", "worst": "90%", "best": "100%"}
BARE_RATE_LINES = {"kind": "linear", "worst": 0.9, "best": 1}
COMPLAINTS = {"kind": "choice", "table": {"open": -5, "closed": 0}}

PLAIN = scheme(leaf("A", POINTS, points=10), leaf("B", POINTS, points=10))
EVERY_NOTATION = scheme(
    leaf("points", POINTS, points=10),
    leaf("rate", RATE, points=10),
    leaf("percent", PERCENT, points=10),
    leaf("hours", HOURS, points=10),
    leaf("share", PERCENT_LINES, points=10),
    leaf("open", BARE_RATE_LINES, points=10),
    leaf("choice", COMPLAINTS, points=10),
    rules=[
        {"id": "special", "kind": "adjust", "measure": "count", "each": -1},
        {"id": "veto", "kind": "veto", "when": {"measure": "defects", "at_least": 3}, "verdict": "failed"},
    ],
)
