"""docs/compare.md: the worked figures of roll-ups are what the code makes of its table."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import numpy as np

from steelyard.analysis.pooling import Figures, Sort, pool
from steelyard.analysis.rollup import Membership, join
from steelyard.scoring import Outcome, Status

PAGE = (Path(__file__).resolve().parents[2] / "docs/compare.md").read_text(encoding="utf-8")


def table(name: str) -> list[list[str]]:
    found = re.search(rf"^<!-- {name} -->\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert found is not None
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in found[1].splitlines()[2:]]


MEMBERS = table("members")
KNOWN = np.array([row[2] != "–" for row in MEMBERS])


def percent(rate: float) -> str:
    return f"{rate * 100:.2f} %"


def joined(weights: list[float]) -> tuple[str, str]:
    rates = [
        Fraction(row[2]) / Fraction(row[3]) if known else None
        for row, known in zip(MEMBERS, KNOWN, strict=True)
    ]
    found = join(
        np.array([[np.nan if rate is None else float(rate)] for rate in rates]),
        np.where(KNOWN, Outcome.SCORED, Outcome.MISSING).astype(np.uint8)[:, np.newaxis],
        Membership(np.arange(3), np.zeros(3, dtype=np.intp), np.array(weights), 1),
    )
    return percent(found.rates.item()), percent(found.coverages.item())


def pooled() -> str:
    quotients = {at: (int(row[2]), int(row[3])) for at, row in enumerate(MEMBERS) if KNOWN[at]}
    status = np.where(KNOWN, Status.VALUE, Status.MISSING).astype(np.uint8)
    figures = Figures(status, np.zeros(3), quotients=quotients)
    found = pool(Sort.QUOTIENT, figures, np.arange(3), np.zeros(3, dtype=np.intp), 1)
    return percent(float(found.values[0]))


def test_the_rates_of_members() -> None:
    for row in MEMBERS[:2]:
        assert row[4] == f"{Fraction(row[2]) / Fraction(row[3]) * 100} %"


def test_the_figures_of_each_rule() -> None:
    mean, volume = joined([1, 1, 1]), joined([float(row[1]) for row in MEMBERS])
    expected = {"`mean`": mean, "`{volume: orders}`": volume, "`pooled`": (pooled(), mean[1])}
    assert {row[0]: (row[1], row[3]) for row in table("wholes")} == expected
