"""Validation of whole files: headers, files written, duplicates, what is sent again, cancelling."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from intake.validation.tickets import COLUMNS, TICKETS, UNITS, as_rows, batch, rejects, run, stored
from steelyard.errors import InvalidInput
from steelyard.intake.adapters import BUILT_IN
from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.validation import duplicate, part
from steelyard.intake.validation.doubtful import RowReader
from steelyard.intake.validation.header import OURS
from steelyard.intake.validation.result import Cancelled, Extent, Validated
from steelyard.scheme.number import Quantity

Row = list[str | None]


def ticket(id_: str, branch: str = "B1", opened: str = "2025-01-31 08:15:00", **more: str | None) -> Row:
    values: dict[str, str | None] = {"id": id_, "branch": branch, "opened": opened, **more}
    return [values.get(column) for column in COLUMNS]


def csv_file(folder: Path, *lines: Sequence[str | None]) -> Path:
    path = folder / "tickets.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def from_file(adapter: str, path: Path, folder: Path) -> Validated:
    return run(BUILT_IN[adapter].read({"file": str(path)}), folder)


def codes(failed: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in failed.value.problems]


@pytest.mark.parametrize(
    ("opened", "good"),
    [
        ("1000-01-01 00:00:00", False),
        ("1900-12-31 23:59:59", False),
        ("1901年1月1日", True),
        ("1901-01-01 01:00:00+10:00", False),
        ("2999-12-31 23:59:59", True),
        ("2999/12/31 22:00+00:00", False),
    ],
)
def test_a_day_that_is_in_no_period(opened: str, good: bool, tmp_path: Path) -> None:
    done = run(as_rows(COLUMNS, [ticket("1"), ticket("2", opened=opened)]), tmp_path)
    assert (done.stored, done.rejections) == ((2, {}) if good else (1, {"ROW_DAY_OUT_OF_RANGE": 1}))


HEADERS = {
    "codes": ("id", "branch", "opened"),
    "zh": ("id列", "branch列", "opened列"),
    "en": ("The id", "THE  BRANCH", "the opened"),
    "declared, full width": ("Ｔｉｃｋｅｔ　Ｎｏ", "branch", "opened"),
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_headers_by_any_name(headers: Sequence[str], tmp_path: Path) -> None:
    assert run(as_rows(headers, [["1", "B1", "2025-01-31"]]), tmp_path).stored == 1


def test_unknown_headers_are_reported(tmp_path: Path) -> None:
    rows = as_rows(["id", "branch", "opened", "phone", ""], [["1", "B1", "2025-01-31", "x", "y"]])
    assert run(rows, tmp_path).ignored == ("phone",)


WRONG_HEADERS = {
    "none": (("a", "b"), ["ROW_HEADER_NO_HEADER"]),
    "no columns": ((), ["ROW_HEADER_NO_HEADER"]),
    "required missing": (("id", "remark"), ["ROW_HEADER_NO_COLUMN", "ROW_HEADER_NO_COLUMN"]),
    "two for one": (("id", "branch", "opened", "ticket no"), ["ROW_HEADER_TWO_COLUMNS"]),
}


@pytest.mark.parametrize(("headers", "expected"), WRONG_HEADERS.values(), ids=WRONG_HEADERS)
def test_wrong_headers(headers: Sequence[str], expected: list[str], tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as failed:
        run(as_rows(headers, []), tmp_path)
    assert codes(failed) == expected


def test_the_header_may_stand_below_titles(tmp_path: Path) -> None:
    titles = [["门店工单汇总", "", ""], ["", "branch", ""]]
    path = csv_file(
        tmp_path, *titles, ["id", "branch", "opened"], ["1", "B1", "2025-01-31"], ["合计", "", "1"]
    )
    result = from_file("csv", path, tmp_path)
    assert (result.stored, result.rejected, result.headings) == (1, 1, 2)
    assert stored(result)[0]["row"] == 4


def test_files_and_figures(tmp_path: Path) -> None:
    rows = [ticket("1"), ticket("2", "网点3", "2025-02-02"), ticket("3", "B9"), [None] * 9, ticket("4")]
    result = run(as_rows(COLUMNS, rows), tmp_path)
    assert (result.stored, result.rejected, result.blank) == (3, 1, 1)
    assert result.extents == (
        Extent(11, date(2025, 1, 31), date(2025, 1, 31), 2),
        Extent(13, date(2025, 2, 2), date(2025, 2, 2), 1),
    )
    assert [problem.code for problem in result.problems] == ["ROW_UNKNOWN_UNIT"]
    assert result.part is not None
    assert sorted(result.part.parent.iterdir()) == [result.part, result.rejects]


def test_no_rows_no_files(tmp_path: Path) -> None:
    result = run(as_rows(COLUMNS, []), tmp_path)
    assert (result.part, result.rejects, result.stored, result.extents) == (None, None, 0, ())
    assert list((tmp_path / "0").iterdir()) == []


def test_columns_of_the_part(tmp_path: Path) -> None:
    result = run(as_rows(COLUMNS, [ticket("1", due="2025-02-01", cost="1.5", kind="维修")]), tmp_path)
    assert result.part is not None
    schema = {field.name: str(field.type) for field in pq.read_schema(result.part)}
    assert schema == {
        "row": "int64",
        "unit_id": "int64",
        "day": "date32[day]",
        "id": "string",
        "branch": "string",
        "opened": "timestamp[us]",
        "due": "date32[day]",
        "kind": "string",
        "score": "int64",
        "cost": "decimal128(18, 2)",
        "again": "bool",
        "remark": "string",
        "left": "int64",
    }
    assert stored(result)[0]["left"] == 15 * 3600 + 45 * 60


def test_all_problems_of_a_row_at_once(tmp_path: Path) -> None:
    result = run(as_rows(COLUMNS, [ticket("1", "B9", score="11", remark="=1+1", again="?")]), tmp_path)
    [row] = rejects(result)
    assert row["steelyard:column"] == "branch; score; again"
    assert row["steelyard:value"] == "B9; 11; ?"
    assert row["steelyard:reason"].count("; ") >= 2
    assert "没有代码为“B9”的评价对象" in row["steelyard:reason"]
    assert "there is no unit with the code “B9”" in row["steelyard:reason"]
    assert row["remark"] == "'=1+1"


def test_no_cell_of_a_rejects_file_begins_a_formula(tmp_path: Path) -> None:
    [row] = rejects(run(as_rows(COLUMNS, [ticket("1", score="=1+1", remark="-5")]), tmp_path))
    assert (row["score"], row["steelyard:value"], row["remark"]) == ("'=1+1", "'=1+1", "-5")


def test_original_cells_stay_as_they_are(tmp_path: Path) -> None:
    texts = [' a "b", c', "x\r\ny\n z\r", "'1", "\x01", "\ufeff\u3000é 字😀", "x" * 5000]
    rows = [ticket(" ", remark=text) for text in texts]
    assert [row["remark"] for row in rejects(run(as_rows(COLUMNS, rows), tmp_path))] == texts


def test_corrected_rejects_are_input(tmp_path: Path) -> None:
    sent = [ticket(str(at), "B1" if at % 3 else "b-1", remark=f'“{at}”, "x"\n') for at in range(9)]
    first = run(as_rows(COLUMNS, sent), tmp_path)
    assert first.rejects is not None
    text = first.rejects.read_text(encoding="utf-8-sig").replace(",b-1,2025", ",B1,2025", 2)
    first.rejects.write_text(text, encoding="utf-8-sig")
    second = from_file("csv", first.rejects, tmp_path)
    assert (first.stored, second.stored, second.rejected, second.ignored) == (6, 2, 1, ())
    [row] = rejects(second)
    assert (row["id"], list(row).count("steelyard:row")) == ("6", 1)


@pytest.mark.parametrize("kept", [[each] for each in OURS])
def test_rejects_that_lost_some_of_our_columns_are_read_as_rejects(tmp_path: Path, kept: list[str]) -> None:
    sent = ticket("-A1", "B9", remark="=1+1")
    path = run(as_rows(COLUMNS, [sent]), tmp_path).rejects
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [dict(row, branch="B1") for row in csv.DictReader(file)]
    left = csv_file(tmp_path, [*COLUMNS, *kept], *([row[each] for each in (*COLUMNS, *kept)] for row in rows))
    [row] = stored(from_file("csv", left, tmp_path))
    assert (row["id"], row["remark"]) == ("-A1", "=1+1")


def test_broken_lines_are_rejected_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('id,branch,opened\n1,B1,2025-01-31\n2,B1\n3,"B1"x,2025-01-31\n', encoding="utf-8")
    result = from_file("csv", path, tmp_path)
    assert (result.stored, result.rejected) == (1, 2)
    assert [row["id"] for row in rejects(result)] == ["2,B1", '3,"B1"x,2025-01-31']


def test_the_second_row_of_a_key_is_rejected(tmp_path: Path) -> None:
    rows = [ticket("1", score="99"), ticket("1"), ticket(" 1", score="2"), ticket("2"), ticket("1")]
    for size in (2, 100):
        result = run(as_rows(COLUMNS, rows, size), tmp_path)
        assert [row["row"] for row in stored(result)] == [3, 5]
        assert [row["steelyard:row"] for row in rejects(result)] == ["2", "4", "6"]
        assert {each.values["first"] for each in result.problems if each.code == "ROW_DUPLICATE"} == {3}


def test_rows_that_only_look_like_duplicates_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicate, "_marks", lambda hashes: (np.ones_like(hashes), np.ones_like(hashes)))
    monkeypatch.setattr(duplicate, "_PLACE_BITS", (1, 2))
    rows = [ticket(str(at % 50), remark=f"{at}") for at in range(60)]
    result = run(as_rows(COLUMNS, rows, 7), tmp_path)
    assert [row["row"] for row in stored(result)] == list(range(2, 52))
    assert [int(row["steelyard:row"]) for row in rejects(result)] == list(range(52, 62))


def test_no_key_is_forgotten_when_the_filter_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicate, "_PLACE_BITS", (3, 5, 7))
    seen = duplicate.SeenKeys(("key",))
    for start in range(0, 300, 10):
        numbers = [*range(start, start + 10), *range(start)]
        again = seen.add(pa.table({"key": pa.array(numbers, pa.int64())}))
        assert again[10:].all()


def test_keys_compare_typed_values(tmp_path: Path) -> None:
    table = TICKETS.model_copy(update={"key": ("branch", "score", "opened")})
    rows = [ticket("1", score="1"), ticket("2", score="1.0"), ticket("3", score="1", opened="2025/1/31 8:15")]
    result = run(as_rows(COLUMNS, rows), tmp_path, table)
    assert (result.stored, result.rejected) == (1, 2)


def test_rows_of_two_parts_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "GROUP_ROWS", 3)
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for numbers in ([], [1, 2, 3, 4, 5, 6, 20], [7, 8], [20, 30, 31, 32, 33]):
        others = [number for number in range(40) if number not in numbers]
        for path, rows in zip(paths, (numbers, others), strict=True):
            pq.write_table(pa.table({"row": pa.array(rows, pa.int64())}), path)
        for first, second in (paths, paths[::-1]):
            merged = [
                row for table in part.in_order(first, second) for row in table.column("row").to_pylist()
            ]
            assert merged == list(range(40))


@pytest.mark.parametrize("size", [1, 17, 1000])
def test_the_part_does_not_depend_on_batches(size: int, tmp_path: Path) -> None:
    rows = [
        ticket(str(at), score="1,0" if at % 7 == 0 else "1.0" if at % 5 == 0 else "1") for at in range(400)
    ]
    whole, cut = (run(as_rows(COLUMNS, rows, each), tmp_path) for each in (400, size))
    assert digests(whole) == digests(cut)


def digests(result: Validated) -> list[str]:
    paths = [path for path in (result.part, result.rejects) if path is not None]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def as_csv(path: Path) -> str:
    csv_file(
        path.parent,
        COLUMNS,
        ["1", "B1", "2025/1/31 8:15", "20250201", "维修", "3.0", "1,234.50", "是", " x "],
    )
    (path.parent / "tickets.csv").rename(path)
    return "csv"


def as_json(path: Path) -> str:
    values = ["1", "B1", "2025-01-31T08:15:00", "2025-02-01", "repair", 3, 1234.5, True, "x"]
    path.write_text("\n" + json.dumps(dict(zip(COLUMNS, values, strict=True))) + "\n", encoding="utf-8")
    return "jsonl"


def as_sheet(path: Path) -> str:
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    moment = np.datetime64("2025-01-31T08:15").astype(object)
    book.active.append([1, "B1", moment, date(2025, 2, 1), "Repair", 3, 1234.5, True, "x"])
    book.save(path)
    return "xlsx"


@pytest.mark.parametrize("write", [as_json, as_sheet])
def test_the_same_data_through_other_adapters(write: Callable[[Path], str], tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    results = []
    for path, form in ((plain, as_csv), (other, write)):
        adapter = form(path)
        results.append(from_file(adapter, path, tmp_path))
    assert digests(results[0]) == digests(results[1])


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    done: list[int] = []
    rows = [ticket(str(at // 2), score="x" if at % 9 == 0 else "1") for at in range(200_000)]
    with pytest.raises(Cancelled):
        run(as_rows(COLUMNS, rows, 10_000), tmp_path, report=done.append, cancelled=lambda: bool(done))
    assert len(done) == 1
    assert list((tmp_path / "0").iterdir()) == []


def test_a_failing_source_leaves_nothing_and_keeps_its_error(tmp_path: Path) -> None:
    def failing() -> Iterator[pa.RecordBatch]:
        yield batch([ticket("1")], len(COLUMNS))
        raise ConnectionError("gone")

    closed: list[bool] = []
    rows = dataclasses.replace(Rows(COLUMNS, failing()), release=lambda: closed.append(True))
    with pytest.raises(ConnectionError, match="gone"):
        run(rows, tmp_path)
    assert (list((tmp_path / "0").iterdir()), closed) == ([], [True])


def test_limits_between_the_places_of_a_column(tmp_path: Path) -> None:
    columns = [
        each.model_copy(update={"at_least": Quantity.of(1) if each.column == "score" else each.at_least})
        for each in TICKETS.columns
    ]
    table = TICKETS.model_copy(update={"columns": tuple(columns)})
    rows = [
        ticket("1", score="0"),
        ticket("2", score="1"),
        ticket("3", cost="-99999.99"),
        ticket("4", cost="-100000"),
    ]
    result = run(as_rows(COLUMNS, rows), tmp_path, table)
    assert [row["id"] for row in stored(result)] == ["2", "3"]


def test_slices_of_batches(tmp_path: Path) -> None:
    whole = batch([ticket(f" {at} ", remark="字" * at) for at in range(40)], len(COLUMNS))
    result = run(Rows(COLUMNS, iter([whole.slice(7, 11), whole.slice(30)])), tmp_path)
    assert [row["id"] for row in stored(result)] == [str(at) for at in (*range(7, 18), *range(30, 40))]
    assert [len(row["remark"]) for row in stored(result)] == [*range(7, 18), *range(30, 40)]


def test_units_are_known_by_their_codes(tmp_path: Path) -> None:
    result = run(as_rows(COLUMNS, [ticket(str(at), code) for at, code in enumerate(UNITS)]), tmp_path)
    assert [row["unit_id"] for row in stored(result)] == list(UNITS.values())


USUAL_FORMS = {
    "opened": [
        *("2025-01-31 08:15:00", "2025-1-31 8:15", "2025/1/31 08:15:07", "2025-01-31T08:15", "20250131"),
        *(
            "2025-01-31",
            "2025年1月31日",
            "2025年1月31日 8:15",
            "2025-01-31T08:15:00Z",
            "2025-01-31 08:15:00.123",
        ),
        *("2025-01-31T08:15:00.5+01:00", "2025-01-31 08:15:00 -0330"),
    ],
    "due": ["2025-02-01", "2025/2/1", "20250201", "2025年2月1日", None],
    "kind": ["repair", "维修", " ＦＩＸ", None],
    "score": ["1", " 10 ", "007", None],
    "cost": ["1", "-1.5", "1.500", "5.", None],
    "again": ["是", "NO", "√", None],
    "remark": ["“好”", "it's  fine", " x ", "nothing", "字" * 100, None],
}


def test_usual_forms_are_not_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(RowReader, "read")
    forms = [(column, text) for column, texts in USUAL_FORMS.items() for text in texts]
    rows = [ticket(str(at), **{column: text}) for at, (column, text) in enumerate(forms)]
    assert run(as_rows(COLUMNS, rows), tmp_path).stored == len(forms)
