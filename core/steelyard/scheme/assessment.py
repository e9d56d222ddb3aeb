"""How the sheets of several raters become one value of each measure (`assessment:` of a scheme file)."""

from __future__ import annotations

from typing import Literal

from steelyard.errors import Text
from steelyard.scheme.base import Definition, Name, Whole, Words
from steelyard.scheme.number import Quantity, Weight

Combine = Literal["mean", "median", "weighted"]
OwnUnit = Literal["flag", "exclude", "refuse"]


class RaterType(Definition):
    """One sort of rater; `weight` counts where the types are weighted."""

    type: Name
    title: Words | None = None
    weight: Weight = Quantity.of(1)

    @property
    def label(self) -> Text:
        """The title, or the type where there is none."""
        return self.title or Text(self.type, self.type)


class Assessment(Definition):
    """Who rates, and how what they say is combined.

    raters: the sorts of raters; none lets every sort in. combine: the mean or median of all sheets, or the
    mean of each sort's mean by the sorts' weights. own_unit: what becomes of a sheet by somebody whom the
    unit's scores rate: counted and flagged, kept without counting, or not taken. minimum: from how many
    sheets that count there is a value.
    """

    raters: tuple[RaterType, ...] = ()
    combine: Combine = "mean"
    own_unit: OwnUnit = "exclude"
    minimum: Whole = 1

    def rater(self, type: str) -> RaterType | None:
        """The sort of rater of that name; any where none are listed, None for one that is not listed."""
        if not self.raters:
            return RaterType(type=type)
        return next((each for each in self.raters if each.type == type), None)


USUAL = Assessment()
"""What holds for a scheme that says nothing of assessments."""
