"""Pass lines and bands agree with exact arithmetic, and rounding never decides."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.boards import leaf, observed, scheme
from steelyard.scoring import evaluate
from steelyard.scoring.engine import CHUNK_ROWS

BANDS = [{"code": "A", "from": "90%"}, {"code": "B", "from": "75%"}, {"code": "C", "from": "0%"}]


@pytest.mark.parametrize(
    ("points", "full", "passed"),
    [
        ("19.6", "28", 1),
        ("43", "62", 0),
        ("43.4", "62", 1),
        ("136.5", "195", 1),
        ("7.7", "11", 1),
        ("0", "24", 0),
    ],
)
def test_a_module_passes_at_exactly_70_percent(points: str, full: str, passed: int) -> None:
    result = evaluate(scheme(leaf("L", full), pass_="70%"), observed({"L": [points]}))
    assert result.passed("L")[0] == passed


@pytest.mark.parametrize(
    ("value", "band"),
    [("100", "A"), ("90", "A"), ("89.99999999999999999", "B"), ("75", "B"), ("74.9", "C"), ("0", "C")],
)
def test_bands_are_half_open(value: str, band: str) -> None:
    result = evaluate(scheme(leaf("L", "100"), bands=BANDS), observed({"L": [value]}))
    assert result.bands[result.band("TOTAL")[0]] == band


def test_thirds_that_add_up_to_the_line_reach_it() -> None:
    thirds = [leaf(code, None, weight="1") for code in "ABC"]
    table = observed({code: [value] for code, value in zip("ABC", ("20", "20", "30"), strict=True)})
    result = evaluate(scheme(*thirds, pass_="70%"), table)
    assert (result.passed("TOTAL")[0], result.rate("TOTAL")[0]) == (1, 0.7)


def test_a_geometric_mean_of_equal_rates_is_on_its_line() -> None:
    result = evaluate(
        scheme(leaf("A", "3"), leaf("B", "7"), aggregate="geometric", pass_="70%"),
        observed({"A": ["2.1", "2.1"], "B": ["4.9", "4.8999999"]}),
    )
    assert result.passed("TOTAL").tolist() == [1, 0]


def test_a_node_may_have_its_own_line() -> None:
    result = evaluate(
        scheme(leaf("A", pass_="50%"), leaf("B"), pass_="70%"), observed({"A": ["6"], "B": ["6"]})
    )
    assert [result.passed(code)[0] for code in ("A", "B", "TOTAL")] == [1, 0, 0]


def test_chunks_do_not_show() -> None:
    rows = CHUNK_ROWS + 3
    values = [f"{number % 101 / 10}" for number in range(rows)]
    board = scheme(leaf("A"), leaf("B"), pass_="70%", bands=BANDS)
    whole = evaluate(board, observed({"A": values, "B": values[::-1]}))
    tail = evaluate(board, observed({"A": values[-3:], "B": values[::-1][-3:]}))
    assert np.array_equal(whole.rates[:, -3:], tail.rates)
    assert np.array_equal(whole.passes[:, -3:], tail.passes)
