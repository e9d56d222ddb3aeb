"""Tables as files: nothing is lost, and nothing becomes a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pyarrow.parquet as pq
import pytest

from steelyard.errors import Text
from steelyard.reporting.files import csv_file, parquet, xlsx
from steelyard.reporting.table import Column, Kind, Table

COLUMNS = (
    Column("unit", Text("对象", "Unit")),
    Column("score", Text("得分", "Score"), Kind.FIGURE),
    Column("share", Text("占比", "Share"), Kind.SHARE),
    Column("count", Text("数量", "Count"), Kind.COUNT),
    Column("passed", Text("达标", "Passed"), Kind.FLAG),
)
ROWS = [["=1+1", 49.69696969, 0.33, 7, True], ["店", None, None, None, None]]
TABLE = Table(Text("排名", "Ranking"), [(Text("周期", "Period"), "=2014")], COLUMNS, ROWS, [0, 2])


def test_a_workbook_has_facts_heads_and_rows() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(TABLE))).active
    assert sheet is not None
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "排名 Ranking"
    assert values[1][:2] == ["周期 Period", "=2014"]
    assert values[3] == ["对象 Unit", "得分 Score", "占比 Share", "数量 Count", "达标 Passed"]
    assert values[4:] == [["=1+1", 49.69696969, 0.33, 7, True], ["店", None, None, None, None]]
    assert sheet["A5"].data_type == "s"
    assert sheet["B5"].number_format == "0.00"
    assert sheet["A6"].alignment.indent == 2
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:E6")


def test_csv_has_the_names_of_the_columns_and_no_formula() -> None:
    data = csv_file(TABLE)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["unit", "score", "share", "count", "passed"],
        ["'=1+1", "49.69696969", "0.33", "7", "true"],
        ["店", "", "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1", "\r=1", "\n=1"])
def test_text_never_begins_a_formula(text: str) -> None:
    table = Table(Text("甲", "A"), [], COLUMNS[:1], [[text]])
    rows = list(csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig"), newline="")))
    # A line may be split within the cell, too.
    assert rows[1][0].startswith("'")
    assert rows[1][0].replace("'", "") == text


def test_parquet_keeps_types_and_titles() -> None:
    found = pq.read_table(io.BytesIO(parquet(TABLE)))
    assert found.to_pylist()[0] == dict(zip(found.column_names, ROWS[0], strict=True))
    assert found.schema.field("score").metadata == {b"title_zh": "得分".encode(), b"title_en": b"Score"}


@pytest.mark.parametrize("title", ["a/b[c]:*?\\'", "很" * 40, ":"])
def test_any_title_is_a_name_of_a_sheet(title: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(Table(Text(title, title), [], COLUMNS, []))))
    assert len(book.sheetnames[0]) <= 31
