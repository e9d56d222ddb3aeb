from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.table_schemes import EVERY_NOTATION, PLAIN, RATE, leaf, scheme
from steelyard.errors import InvalidInput
from steelyard.intake.table import Table, read_table, read_table_text
from steelyard.scoring.outcome import Status

VARIED = scheme(
    leaf("A", RATE),
    variants={"by": "class", "weights": {"IC": {"A": 2}}, "parameters": {"PCB": {"limit": "1%"}}},
    parameters={"limit": "2%"},
)

# text → (code, row, column) of every problem
BAD = [
    ("", [("TABLE_EMPTY", None, None)]),
    ("\n \n", [("TABLE_EMPTY", None, None)]),
    ("unit,A\n", [("TABLE_NO_ROWS", None, None)]),
    ("unit,A\n\n,\n", [("TABLE_NO_ROWS", None, None)]),
    ("unit,A\nx,1,2\n", [("TABLE_RAGGED_ROW", 2, None)]),
    ("unit,A,B\nx,1\n", [("TABLE_RAGGED_ROW", 2, None)]),
    ("unit,A\n,1\n", [("TABLE_EMPTY_UNIT", 2, "unit")]),
    ("unit,A\nx,1\nx,2\n", [("TABLE_DUPLICATE_ROW", 3, "unit")]),
    ("unit,period,A\nx,2025,1\ny,2025,1\nx,2025,2\n", [("TABLE_DUPLICATE_ROW", 4, "unit")]),
    (
        "unit,time,A\nx,2025,1\nx,2026,2\nx,2027,2\n",
        [("TABLE_UNKNOWN_COLUMN", 1, "time"), ("TABLE_NO_PERIOD_COLUMN", 1, None)],
    ),
    ("unit,period,A\nx,2025,1\ny,,1\n", [("TABLE_EMPTY_PERIOD", 3, "period")]),
    ("unit,A\nx,good\n", [("TABLE_NOT_A_NUMBER", 2, "A")]),
    ("unit,A\nx,１２\n", [("TABLE_FULL_WIDTH", 2, "A")]),
    ('unit,A\nx,"1,234"\n', [("TABLE_THOUSANDS_SEPARATOR", 2, "A")]),
    ("unit,A\nx,98%\n", [("TABLE_PERCENT_REFUSED", 2, "A")]),
    ("unit,A\nx,inf\n", [("TABLE_NOT_FINITE", 2, "A")]),
    ('unit,A\nx,1\n"y,2\nz,3\n', [("TABLE_BROKEN_QUOTES", 3, None)]),
    ('unit,A\n"x"y,2\n', [("TABLE_BROKEN_QUOTES", 2, None)]),
    ('unit,A\n"x\ny",1\nz,good\n', [("TABLE_NOT_A_NUMBER", 4, "A")]),
    (
        "unit,A,C\nx,good,1\n,n/a,1\ny,nan\n",
        [
            ("TABLE_UNKNOWN_COLUMN", 1, "C"),
            ("TABLE_NOT_A_NUMBER", 2, "A"),
            ("TABLE_EMPTY_UNIT", 3, "unit"),
            ("TABLE_RAGGED_ROW", 4, None),
        ],
    ),
]

BAD_NOTATIONS = [
    ("rate", "98", "TABLE_RATE_ABOVE_ONE"),
    ("rate", "150%", "TABLE_RATE_OUT_OF_RANGE"),
    ("share", "98", "TABLE_RATE_ABOVE_ONE"),
    ("percent", "980", "TABLE_RATE_OUT_OF_RANGE"),
    ("choice:open", "-1", "TABLE_NEGATIVE_COUNT"),
    ("count", "-1", "TABLE_NEGATIVE_COUNT"),
    ("count", "5%", "TABLE_PERCENT_REFUSED"),
    ("hours", "30%", "TABLE_PERCENT_REFUSED"),
]


def status(table: Table, measure: str) -> list[int]:
    return table.observations.status[table.observations.measures.index(measure)].tolist()


