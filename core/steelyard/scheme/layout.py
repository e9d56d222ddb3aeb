"""How the source prints a scorecard (`layout:`): columns in their order, and where the total stands."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from steelyard.scheme.base import Definition, Whole, Words
from steelyard.scheme.number import Weight

Shown = Literal[
    "item",
    "code",
    "weight",
    "full",
    "points",
    "rate",
    "pass",
    "pass_points",
    "passed",
    "band",
    "coverage",
    "outcome",
]
"""What a column can show of an indicator; `pass` is the line as a rate, `pass_points` the same in points."""


class LayoutColumn(Definition):
    """A column: what it shows below which head.

    total: what the total's row shows there instead. decimals: how many are shown of a number, 0 to 6; the
    cell keeps it whole.
    """

    show: Shown
    head: Words
    total: Shown | None = None
    decimals: Whole | None = None


class Layout(Definition):
    """The columns of a printed scorecard, and its total.

    total: what the total's row is called, by default as the scheme is. whole: the full mark of what the
    printed weights are shares of, by default the scheme's own.
    """

    columns: tuple[LayoutColumn, ...] = Field(min_length=1)
    total: Words | None = None
    total_at: Literal["first", "last"] = "last"
    whole: Weight | None = None
    source: str | None = None
