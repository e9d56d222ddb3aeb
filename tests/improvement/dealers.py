"""The source's front desk, and small trees of other kinds."""

from __future__ import annotations

from typing import Any

from steelyard.intake.table import read_table_text
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, evaluate
from steelyard.scoring.overlay import NO_OVERLAY, Overlay

MODULES = {"CORE": 195, "5S": 62, "HR": 28, "DOC": 11, "KANBAN": 24, "DMS": 10}
MEASURED = {"CORE": 100, "5S": 43, "HR": 9, "DOC": 7, "KANBAN": 0, "DMS": 5}
POINTS, RATE = {"kind": "points"}, {"kind": "rate"}


def leaf(code: str, **fields: Any) -> dict[str, Any]:
    return {"code": code, "rubric": RATE, **fields}


def scheme(*indicators: dict[str, Any], **fields: Any) -> Scheme:
    head = {"format": "steelyard/1", "scheme": "test.weak", "root": "ROOT", "indicators": list(indicators)}
    return Scheme.model_validate({**head, **fields})


def scored(scheme: Scheme, overlay: Overlay = NO_OVERLAY, **cells: object) -> Evaluation:
    """One row; a cell that is None is empty."""
    table = f"unit,{','.join(cells)}\nu,{','.join('' if c is None else str(c) for c in cells.values())}\n"
    return evaluate(scheme, read_table_text(table, "table.csv", scheme).observations, overlay=overlay)


def front_desk(**changed: object) -> Evaluation:
    modules = [leaf(code, points=points, rubric=POINTS) for code, points in MODULES.items()]
    titled = {"title": {"zh": "前台", "en": "Front desk"}, "pass": "70%", "missing": "block"}
    return scored(scheme(*modules, **titled), **{**MEASURED, **changed})
