"""Whatever the cells are: what is stored and what is rejected, and why, is what the oracle says."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.validation.tickets import COLUMNS, TICKETS, UNITS, as_rows, rejects, run, stored
from oracle.row_typing import Sorted, sort_rows
from steelyard.intake.validation.result import Validated

CELLS: dict[str, list[str | None]] = {
    "id": ["1", "2", "3", "T 4", " 1", "1 ", "null", "NaN", "#N/A", "N", "n-1", "　5　", "\xa06", "-"],
    "branch": ["B1", "B2", "网点3", "b1", "B9", " B1", "B1\t", "Ｂ1"],
    "opened": [
        *("2025-01-31 08:15:00", "2025-1-31 8:15", "2025/1/31 08:15:07", "2025-01-31T08:15", "20250131"),
        *("2025年1月31日", "2025年1月31日 8:15", "2025-01-31", "2025-02-30", "2025-02-30 08:00:00"),
        *("2025-01-31 24:00:00", "2025-01-31 08:60", "2025-01-31 08:15:60", "01/02/2025", "1.2.2025"),
        *("45678", "45678.5", "2025-01-31T08:15:00Z", "2025-01-31T08:15:00+01:00", "2025-01-31 08:15:00.5"),
        *("2025-01-31 08:15:00 +0800", "2025-01-31T08:15:00+15:00", "2025-01-31  08:15:00", "now", "-"),
        *(
            "infinity",
            "epoch",
            "0999-01-31 08:15:00",
            "3000-01-01 00:00:00",
            "2025-13-01",
            "2025-01-3108:15:00",
        ),
        *(
            "2025-01-31T08:15:00.999999999Z",
            "2025-1-31 8:15:07.5 -0330",
            "2025/1/31 08:15+14:00",
            "2025-01-31 8:15Z",
        ),
        *(
            "2025-01-31 08:15:00+14:30",
            "2025-01-31 08:15.5",
            "2025-01-31 08:15:00-00:60",
            "2025-02-30T08:15Z",
        ),
        *("2025-12-31T23:59:59-05:00", "2025年1月31日8:15", "2025年2月30日 8:15", "2025-01-31 08:15:00.Z"),
        *(
            "２０２５-01-31",
            "2025/1-31",
            "2025-01-31T",
            "2025-01-31\t08:15:00",
            "２025-01-31 8:15:00",
            "2025-1-31 8:5",
        ),
    ],
    "due": [
        "2025-02-01",
        "2025/2/1",
        "20250201",
        "2025-02-01 00:00:00",
        "2025-02-01 08:00",
        "2025-02-01T00:00Z",
    ],
    "kind": [
        "repair",
        "REPAIR",
        "维修",
        "修理",
        "Fix",
        "ｆｉｘ",
        " Ad vice",
        "咨询",
        "other",
        "null",
        "无",
        "n/a",
    ],
    "score": [
        *(
            "1",
            "10",
            "0",
            "11",
            "-1",
            "+5",
            "5.0",
            "5.5",
            "1e0",
            "1e1",
            "1,000",
            "1,00",
            "５",
            "5%",
            "五",
            "007",
        ),
        *(
            "9" * 17,
            "9" * 18,
            "9" * 19,
            "9" * 61,
            "1e20",
            "1e99",
            "1e999",
            "NaN",
            "--",
            "0x1",
            "1_0",
            "-0",
            ".",
        ),
    ],
    "cost": [
        *(
            "1",
            "1.5",
            "1.50",
            "1.505",
            "1.500",
            ".5",
            "5.",
            "-1.25",
            "1,234.5",
            "1,234,567.89",
            "12,34",
            "￥5",
            "5元",
        ),
        *(
            "1e2",
            "1e-3",
            "-99999.99",
            "-99999.999",
            "-100000",
            "1" * 16,
            "1" * 17,
            "Infinity",
            "12％",
            "$ 3",
            "1 000",
        ),
    ],
    "again": [
        "是",
        "否",
        "yes",
        "NO",
        "True",
        "1",
        "0",
        "y",
        "N",
        "√",
        "×",
        "x",
        "x",
        "１",
        "on",
        "null",
        "-",
    ],
    "remark": [
        "ok",
        "a\nb",
        "a\x00b",
        "\x7f",
        "\x85",
        "x" * 4000,
        "字" * 4000,
        "字" * 4001,
        "-",
        "“好”",
        "nul",
        "null",
    ],
}
BLANKS: list[str | None] = [None, "", " ", "\t", "　"]


def cell(column: str) -> st.SearchStrategy[str | None]:
    usual = st.just(CELLS[column][0])
    if column == "id":
        usual = st.integers(0, 30).map(str)
    return st.one_of(usual, usual, usual, st.sampled_from(CELLS[column]), st.sampled_from(BLANKS))


ROWS = st.lists(
    st.one_of(
        st.tuples(*(cell(column) for column in COLUMNS)),
        st.tuples(*(st.sampled_from(BLANKS),) * len(COLUMNS)),
    ),
    max_size=30,
)
ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cs"])
NUMERIC = st.text("0123456789+-.,eE%￥５ :/TZ年月日 ", max_size=12)


def agree(result: Validated, expected: Sorted) -> None:
    """Hold one against the other: the values of the part, and rows and codes of the rejects."""
    assert stored(result) == expected.stored
    found = {int(row["steelyard:row"]): row["steelyard:column"] for row in rejects(result)}
    wanted = {row: "; ".join(at for at, _ in problems) for row, problems in expected.rejected.items()}
    assert found == wanted
    codes = [code for problems in expected.rejected.values() for _, code in problems]
    assert result.rejections == {code: codes.count(code) for code in codes}
    assert (result.stored, result.rejected) == (len(expected.stored), len(expected.rejected))
    assert result.blank == expected.blank


def compare(rows: Sequence[Sequence[str | None]], size: int) -> None:
    """Validate the rows in batches of `size`, and let the oracle do it."""
    with tempfile.TemporaryDirectory() as folder:
        result = run(as_rows(COLUMNS, rows, size), Path(folder))
        numbered = [(at, dict(zip(COLUMNS, row, strict=True))) for at, row in enumerate(rows, 2)]
        agree(result, sort_rows(TICKETS, UNITS, numbered))
        assert result.stored + result.rejected + result.blank == len(rows)


@settings(max_examples=80, deadline=None)
@given(ROWS, st.sampled_from([3, 1000]))
def test_rows_of_usual_and_odd_cells(rows: list[tuple[str | None, ...]], size: int) -> None:
    compare(rows, size)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(*(st.one_of(st.text(ALPHABET, max_size=9), NUMERIC) for _ in COLUMNS[2:])), max_size=6)
)
def test_rows_of_any_text(rows: list[tuple[str, ...]]) -> None:
    compare([(str(at), "B1", *row) for at, row in enumerate(rows)], 1000)


def test_every_odd_cell_alone() -> None:
    plain = ["?", "B1", "2025-01-31 08:15:00", None, "repair", "1", "1", "1", "x"]
    rows: list[list[str | None]] = []
    for at, column in enumerate(COLUMNS):
        for text in [*CELLS[column], *BLANKS]:
            row = [f"row {len(rows)}", *plain[1:]]
            row[at] = text
            rows.append(row)
    compare(rows, 1000)
