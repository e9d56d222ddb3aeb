"""The mutation that creates and changes many units at once."""

from __future__ import annotations

import datetime
from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_table import UnitRow
from steelyard_graphql.administration import results
from steelyard_graphql.administration.deeds import ProposalMade, done
from steelyard_graphql.context import Info
from steelyard_graphql.mutations import mutation
from steelyard_graphql.problems import LIST_TOO_LONG

MOST = 1000
FILE = "GraphQL"
"""How acts call what came in a request."""


@strawberry.input(description="A fact about a unit.")
class AttributeInput:
    """An attribute."""

    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="Its value.")


@strawberry.input(description="A unit to be created, or what is to be changed of one that is there.")
class UnitRowInput:
    """One unit; what is left out of one that is there stays as it is."""

    unit: str = strawberry.field(description="The code of the unit.")
    unit_type: str | None = strawberry.field(description="The type; a new unit needs one.", default=None)
    title_zh: str | None = strawberry.field(description="The title in Chinese.", default=None)
    title_en: str | None = strawberry.field(description="The title in English.", default=None)
    parent: str | None = strawberry.field(description="The code of the unit above.", default=None)
    opened_on: datetime.date | None = strawberry.field(description="Its first day.", default=None)
    closed_on: datetime.date | None = strawberry.field(
        description="The first day on which it is no more.", default=None
    )
    attributes: list[AttributeInput] = strawberry.field(description="Its attributes.", default_factory=list)


@strawberry.input(description="Units to be created and changed, all of them or none.")
class ImportUnitsInput:
    """Many units."""

    units: list[UnitRowInput] = strawberry.field(description=f"The units, at most {MOST}.")
    valid_from: datetime.date = strawberry.field(
        description="The day from which new parents and attributes of units that are there hold."
    )
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.type
class UnitImportMutations:
    """The mutation about many units."""

    @mutation(
        "Create and change many units, all of them or none; one act tells of it.", needs=Permission.UNIT_EDIT
    )
    async def import_units(
        self, info: Info, input: Annotated[ImportUnitsInput, strawberry.argument(description="The units.")]
    ) -> results.UnitsResult:
        """Import units."""
        if len(input.units) > MOST:
            values = {"argument": "units", "found": len(input.units), "most": MOST}
            raise InvalidInput(Problem(LIST_TOO_LONG, Place(field="units"), values))
        rows = tuple(_row(number, row) for number, row in enumerate(input.units, 1))
        outcome = await done(info.context, ImportUnits(FILE, rows, input.valid_from), input.reason)
        if isinstance(outcome, ProposalMade):
            return outcome
        counts = outcome.result
        return results.UnitsImported(
            created=counts.created, changed=counts.changed, unchanged=counts.unchanged, act=outcome.act
        )


def _row(number: int, row: UnitRowInput) -> UnitRow:
    return UnitRow(
        line=number,
        unit=row.unit,
        unit_type=row.unit_type,
        title_zh=row.title_zh,
        title_en=row.title_en,
        parent=row.parent,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        attributes=tuple((each.name, each.value) for each in row.attributes),
    )
