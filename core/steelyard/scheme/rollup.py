"""How scores are rolled up, from units to those above them and from periods to longer ones (`rollup:`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from steelyard.scheme.base import Definition, Flag, Name, Words


class ByVolume(Definition):
    """The mean of the members' rates, weighted by what they have of the measure `volume`."""

    volume: Name


def _join_form(raw: Any) -> str:
    return "weighted" if isinstance(raw, (dict, ByVolume)) else "name"


Join = Annotated[
    Annotated[Literal["mean", "pooled"], Tag("name")] | Annotated[ByVolume, Tag("weighted")],
    Discriminator(_join_form),
]
"""How members become one: the plain mean, all data as those of one unit, or a mean weighted by volume."""


class RollUp(Definition):
    """The rule for units and the one for periods; an axis that has none is not rolled up."""

    units: Join | None = None
    periods: Join | None = None
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None

    @property
    def volumes(self) -> tuple[str, ...]:
        """The measures by which members are weighted, each once."""
        found = (each.volume for each in (self.units, self.periods) if isinstance(each, ByVolume))
        return tuple(dict.fromkeys(found))
