"""The sheet of a back-test, read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import InvalidInput, Text
from steelyard.services.administration import policy
from steelyard.services.weights import sheet
from steelyard.services.weights.back_test import back_test
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.sheet import HEADS, Tried, csv_table, workbook
from steelyard.services.weights.what_if import WhatIf

WITHOUT_SERVICE = (ProposedWeight("SERVICE", Fraction(0)),)
TRIED = Tried(WITHOUT_SERVICE, None, "local", datetime(2025, 3, 1, 8, 30))


@pytest.fixture(autouse=True)
def four_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ranks of four shops be told."""
    monkeypatch.setattr(policy, "USUAL_PEER_MINIMUM", 4)


@pytest.fixture
async def found(seat: Seat) -> tuple[WhatIf, ...]:
    wanted = {"scheme": SCHEME, "until": "2025-02", "periods": 3}
    return await back_test(*seat, **wanted, weights=WITHOUT_SERVICE)


def sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_row_for_each_unit_in_each_period(found: Sequence[WhatIf]) -> None:
    rows = sheets(workbook(found, TRIED))["回测 Back-test"]
    assert rows[0] == tuple(f"{head.zh} {head.en}" for head in HEADS)
    assert [(row[0], row[2]) for row in rows[1:]] == [
        (unit, period) for period in ("2025-01", "2025-02") for unit in ("S1", "S2", "S3", "S4", "S5")
    ]
    assert rows[2] == (
        *("S2", "二店 Shop 2", "2025-01"),
        *(65, 80, 15, "C", "良 Good", 3, 2),
        *("不达标 Failed", "达标 Passed", "得分、等级、名次、结论 score, band, rank, verdict"),
    )


def test_beside_it_what_was_tried_and_when(found: Sequence[WhatIf]) -> None:
    rows = sheets(workbook(found, TRIED))["试算内容 What was tried"]
    facts = {str(row[0]): row[1] for row in rows[:6]}
    assert facts["另设权重 Weights in place"] == "SERVICE=0"
    assert facts["权重方案 Weight set"] == "各周期现行 those in force in each period"
    assert facts["试算时间（UTC） At (UTC)"] == "2025-03-01 08:30"
    assert [row[0] for row in rows[8:10]] == ["2025-01", "2025-02"]
    shares = {row[0]: row[2:6] for row in rows[-5:]}
    assert shares["ROOMS"] == (0.25, 1, 0.25, 1)


def test_a_title_is_never_a_formula(found: Sequence[WhatIf]) -> None:
    [first, *_] = found
    named = [replace(unit, title=Text("=1+1", "=1+1")) for unit in first.units]
    tricky = [replace(first, units=named)]
    book = load_workbook(io.BytesIO(workbook(tricky, TRIED)))
    assert book.worksheets[0]["B2"].data_type == "s"
    rows = list(csv.reader(io.StringIO(csv_table(tricky).decode("utf-8-sig"))))
    assert rows[1][1] == "'=1+1"


def test_the_same_rows_as_csv(found: Sequence[WhatIf]) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(found).decode("utf-8-sig"))))
    assert len(rows) == 11
    assert rows[2][3:6] == ["65.0", "80.0", "15.0"]
    assert rows[5][3:] == ["", "", "", "", "", "", "", "", "", ""]


def test_more_rows_than_a_sheet_holds(found: Sequence[WhatIf], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 9)
    with pytest.raises(InvalidInput, match="WEIGHTS_SHEET_TOO_LONG"):
        workbook(found, TRIED)
