"""Small files that would need a lot of room: refused, or only their long rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from steelyard.errors import InvalidInput
from steelyard.intake.adapters import for_file
from steelyard.intake.adapters.adapter import COLUMNS_MOST, HEADER_LONGEST
from steelyard.intake.adapters.parquet import AVERAGE_LONGEST, ROW_LONGEST


def read(path: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    with for_file(path).read({"file": str(path)}) as rows:
        return rows.headers, [tuple(row.values()) for batch in rows.batches for row in batch.to_pylist()]


def lines(path: Path, *texts: str) -> Path:
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def dictionary(path: Path, texts: list[str], indices: list[int]) -> Path:
    """A table of one column in which a text that stands often is kept once."""
    column = pa.DictionaryArray.from_arrays(np.array(indices, dtype=np.int32), pa.array(texts))
    pyarrow.parquet.write_table(pa.table({"a": column}), path, compression="zstd")
    return path


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("a.csv", (",".join("a" * (COLUMNS_MOST + 1)), "")),
        ("a.csv", ("a" * (HEADER_LONGEST + 1),)),
        ("a.jsonl", tuple(f'{{"k{at}":1}}' for at in range(COLUMNS_MOST + 1))),
        ("a.jsonl", (f'{{"{"k" * (HEADER_LONGEST + 1)}":1}}',)),
    ],
)
def test_headers_beyond_measure(tmp_path: Path, name: str, texts: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(lines(tmp_path / name, *texts))
    assert raised.value.code == "ADAPTER_HEADERS_TOO_LARGE"


@pytest.mark.parametrize("depth", [101, 700, 100_000])
def test_json_nested_too_deep_is_a_fault_of_its_line(tmp_path: Path, depth: int) -> None:
    _, found = read(lines(tmp_path / "a.jsonl", '{"a":1}', '{"a":' + "[" * depth + "]" * depth + "}"))
    assert [row[1] for row in found] == [None, "not_an_object"]


def test_json_nested_as_deep_as_it_may_be(tmp_path: Path) -> None:
    text = "[" * 98 + "]" * 98
    assert read(lines(tmp_path / "a.jsonl", f'{{"a":{text}}}'))[1] == [(1, None, None, text)]


def test_headers_that_nothing_can_hold_are_shown_by_their_escapes(tmp_path: Path) -> None:
    headers, found = read(lines(tmp_path / "a.jsonl", r'{"a\ud800":1,"b\u0000":2}'))
    assert (headers, found) == ((r"a\ud800", r"b\x00"), [(1, None, None, "1", "2")])


def test_a_row_that_is_too_long_is_a_fault_of_that_row(tmp_path: Path) -> None:
    _, found = read(dictionary(tmp_path / "a.parquet", ["x" * (ROW_LONGEST + 1), "y"], [1, 0, 1]))
    assert found[0] == (1, None, None, "y")
    assert found[1] == (2, "too_long", "x" * 1000, None)
    assert found[2] == (3, None, None, "y")


def test_long_texts_in_every_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(dictionary(tmp_path / "a.parquet", ["x" * (2 * AVERAGE_LONGEST)], [0] * 5000))
    assert raised.value.code == "ADAPTER_PARQUET_TOO_LARGE"
