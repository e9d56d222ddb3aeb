"""Unit pages: which of the units of a screen a page has, and the cursors of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.store.units import UnitRecord
from steelyard_graphql.connections import PageArguments, Window, page, page_by
from steelyard_graphql.unit_choices import UnitChoice


def page_of_units(
    units: Sequence[UnitRecord], choice: UnitChoice | None, name: str, asked: PageArguments
) -> tuple[Window, list[str]]:
    """Cut a page out of units that are in the order in which `choice` gives them; raises InvalidInput.

    They are by code, unless they were chosen by code or place: then a cursor holds where a unit stands.
    """
    if choice is None or (choice.codes is None and choice.places is None):
        return page(units, lambda unit: unit.code, name, asked)
    return page_by(range(len(units)), lambda at: (at,), (float,), name, asked)
