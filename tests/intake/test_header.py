from __future__ import annotations

import pytest

from intake.table_schemes import COMPLAINTS, PLAIN, POINTS, leaf, scheme
from steelyard.errors import InvalidInput
from steelyard.intake.table import Table, read_table_text
from steelyard.scheme.model import Scheme

TITLED = scheme(
    leaf("A", POINTS, title={"zh": "服务", "en": "Service"}),
    leaf("B", POINTS, title={"zh": "环境", "en": "Surroundings"}),
    leaf("C", COMPLAINTS, points=10, measure="complaints", title={"zh": "投诉", "en": "Complaints"}),
    parameters={"limit": 5},
    variants={"by": "class", "weights": {}},
)
ALIKE = scheme(
    leaf("A", POINTS, title={"zh": "服务", "en": "Service"}),
    leaf("B", POINTS, title={"zh": "服务", "en": "Other"}),
)
SHARED = scheme(
    leaf("A", POINTS, measure="m", title={"zh": "服务", "en": "Service"}),
    leaf("B", POINTS, measure="m", title={"zh": "服务", "en": "Service"}),
)

HEADERS = [
    ("unit,A", TITLED, {"A"}),
    (" 单位 , A ", TITLED, {"A"}),
    ("评价对象,服务,Surroundings", TITLED, {"A", "B"}),
    ("unit,complaints:open,投诉:closed", TITLED, {"complaints:open", "complaints:closed"}),
    ("unit,服务", SHARED, {"m"}),
    ("unit;A;B", PLAIN, {"A", "B"}),
    ("unit\tA\tB", PLAIN, {"A", "B"}),
    ('"A";"unit"', PLAIN, {"A"}),
]

FAULTS = [
    ("A,B", PLAIN, "TABLE_NO_UNIT_COLUMN", None),
    ("unit,X", PLAIN, "TABLE_UNKNOWN_COLUMN", "X"),
    ("unit,a", PLAIN, "TABLE_UNKNOWN_COLUMN", "a"),
    ("unit,A,A", PLAIN, "TABLE_DUPLICATE_COLUMN", "A"),
    ("unit,单位", PLAIN, "TABLE_DUPLICATE_COLUMN", "单位"),
    ("unit,A,服务", TITLED, "TABLE_DUPLICATE_COLUMN", "服务"),
    ("unit,服务", ALIKE, "TABLE_AMBIGUOUS_COLUMN", "服务"),
    ("unit,投诉", TITLED, "TABLE_UNKNOWN_COLUMN", "投诉"),
    ("unit,", PLAIN, "TABLE_UNNAMED_COLUMN", None),
]


def read(header: str, tested: Scheme) -> Table:
    row = header
    for char in ",;\t":
        header_cells = row.split(char)
        if len(header_cells) > 1:
            return read_table_text(f"{header}\n{char.join('1' for _ in header_cells)}\n", "t.csv", tested)
    return read_table_text(f"{header}\n1\n", "t.csv", tested)


@pytest.mark.parametrize(("header", "tested", "given"), HEADERS)
def test_columns_are_found_by_name_or_title(header: str, tested: Scheme, given: set[str]) -> None:
    assert read(header, tested).given == given


@pytest.mark.parametrize(("header", "tested", "code", "column"), FAULTS)
def test_header_faults(header: str, tested: Scheme, code: str, column: str | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(header, tested)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.field) == (code, 1, column)


def test_an_unknown_column_gets_the_nearest_name() -> None:
    with pytest.raises(InvalidInput) as caught:
        read("unit,Servise", TITLED)
    assert "Service" in caught.value.problems[0].message("en")


def test_parameters_and_what_variants_go_by_are_attributes() -> None:
    table = read_table_text("unit,class,limit,A\nx,IC,7.5,1\ny,,,2\n", "t.csv", TITLED)
    attributes = {name: texts.tolist() for name, texts in table.observations.attributes.items()}
    assert attributes == {"class": ["IC", None], "limit": ["7.5", None]}


def test_a_column_without_name_and_data_is_passed_over() -> None:
    assert read_table_text("unit,A,\nx,1,\n", "t.csv", PLAIN).given == {"A"}


def test_the_header_may_follow_empty_lines() -> None:
    assert read_table_text("\n , \nunit,A\nx,1\n", "t.csv", PLAIN).lines.tolist() == [4]
