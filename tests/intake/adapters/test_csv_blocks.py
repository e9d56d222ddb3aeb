"""Blocks of CSV: what is read at once is what is read record by record."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.intake.adapters import csv_blocks
from steelyard.intake.adapters.csv_blocks import CsvBlocks
from steelyard.intake.adapters.csv_proof import Plain, provable_end

PIECES = ['"a"', "a", ",", "\n", "\r\n", '"', '""', '"a""b"', '"a,\nb"', '","', "\r", "\ufeff"]
CELLS = ['"a"', "a", '""', "", '"a,b"', '"x\ny"', '"x\r\ny"', '"q""q"', '"\n"', '","', '""""', '"",""']


@st.composite
def files(draw: st.DrawFn) -> str:
    """Whatever, or rows of good cells with something put in between."""
    if draw(st.booleans()):
        return "".join(draw(st.lists(st.sampled_from(PIECES), max_size=10)))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    rows = draw(st.lists(st.lists(st.sampled_from(CELLS), min_size=2, max_size=2), min_size=1, max_size=4))
    text = "".join(",".join(row) + end for row in rows)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(["", *PIECES])) + text[at:]


def found(text: str, block: int = csv_blocks.BLOCK) -> list[dict[str, Any]]:
    """All rows of a file of two columns without a header."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(text.encode())
        return [row for batch in CsvBlocks(path, ",", 2, 0, 1, block).batches() for row in batch.to_pylist()]


@settings(max_examples=300, deadline=None)
@given(text=files(), piece=st.integers(1, 40))
def test_a_block_is_its_records(text: str, piece: int) -> None:
    """However few bytes of it are read record by record at a time."""
    at_once = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "provable_end", lambda *_, **__: (0, None))
        assert at_once == found(text)
        patch.setattr(csv_blocks, "PIECE", piece)
        assert at_once == found(text)


def test_few_records_are_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a block is not read at once: one stray quote makes no more than a piece of it slow."""
    monkeypatch.setattr(csv_blocks, "PIECE", 40)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_text('"a"b,c\n' + "a,b\n" * 100)
        sizes = [batch.num_rows for batch in CsvBlocks(path, ",", 2, 0, 1).batches()]
    assert sizes == [9, 92]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a","b"\n', (8, Plain(4, 1))),
        ('"a","b"\r\n', (9, Plain(4, 2))),
        ('"a","b\nc"\r\n', (11, None)),
        ("a,b\n", (4, None)),
        ('"a""b",c\n', (9, None)),
        ('"a"b,c\n', (0, None)),
        ("\ufeffa,b\n", (0, None)),
    ],
)
def test_what_is_plain(text: str, expected: tuple[int, Plain | None]) -> None:
    """Quotes that are doubled, and line ends of two lengths, are proven in another way or not at all."""
    assert provable_end(text.encode(), ",", final=True) == expected


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=repr)
@pytest.mark.parametrize("length", range(9, 18))
def test_the_lines_behind_an_overlong_one_are_read(
    length: int, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever blocks end: a CR that a block ends with ends the line, too."""
    monkeypatch.setattr(csv_blocks, "LINE_LIMIT", 8)
    rows = found("".join(line + end for line in ("x" * length, "a,b", "c,d")), block=4)
    assert [(row["row"], row["c0"]) for row in rows] == [(1, None), (2, "a"), (3, "c")]
