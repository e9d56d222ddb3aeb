"""Measures of all members' data together: as if one group-by had counted all rows."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.analysis.pooling import Figures, Pooled, Sort, pool
from steelyard.scoring.outcome import Status

VALUE, APPLIES_NOT, MISSING = Status.VALUE, Status.NOT_APPLICABLE, Status.MISSING
Rows = list[list[tuple[bool, int]]]
"""By member its records: whether one fulfils a condition, and hundredths of an amount."""
RECORDS = st.lists(
    st.lists(st.tuples(st.booleans(), st.integers(0, 500)), max_size=5), min_size=1, max_size=6
)


def of_all(sort: Sort, figures: Figures) -> Pooled:
    members = len(figures.status)
    return pool(sort, figures, np.arange(members), np.zeros(members, dtype=np.intp), 1)


def figures(values: list[Fraction | None], quotients: dict[int, tuple[int, int]]) -> Figures:
    status = np.array([APPLIES_NOT if each is None else VALUE for each in values], dtype=np.uint8)
    return Figures(
        status, np.array([0.0 if each is None else float(each) for each in values]), quotients=quotients
    )


@given(RECORDS)
def test_a_share_of_all_records(members: Rows) -> None:
    quotients = {at: (sum(hit for hit, _ in rows), len(rows)) for at, rows in enumerate(members)}
    values = [None if not rows else Fraction(*quotients[at]) for at, rows in enumerate(members)]
    together = [row for rows in members for row in rows]
    found = of_all(Sort.QUOTIENT, figures(values, quotients))
    if not together:
        assert found.status.item(0) == APPLIES_NOT
    else:
        assert found.values[0] == Fraction(sum(hit for hit, _ in together), len(together))


@given(RECORDS)
def test_a_sum_of_all_records(members: Rows) -> None:
    values: list[Fraction | None] = [Fraction(sum(n for _, n in rows), 100) for rows in members]
    found = of_all(Sort.SUM, figures(values, {}))
    assert found.values[0] == Fraction(sum(n for rows in members for _, n in rows), 100)


def test_what_has_nothing_below_counts_above() -> None:
    """Two complaints of a branch without orders are complaints of the region."""
    found = of_all(Sort.QUOTIENT, figures([Fraction(1, 10), None], {0: (1, 10), 1: (2, 0)}))
    assert found.values[0] == Fraction(3, 10)


@pytest.mark.parametrize(
    ("sort", "values", "quotients", "poolable"),
    [
        (Sort.NEITHER, [Fraction(1), Fraction(1)], {}, False),
        (Sort.NEITHER, [Fraction(1), None], {}, True),
        (Sort.QUOTIENT, [Fraction(1, 2), Fraction(1, 2)], {0: (1, 2)}, False),
        (Sort.QUOTIENT, [Fraction(1, 2), Fraction(1, 2)], {0: (1, 2), 1: (1, 2)}, True),
        (Sort.QUOTIENT, [Fraction(1, 2), None], {}, True),
        (Sort.SUM, [Fraction(1), Fraction(1)], {}, True),
    ],
)
def test_what_can_be_told(
    sort: Sort, values: list[Fraction | None], quotients: dict[int, tuple[int, int]], poolable: bool
) -> None:
    found = of_all(sort, figures(values, quotients))
    assert found.poolable.tolist() == [poolable]
    assert found.status.tolist() == [VALUE if poolable else MISSING]


def test_groups_are_apart_and_may_share_members() -> None:
    found = pool(
        Sort.SUM,
        figures([Fraction(1), Fraction(2), Fraction(4)], {}),
        np.array([0, 1, 2, 2]),
        np.array([0, 0, 0, 2]),
        3,
    )
    assert found.values == {0: 7, 2: 4}
    assert found.status.tolist() == [VALUE, MISSING, VALUE]


def test_long_decimals_stay_exact() -> None:
    tenth = Fraction(10**20 + 1, 10**21)
    given_ = Figures(np.full(2, VALUE, dtype=np.uint8), np.array([0.1, 0.2]), {0: tenth})
    assert of_all(Sort.SUM, given_).values[0] == tenth + Fraction(2, 10)
