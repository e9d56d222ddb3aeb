"""How the source prints a scorecard (`layout:`): columns in their order, groups, and where totals stand."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from steelyard.errors import Text
from steelyard.scheme.base import Definition, Flag, Name, Whole, Words
from steelyard.scheme.number import Weight

Shown = Literal[
    "number",
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
    "rubric",
    "words",
    "remark",
]
"""What a column can show of an indicator; `pass` is the line as a rate, `pass_points` the same in points.

number: the place in the tree, as in 1.2. rubric: how it is scored, as a sentence. words: what the layout
itself says. remark: room for what an assessor writes.
"""

NUMBERS: frozenset[Shown] = frozenset({"weight", "full", "points", "rate", "pass", "pass_points", "coverage"})
"""Of these a column can say how many decimals are shown."""


class LayoutColumn(Definition):
    """A column: what it shows below which head.

    head: an item column without one stands below the head of the item column before it. level: the level of
    the tree, from 1 below the root, whose items it shows; with levels only leaves have rows, and what stands
    for a group is merged over the rows of the group. with_full: stated full marks stand behind the item in
    brackets. words: by code, what a column of `words` says. total: what rows of totals show there instead.
    decimals: how many are shown of a number, 0 to 6; the cell keeps it whole.
    """

    show: Shown
    head: Words | None = None
    level: Whole | None = None
    with_full: Flag = False
    words: dict[Name, Words] = Field(default_factory=dict)
    total: Shown | None = None
    decimals: Whole | None = None

    @property
    def shown_in_total(self) -> Shown:
        """What the rows of totals show."""
        return self.total or self.show

    @property
    def title(self) -> Text:
        """The head, empty below the head of the column before."""
        return self.head or Text("", "")


_SCORED = ("points", "rate", "passed", "band", "outcome")
POINTS_COLUMN = LayoutColumn(show="points", head=Text("得分", "Points"))
REMARK_COLUMN = LayoutColumn(show="remark", head=Text("备注", "Comment"))


class Layout(Definition):
    """The columns of a printed scorecard, and its totals.

    subtotal: what the row below the rows of a group of the first level is called, where the source has one;
    needs columns with levels. total: what the total's row is called, by default as the scheme is. whole: the
    full mark of what the printed weights are shares of, by default the scheme's own.
    """

    columns: tuple[LayoutColumn, ...] = Field(min_length=1)
    subtotal: Words | None = None
    total: Words | None = None
    total_at: Literal["first", "last"] = "last"
    whole: Weight | None = None
    source: str | None = None

    @property
    def is_grouped(self) -> bool:
        """Whether a level of the tree is a column, and leaves alone have rows."""
        return any(column.level is not None for column in self.columns)

    @property
    def card_columns(self) -> tuple[LayoutColumn, ...]:
        """The columns of a scorecard: where the source prints nothing that is scored, points stand last."""
        tells = any(column.show in _SCORED for column in self.columns)
        return self.columns if tells else self._with(POINTS_COLUMN)

    @property
    def form_columns(self) -> tuple[LayoutColumn, ...]:
        """The columns of a form: points and remarks are added where the source prints none."""
        return self._with(POINTS_COLUMN, REMARK_COLUMN)

    def _with(self, *needed: LayoutColumn) -> tuple[LayoutColumn, ...]:
        shown = {column.show for column in self.columns}
        return (*self.columns, *(column for column in needed if column.show not in shown))
