"""Charts: where things stand on a scale from 0 to 100."""

from __future__ import annotations

import re

import pytest

from steelyard.reporting import charts
from steelyard.reporting.model import Moment

WIDTHS = [(0.0, "0"), (0.5, "80"), (1.0, "160"), (1.2, "160"), (-0.1, "0")]


@pytest.mark.parametrize(("rate", "width"), WIDTHS)
def test_a_bar_is_as_long_as_its_rate(rate: float, width: str) -> None:
    assert f'class="bar" x="0" y="2" width="{width}"' in charts.bar(rate, None, None, "A")


def test_no_rate_has_no_bar() -> None:
    drawn = charts.bar(None, 0.7, None, "A")
    assert 'class="bar"' not in drawn
    assert 'class="line" d="M112 0V14"' in drawn


def test_peers_are_a_box_around_their_median() -> None:
    drawn = charts.spread(25.0, 50.0, 60.0, 75.0, "A")
    assert 'class="box" x="80" y="2" width="40"' in drawn
    assert 'points="92,7 96,2 100,7 96,12"' in drawn
    assert 'cx="40"' in drawn


def test_a_gap_is_not_bridged() -> None:
    moments = [Moment(str(year), score) for year, score in enumerate((1.0, 2.0, None, 4.0))]
    lines = re.findall(r"<polyline [^>]*>", charts.trend(moments, None, "A"))
    assert [line.count(",") for line in lines] == [2, 1]


def test_labels_are_escaped() -> None:
    assert 'aria-label="&#34;&lt;b&gt;"' in charts.bar(None, None, None, '"<b>')


@pytest.mark.parametrize(
    ("number", "text"), [(None, "–"), (49.696969, "49.7"), (-3.5, "-3.5"), (-1e-15, "0"), (0.0, "0")]
)
def test_figures_are_rounded_once(number: float | None, text: str) -> None:
    assert charts.shown(number) == text
