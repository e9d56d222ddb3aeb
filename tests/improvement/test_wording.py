"""Figures in sentences."""

from __future__ import annotations

import pytest

from steelyard.improvement.wording import figure


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (67, "67"),
        (66.99999999999997, "67"),
        (0.395, "0.4"),
        (1.005, "1.01"),
        (0.004, "<0.01"),
        (0.0, "0"),
        (1e-13, "0"),
        (1234567.5, "1234567.5"),
        (330, "330"),
    ],
)
def test_figure(number: float, text: str) -> None:
    assert figure(number) == text
