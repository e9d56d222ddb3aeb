"""JSON lines, Parquet and XLSX: every row arrives, as text that says what the source says."""

from __future__ import annotations

import contextlib
import datetime
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.errors import InvalidInput
from steelyard.intake.adapters import BUILT_IN, for_file
from steelyard.intake.adapters.adapter import RowFault
from steelyard.intake.adapters.problems import ROW_FAULTS

Found = list[tuple[int, str | None, str | None, tuple[str | None, ...]]]


def read(adapter: str, path: Path, **options: str) -> tuple[tuple[str, ...], Found]:
    with BUILT_IN[adapter].read({"file": str(path), **options}) as rows:
        found = [list(row.values()) for batch in rows.batches for row in batch.to_pylist()]
        return rows.headers, [(row[0], row[1], row[2], tuple(row[3:])) for row in found]


def test_every_fault_has_words() -> None:
    assert set(ROW_FAULTS) == {fault.value for fault in RowFault}


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"a":1.10,"b":"x"}\n\n[1]\n{"b":null,"late":{"k":[1e3,true,"中"]}}\n{"a":1,"a":2}\n{"a":NaN}\n{"a":""}',
        encoding="utf-8",
    )
    headers, found = read("jsonl", path)
    assert headers == ("a", "b", "late")
    assert found == [
        (1, None, None, ("1.10", "x", None)),
        (2, None, None, (None, None, None)),
        (3, "not_an_object", "[1]", (None, None, None)),
        (4, None, None, (None, None, '{"k":[1e3,true,"中"]}')),
        (5, "not_an_object", '{"a":1,"a":2}', (None, None, None)),
        (6, "not_an_object", '{"a":NaN}', (None, None, None)),
        (7, None, None, (None, None, None)),
    ]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a[1].parquet"
    moment = datetime.datetime(2025, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    table = pa.table(
        {
            "n": [1, None],
            "d": pa.array([Decimal("1.10"), None]),
            "f": [2.0, 0.1],
            "t": pa.array([moment, None], pa.timestamp("us", tz="Asia/Shanghai")),
            "day": [datetime.date(2025, 1, 2), None],
            "flag": [True, None],
            "s": ["中", ""],
            "list": [[1, 2], None],
        }
    )
    pyarrow.parquet.write_table(table, path)
    headers, found = read("parquet", path)
    assert headers == tuple(table.column_names)
    assert found[0][3] == (
        "1", "1.10", "2", "2025-01-01 19:04:05.000000+00:00", "2025-01-02", "true", "中", "[1,2]"
    )  # fmt: skip
    assert found[1] == (2, None, None, (None, None, "0.1", None, None, None, None, None))
    assert BUILT_IN["parquet"].discover({"file": str(path)})[0].rows_estimate == 2


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "单"
    sheet["B2"] = "Report"
    sheet.append([None, "unit", "n", "when", "x"])
    sheet.append([None, "A", 3.0, datetime.datetime(2025, 1, 2, 3, 4), "#N/A"])
    sheet.append([None, None, 1.5, datetime.date(2025, 1, 2), True])
    sheet.append([None, "B", "007", datetime.timedelta(hours=30), None])
    sheet.append([None, "C", None, None, None, "stray"])
    sheet.merge_cells("B4:B5")
    book.create_sheet("hidden").sheet_state = "hidden"
    book.save(path)
    return path


def test_xlsx(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    headers, found = read("xlsx", path, header_row="3")
    assert headers == ("", "unit", "n", "when", "x")
    assert found == [
        (4, None, None, (None, "A", "3", "2025-01-02 03:04:00", "#N/A")),
        (5, None, None, (None, "A", "1.5", "2025-01-02", "true")),
        (6, None, None, (None, "B", "007", "30:00:00", None)),
        (7, "too_many_cells", ",C,,,,stray", (None,) * 5),
    ]


@pytest.mark.parametrize("number", [1e12, 1e15, 1e300])
def test_a_duration_beyond_all_dates(tmp_path: Path, number: float) -> None:
    book = openpyxl.Workbook()
    for row in (["when"], [1], [number]):
        book.worksheets[0].append(row)
    book.worksheets[0]["A3"].number_format = "[h]:mm:ss"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InvalidInput) as raised:
        read("xlsx", tmp_path / "a.xlsx")
    assert (raised.value.code, raised.value.problems[0].place.row) == ("ADAPTER_XLSX_BEYOND_DATES", 3)


def test_sheets_are_listed_with_the_hidden_ones(tmp_path: Path) -> None:
    streams = BUILT_IN["xlsx"].discover({"file": str(workbook(tmp_path / "a.xlsx"))})
    assert [(stream.name, stream.hidden) for stream in streams] == [("单", False), ("hidden", True)]


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        read("xlsx", workbook(tmp_path / "a.xlsx"), sheet="x")
    assert raised.value.code == "ADAPTER_UNKNOWN_SHEET"


def test_a_workbook_packed_too_tight(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
    with pytest.raises(InvalidInput) as raised:
        read("xlsx", path)
    assert raised.value.code == "ADAPTER_XLSX_TOO_LARGE"


@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=80), head=st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"{", b"\xff\xfe"]))
def test_random_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = tmp_path_factory.mktemp("random") / "a"
    path.write_bytes(head + data)
    for name in ("csv", "xlsx", "jsonl", "parquet"):
        with contextlib.suppress(InvalidInput):
            read(name, path)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", b"a", "csv"),
        ("a.xlsx", b"PK\x03\x04", "xlsx"),
        ("a.csv", b"PAR1", "parquet"),
        ("a.ndjson", b"", "jsonl"),
    ],
)
def test_the_adapter_for_a_file(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert for_file(tmp_path / name).name == expected


def test_no_adapter_for_an_unknown_file(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(InvalidInput) as raised:
        for_file(tmp_path / "a.doc")
    assert raised.value.code == "ADAPTER_FILE_NOT_RECOGNISED"
