"""Which parts of a scheme are touched by what was left out of its file."""

import pytest

from steelyard.scheme.document import Path
from steelyard.scheme.omission import Omissions

LEFT_OUT: list[Path] = [("indicators", 2), ("bands", 0, "code"), ("rules", 1, "when", "measure")]


@pytest.mark.parametrize(
    ("needed", "touched"),
    [
        (("indicators", 2), True),
        (("indicators", 2, "title"), True),
        (("indicators",), True),
        (("indicators", 1), False),
        (("indicators", "*", "code"), True),
        (("bands", "*", "code"), True),
        (("bands", "*", "from"), False),
        (("rules", "*", "when", "*"), True),
        (("verdicts", "*"), False),
        ((), True),
    ],
)
def test_paths_at_above_and_below_are_touched(needed: Path, touched: bool) -> None:
    assert Omissions(LEFT_OUT).touch(needed) is touched


def test_nothing_is_touched_where_nothing_was_left_out() -> None:
    assert not Omissions([]).touch(("indicators",))
    assert not Omissions([]).touch(())


def test_a_document_left_out_whole_touches_everything() -> None:
    assert Omissions([()]).touch(("bands", 1))
