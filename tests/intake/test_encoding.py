from __future__ import annotations

import pytest

from intake.table_schemes import PLAIN
from steelyard.errors import InvalidInput
from steelyard.intake.encoding import decode
from steelyard.intake.table import read_table

TEXT = "单位,A,B\n沪东店,1,2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_or_without_mark_is_read_without_a_word(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "t.csv") == (TEXT, ())


def test_gb18030_is_read_with_a_warning_that_names_it() -> None:
    text, (warning,) = decode(TEXT.encode("gb18030"), "t.csv")
    assert text == TEXT
    assert warning.code == "TABLE_GB18030"
    assert "GB18030" in warning.message("en")
    assert "GB18030" in warning.message("zh")


@pytest.mark.parametrize("data", [b"unit,A\n\xff\xff,1\n", TEXT.encode("utf-16"), b"PK\x03\x04\x14\x00"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        decode(data, "t.csv")
    assert caught.value.code == "TABLE_NOT_TEXT"


def test_a_table_carries_the_warning() -> None:
    table = read_table(TEXT.encode("gb18030"), "t.csv", PLAIN)
    assert [warning.code for warning in table.warnings] == ["TABLE_GB18030"]
    assert table.observations.units == ("沪东店",)
