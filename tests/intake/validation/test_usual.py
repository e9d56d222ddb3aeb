"""What is typed as whole columns is what the rules say of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.validation.tickets import COLUMNS, TICKETS
from steelyard.intake.validation.usual import UsualForms
from steelyard.intake.validation.value import cell_reader

USUAL = {
    "id": "T1",
    "branch": "B1",
    "opened": "2025-01-31 08:15:00",
    "due": "2025-02-01",
    "kind": "repair",
    "score": "10",
    "cost": "12.50",
    "remark": "fine",
}
NUMBER = r"[+-]?[0-9]{0,19}\.?[0-9]{0,3}(e[0-9])?|0x[0-9]|[0-9]{1,2}"
DAY = r"[0-3][0-9]{3}[-/][01][0-9]-[0-3][0-9]"
FORMS = {"opened": DAY + r"[ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]", "due": DAY, "score": NUMBER, "cost": NUMBER}


def typed(cells: Mapping[str, str | None]) -> dict[str, Any] | None:
    """One row as a batch; a flag is left out."""
    row: dict[str, Any] = {"row": [2], "doubtful": [False], "unit_id": [11]}
    types = {"row": pa.int64(), "doubtful": pa.bool_(), "unit_id": pa.int64()}
    for at, column in enumerate(COLUMNS):
        row[f"v{at}"] = [cells.get(column)]
        types[f"v{at}"] = pa.bool_() if column == "again" else pa.string()
    found = UsualForms(TICKETS).typed(pa.RecordBatch.from_pydict(row, pa.schema(list(types.items()))))
    return None if found is None else found.to_pylist()[0]


def test_usual_cells_are_typed() -> None:
    """With what is derived from them."""
    found = typed(USUAL)
    assert found is not None
    assert (str(found["opened"]), str(found["day"]), found["score"]) == (
        "2025-01-31 08:15:00",
        "2025-01-31",
        10,
    )
    assert (str(found["cost"]), found["left"], found["again"]) == ("12.50", 56_700, None)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_they_are_typed_as_the_rules_say(name: str, data: Any) -> None:
    """Or left alone: impossible days, signs, exponents, limits."""
    text = data.draw(st.from_regex(FORMS[name], fullmatch=True))
    found = typed({**USUAL, name: text})
    if found is not None:
        [column] = (each for each in TICKETS.columns if each.column == name)
        assert found[name] == (cell_reader(column, timedelta(0))(text) if text else None)


@pytest.mark.parametrize(
    "cells",
    [
        {"opened": "2025-02-30 08:15:00"},
        {"opened": "2025-01-31 24:00:00"},
        {"opened": None},
        {"score": "11"},
        {"score": "+1"},
        {"cost": "1.501"},
        {"cost": "-99999.996"},
        {"due": "2025/2/1"},
    ],
)
def test_the_others_are_left_alone(cells: dict[str, str | None]) -> None:
    """What is not usual, or not allowed."""
    assert typed({**USUAL, **cells}) is None