def values(table: Table, measure: str) -> list[float]:
    return table.observations.values[table.observations.measures.index(measure)].tolist()


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_bad_tables(text: str, expected: list[tuple[str, int | None, str | None]]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text(text, "t.csv", PLAIN)
    found = [(problem.code, problem.place.row, problem.place.field) for problem in caught.value.problems]
    assert found == expected
    assert all(problem.text("zh") and problem.text("en") for problem in caught.value.problems)


@pytest.mark.parametrize(("measure", "cell", "code"), BAD_NOTATIONS)
def test_numbers_against_the_notation_of_their_measure(measure: str, cell: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text(f"unit,{measure}\nx,{cell}\n", "t.csv", EVERY_NOTATION)
    assert caught.value.code == code
    assert measure in caught.value.problems[0].text("en")


def test_98_and_98_percent_are_the_same_where_the_unit_is_percent() -> None:
    table = read_table_text("unit,percent\nx,98\ny,98%\n", "t.csv", EVERY_NOTATION)
    assert values(table, "percent") == [98.0, 98.0]


def test_98_percent_is_a_fraction_where_the_measure_is_a_rate() -> None:
    table = read_table_text("unit,rate,share\nx,98%,0.98\n", "t.csv", EVERY_NOTATION)
    assert values(table, "rate") == values(table, "share") == [0.98]


@pytest.mark.parametrize("bare", ["98", "-1.5", "1e2", "98.123456"])
def test_bare_numbers_beyond_1_are_refused_beside_cells_with_percent(bare: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text(f"unit,open\nx,98%\ny,{bare}\nz,0.98\n", "t.csv", EVERY_NOTATION)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.field) == ("TABLE_MIXED_PERCENT", 3, "open")
    assert f"“{bare}”" in problem.text("en")


def test_fractions_beside_cells_with_percent_are_the_same_rates() -> None:
    table = read_table_text("unit,open\nx,98%\ny,0.98\nz,1\nw,\nv,n/a\n", "t.csv", EVERY_NOTATION)
    assert values(table, "open")[:3] == [0.98, 0.98, 1.0]


def test_bare_numbers_beyond_1_are_read_where_no_cell_carries_percent() -> None:
    table = read_table_text("unit,open\nx,98\ny,0.98\n", "t.csv", EVERY_NOTATION)
    assert values(table, "open") == [98.0, 0.98]


def test_a_parameter_of_units_is_written_in_one_way() -> None:
    varied = scheme(
        leaf("A", {"kind": "linear", "worst": "$limit", "best": 0}),
        variants={"by": "class", "parameters": {"IC": {"limit": 0.2}}},
        parameters={"limit": 0.5},
    )
    with pytest.raises(InvalidInput) as caught:
        read_table_text("unit,class,limit,A\nx,IC,5%,1\ny,IC,5,1\n", "t.csv", varied)
    found = [(problem.code, problem.place.row, problem.place.field) for problem in caught.value.problems]
    assert found == [("TABLE_MIXED_PERCENT", 3, "limit")]


def test_the_three_states_of_a_cell() -> None:
    table = read_table_text("unit,A\nx,0\ny,\nz,N/A\nw,不适用\n", "t.csv", PLAIN)
    absent = Status.NOT_APPLICABLE
    assert status(table, "A") == [Status.VALUE, Status.MISSING, absent, absent]
    assert np.isnan(table.observations.values[0, 1:]).all()


def test_an_absent_column_is_missing_for_leaves_and_an_empty_feed_for_rules() -> None:
    table = read_table_text("unit,rate\nx,1\n", "t.csv", EVERY_NOTATION)
    assert status(table, "hours") == [Status.MISSING]
    assert status(table, "count") == [Status.EMPTY_FEED]
    assert status(table, "defects") == [Status.EMPTY_FEED]
    (warning,) = table.warnings
    assert warning.code == "TABLE_ABSENT_COLUMNS"
    assert "hours" in warning.message()
    assert "count" not in warning.message()


def test_only_what_a_float_cannot_keep_is_kept_beside_it() -> None:
    text = "unit,A,B\nx,19.6,0.12345678901234567890\ny,12345678901234567,1e-7\n"
    observations = read_table_text(text, "t.csv", PLAIN).observations
    assert observations.exact == {
        (1, 0): Fraction("0.12345678901234567890"),
        (0, 1): Fraction(12345678901234567),
    }


def test_lines_are_those_of_the_file() -> None:
    table = read_table_text('unit,A\n\n"x\ny",1\n\nz,2\n', "t.csv", PLAIN)
    assert table.observations.units == ("x\ny", "z")
    assert table.lines.tolist() == [3, 6]


def test_windows_lines_and_spaces_change_nothing() -> None:
    table = read_table_text("unit , A\r\n x , 1 \r\n", "t.csv", PLAIN)
    assert table.observations.units == ("x",)
    assert values(table, "A") == [1.0]


def test_a_negative_zero_is_zero() -> None:
    assert str(values(read_table_text("unit,A\nx,-0\n", "t.csv", PLAIN), "A")) == "[0.0]"


def test_unknown_and_absent_variants_are_told() -> None:
    table = read_table_text("unit,class,A\nx,IC,1\ny,ic,1\nz,,1\nw,PCB,1\n", "t.csv", VARIED)
    assert [warning.code for warning in table.warnings] == [
        "TABLE_UNKNOWN_VARIANT",
        "TABLE_VARIANT_NOT_GIVEN",
    ]
    absent = read_table_text("unit,A\nx,1\n", "t.csv", VARIED)
    assert [warning.code for warning in absent.warnings] == ["TABLE_VARIANT_NOT_GIVEN"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2", "TABLE_RATE_ABOVE_ONE"), ("low", "TABLE_NOT_A_NUMBER"), ("n/a", "TABLE_NOT_A_NUMBER")],
)
def test_parameters_of_a_unit_are_numbers_written_as_in_the_scheme(cell: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text(f"unit,class,limit,A\nx,IC,{cell},1\n", "t.csv", VARIED)
    assert (caught.value.code, caught.value.problems[0].place.field) == (code, "limit")


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=12)
CELLS = st.one_of(NUMBERS.map(lambda number: format(number, "f")), st.sampled_from(["", "n/a"]))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_every_cell_comes_back_exactly(rows: list[tuple[str, str]]) -> None:
    lines = [f"u{number},{a},{b}" for number, (a, b) in enumerate(rows)]
    observations = read_table_text("\n".join(["unit,A,B", *lines]), "t.csv", PLAIN).observations
    for row, cells in enumerate(rows):
        for line, cell in enumerate(cells):
            state = observations.status[line, row]
            if state == Status.VALUE:
                near = Fraction(repr(float(observations.values[line, row])))
                assert observations.exact.get((line, row), near) == Fraction(cell)
            else:
                assert cell == {Status.MISSING: "", Status.NOT_APPLICABLE: "n/a"}[Status(state)]


ALPHABET = 'unit,AB;\t\n\r"1２.%-n/a 单位période\x00\x1b'


def read_or_refuse(data: bytes) -> Table | InvalidInput:
    try:
        return read_table(data, "t.csv", PLAIN)
    except InvalidInput as error:
        return error


def is_sound(result: Table | InvalidInput) -> bool:
    if isinstance(result, InvalidInput):
        return bool(result.problems and result.text("zh") and result.text("en"))
    return result.observations.rows == len(result.lines) > 0


@given(st.one_of(st.binary(max_size=200), st.text(ALPHABET, max_size=200).map(str.encode)))
def test_reading_ends_in_a_table_or_in_problems(data: bytes) -> None:
    assert is_sound(read_or_refuse(data))


@given(st.lists(st.lists(st.text(ALPHABET, max_size=4), max_size=4), max_size=5))
def test_grids_end_in_a_table_or_in_problems(rows: list[list[str]]) -> None:
    text = "unit,A,B\n" + "\n".join(",".join(row) for row in rows)
    assert is_sound(read_or_refuse(text.encode()))


MANY_BAD = [
    ("unit,A\n" + "".join(f"u{n},x\n" for n in range(1000)), "TABLE_NOT_A_NUMBER"),
    ("unit,A\n" + "".join(f"u{n},1,2\n" for n in range(1000)), "TABLE_RAGGED_ROW"),
    ("unit,A\n" + "u,1\n" * 1001, "TABLE_DUPLICATE_ROW"),
    ("unit,A\n" + ",1\n" * 1000, "TABLE_EMPTY_UNIT"),
    ("unit,A," + ",".join(f"c{n}" for n in range(1000)) + "\nu,1" + ",1" * 1000, "TABLE_UNKNOWN_COLUMN"),
    ("unit,A" + ",A" * 1000 + "\nu,1" + ",1" * 1000, "TABLE_DUPLICATE_COLUMN"),
]


@pytest.mark.parametrize(("text", "code"), MANY_BAD, ids=[code for _, code in MANY_BAD])
def test_of_very_many_problems_the_first_are_listed_and_the_others_counted(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text(text, "t.csv", PLAIN)
    *listed, last = caught.value.problems
    assert [problem.code for problem in listed] == [code] * 200
    assert (last.code, last.values["more"]) == ("TABLE_MORE_PROBLEMS", 800)


def test_many_problems_of_one_kind_hide_none_of_another() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table_text("unit,A,C\n" + "".join(f"u{n},1\n" for n in range(1000)), "t.csv", PLAIN)
    assert caught.value.code == "TABLE_UNKNOWN_COLUMN"
