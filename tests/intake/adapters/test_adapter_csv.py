"""CSV: what Python's csv module reads, at any size of block; what is broken is told, never dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.errors import InvalidInput
from steelyard.intake.adapters import csv_blocks, csv_records
from steelyard.intake.adapters.adapter import Rows
from steelyard.intake.adapters.csv_blocks import CsvBlocks, written
from steelyard.intake.adapters.csv_file import CsvAdapter
from steelyard.intake.adapters.csv_records import Record

Cells = list[tuple[str | None, ...]]


def write(folder: Path, data: bytes | str) -> Path:
    path = folder / "a.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def open_rows(path: Path, **options: str) -> Rows:
    return CsvAdapter().read({"file": str(path), **options})


def cells(rows: Rows) -> Cells:
    return [tuple(row.values())[3:] for batch in rows.batches for row in batch.to_pylist()]


def faults(rows: Rows) -> list[tuple[int, str | None, str | None]]:
    return [(row["row"], row["fault"], row["raw"]) for batch in rows.batches for row in batch.to_pylist()]


FIELD = st.text(st.sampled_from(["a", "中", ",", '"', "\n", "\r", " ", ";"]), max_size=5)


@settings(max_examples=200, deadline=None)
@given(
    table=st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(FIELD, min_size=n, max_size=n), max_size=12)),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.integers(1, 60),
)
def test_well_formed_files_read_as_the_csv_module_reads_them(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], end: str, block: int
) -> None:
    text = "".join(written(row, ",") + end for row in table)
    path = write(tmp_path_factory.mktemp("csv"), text)
    width = len(table[0]) if table else 1
    expected = [tuple(cell or None for cell in row) for row in csv.reader(io.StringIO(text, newline=""))]
    found = [
        tuple(row.values())
        for batch in CsvBlocks(path, ",", width, 0, 1, block).batches()
        for row in batch.to_pylist()
    ]
    padded = [row or (None,) * width for row in expected]
    assert found == [(number, None, None, *row) for number, row in enumerate(padded, 1)]


@settings(max_examples=200, deadline=None)
@given(
    data=st.lists(st.sampled_from(['"', ",", "\n", "\r", "x", "yy", "\r\n", "\x00", "中"])).map("".join),
    block=st.integers(1, 40),
)
def test_the_size_of_the_blocks_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: str, block: int
) -> None:
    path = write(tmp_path_factory.mktemp("csv"), data)
    whole, small = (
        [row for batch in CsvBlocks(path, ",", 2, 0, 1, size).batches() for row in batch.to_pylist()]
        for size in (1 << 20, block)
    )
    assert small == whole
    assert [row["row"] for row in whole] == list(range(1, len(whole) + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [("1", "2")]),
        ("a;b\n1,5;2\n2,5;3\n", [("1,5", "2"), ("2,5", "3")]),
        ("a\tb\n1\t2\n", [("1", "2")]),
        ("a|b\n1|2\n", [("1", "2")]),
        ("\ufeffa,b\n1,2", [("1", "2")]),
        ("a,b\r1,2\r3,4", [("1", "2"), ("3", "4")]),
        ('a,b\n"x\n\ny","he said ""no"""\n', [("x\n\ny", 'he said "no"')]),
        ("a,b\n\n1,\n", [(None, None), ("1", None)]),
        ("a,b\n ,,,\n", [(None, None)]),
        ("a\n", []),
    ],
)
def test_variants_of_the_format(tmp_path: Path, text: str, expected: Cells) -> None:
    assert cells(open_rows(write(tmp_path, text))) == expected


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1", "too_few_cells"),
        ("1,2,3", "too_many_cells"),
        ('1,"2', "open_quote"),
        ('1,"2"x', "misplaced_quote"),
        ("1,\x00", "nul_byte"),
        ("1," + "x" * 140_000, "too_long"),
    ],
)
def test_a_broken_line_is_told_and_the_others_stay(tmp_path: Path, line: str, fault: str) -> None:
    found = faults(open_rows(write(tmp_path, f"a,b\nx,y\n{line}\nz,z\n")))
    assert found == [(2, None, None), (3, fault, line), (4, None, None)]


