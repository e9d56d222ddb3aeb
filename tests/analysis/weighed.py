"""A small tree with weights, and tables for it."""

from __future__ import annotations

from typing import Any

from steelyard.intake.table import read_table_text
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, evaluate

RATE = {"kind": "rate"}


def tree(**fields: Any) -> Scheme:
    """ROOT: A (3) with A1 (1) and A2 (1), B (1)."""
    children = [{"code": code, "weight": 1, "rubric": RATE} for code in ("A1", "A2")]
    indicators = [
        {"code": "A", "weight": 3, "children": children},
        {"code": "B", "weight": 1, "rubric": RATE},
    ]
    head = {"format": "steelyard/1", "scheme": "test.weighed", "root": "ROOT", "indicators": indicators}
    return Scheme.model_validate({**head, **fields})


def scored(table: str, **fields: Any) -> Evaluation:
    scheme = tree(**fields)
    return evaluate(scheme, read_table_text(table, "table.csv", scheme).observations)