def test_a_line_without_end_is_one_fault(tmp_path: Path) -> None:
    long = "x" * (17 << 20)
    found = faults(open_rows(write(tmp_path, f"a,b\n1,2\n{long}\n3,4\n")))
    assert [(row, fault) for row, fault, _ in found] == [(2, None), (3, "too_long"), (4, None)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_with_a_mark(tmp_path: Path, encoding: str) -> None:
    with open_rows(write(tmp_path, "单位,天\n七店,1\n".encode(encoding))) as rows:
        assert (rows.headers, cells(rows), rows.warnings) == (("单位", "天"), [("七店", "1")], ())


def test_gb18030_is_read_and_told(tmp_path: Path) -> None:
    with open_rows(write(tmp_path, "单位,天\n七店,1\n".encode("gb18030"))) as rows:
        assert (rows.headers, cells(rows)) == (("单位", "天"), [("七店", "1")])
        assert [warning.code for warning in rows.warnings] == ["ADAPTER_GB18030"]


def test_what_is_no_text_is_refused_with_line_and_byte(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        open_rows(write(tmp_path, b"a,b\n1,\xff\xff\n"))
    assert (raised.value.code, raised.value.problems[0].values) == (
        "ADAPTER_NOT_TEXT",
        {"line": 2, "byte": 7},
    )


def test_another_header_can_be_chosen(tmp_path: Path) -> None:
    rows = open_rows(write(tmp_path, "Report 2025\n\na,b\n1,2\n"))
    assert [(row.row, row.cells) for row in rows.head] == [
        (1, ("Report 2025",)),
        (3, ("a", "b")),
        (4, ("1", "2")),
    ]
    with rows.with_header(3) as again:
        assert (again.headers, again.header_row, cells(again)) == (("a", "b"), 3, [("1", "2")])


def test_an_empty_file_has_no_headers(tmp_path: Path) -> None:
    with open_rows(write(tmp_path, b"")) as rows:
        assert (rows.headers, list(rows.batches)) == ((), [])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "ADAPTER_OPTION_MISSING"),
        ({"file": "/nowhere"}, "ADAPTER_FILE_UNREADABLE"),
        ({"header_row": "0"}, "ADAPTER_OPTION_MISSING"),
        ({"colour": "red"}, "ADAPTER_UNKNOWN_OPTION"),
    ],
)
def test_wrong_options(options: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        CsvAdapter().check(options)
    assert code in {problem.code for problem in raised.value.problems}


def test_no_such_header_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        open_rows(write(tmp_path, "a,b\n"), header_row="7")
    assert raised.value.code == "ADAPTER_NO_SUCH_HEADER_ROW"


def test_discover_estimates_the_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n" + "1,2\n" * 100)
    (stream,) = CsvAdapter().discover({"file": str(path)})
    assert (stream.headers, stream.rows_estimate) == (("a", "b"), 101)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize("block", [1, 2, 3, 7, 64, 10_000])
def test_blank_lines_are_counted_and_number_the_rows_below(tmp_path: Path, end: str, block: int) -> None:
    path = write(tmp_path, "1,2\n" + end * 300 + "3,4\n" + end * 2)
    found = [row for batch in CsvBlocks(path, ",", 2, 0, 1, block).batches() for row in batch.to_pylist()]
    assert [row["row"] for row in found] == list(range(1, 305))
    assert [(row["row"], row["c1"]) for row in found if row["c0"]] == [(1, "2"), (302, "4")]
    assert not any(row["fault"] for row in found)


def test_runs_of_blank_lines_are_not_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def records(text: str, separator: str, *, final: bool) -> Iterator[Record]:
        read.append(len(text))
        return csv_records.records(text, separator, final=final)

    monkeypatch.setattr(csv_blocks, "records", records)
    path = write(tmp_path, "1,2\n" + "\n" * 100_000 + "3,4\n")
    rows = sum(batch.num_rows for batch in CsvBlocks(path, ",", 2, 0, 1, 1000).batches())
    assert (rows, sum(read) < 3000) == (100_002, True)
