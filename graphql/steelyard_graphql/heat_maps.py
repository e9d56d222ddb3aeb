"""Heat maps: all units of a region by many indicators, in one period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Self

import strawberry

from steelyard.services import comparisons
from steelyard.services.comparisons import Cell, ComparisonTable
from steelyard_graphql.arguments import BelowUnit, PeriodCode, SchemeCode
from steelyard_graphql.bands import Band
from steelyard_graphql.cells import Cells
from steelyard_graphql.compiled.columns import Columns
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import After, Before, Connection, Edge, First, Last, PageArguments
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import some
from steelyard_graphql.outcomes import Outcome
from steelyard_graphql.periods import Period
from steelyard_graphql.spreads import Spread
from steelyard_graphql.unit_choices import Choice, UnitChoice, read_choice
from steelyard_graphql.unit_pages import page_of_units
from steelyard_graphql.units import Unit

LIST = "heatMap"


@plain
@strawberry.type(description="One unit's score on one indicator.")
class HeatMapCell:
    """A cell of a heat map."""

    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    score: float | None = strawberry.field(description="The score (0…100), for the colour.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    to_median: float | None = strawberry.field(
        description="How far it lies above the median of the units shown."
    )

    @classmethod
    def of(cls, found: Cell) -> Self:
        """Show a cell."""
        return cls(
            outcome=Outcome(found.outcome.value),
            score=found.score,
            passed=found.passed,
            band=None if found.band is None else Band.of(found.band),
            to_median=found.to_median,
        )


@plain
@strawberry.type(description="One unit on all indicators of a heat map.")
class HeatMapRow:
    """A row of a heat map."""

    unit: Unit = strawberry.field(description="The unit.")
    cells: Sequence[HeatMapCell] = strawberry.field(description="A cell for each column, in their order.")


@plain
@strawberry.type(description="One page of the rows of a heat map.")
class HeatMapRowConnection(Connection[HeatMapRow]):
    """A page of rows."""


@plain
@strawberry.type(description="One indicator of a heat map.")
class HeatMapColumn:
    """A column of a heat map."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    spread: Spread = strawberry.field(description="What the scores of the units shown look like together.")


@plain
@strawberry.type(description="Units by indicators in one period (热力图).")
class HeatMap:
    """A heat map."""

    period: Period = strawberry.field(description="The period.")
    columns: list[HeatMapColumn] = strawberry.field(description="The indicators, from left to right.")
    rows: Sequence[HeatMapRow] = strawberry.field(
        description="The units by code, or in the order in which they were chosen by code or place. Of some"
        " thousands that is more than a request may ask for: `rowPage` has them page by page."
    )
    table: strawberry.Private[ComparisonTable]
    choice: strawberry.Private[UnitChoice | None]

    @computed("The same rows page by page; the columns are of all of them.", plain=True)
    def row_page(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> HeatMapRowConnection | None:
        """Return a page of rows."""
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page_of_units(self.table.units, self.choice, LIST, asked)
        nodes = list(_rows(self.table, range(chosen.start, chosen.end)))
        return HeatMapRowConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )

    @classmethod
    def of(cls, table: ComparisonTable, choice: UnitChoice | None) -> Self:
        """Show a comparison in one period as a heat map."""
        width = range(len(table.indicators))
        return cls(
            period=Period.of(table.periods[0]),
            columns=[
                HeatMapColumn(
                    indicator=Indicator.of(table.entry, table.indicators[at]),
                    spread=Spread.of(table.spread(at, 0)),
                )
                for at in width
            ],
            rows=_rows(table, range(len(table.units))),
            table=table,
            choice=choice,
        )


def _rows(table: ComparisonTable, part: range) -> Columns[HeatMapRow]:
    """The rows of some units, those of a page or all."""
    shown = Cells(table, (0, 2, 1), slice(part.start, part.stop))

    def cells(unit: int) -> Columns[HeatMapCell]:
        return Columns(
            HeatMapCell,
            len(table.indicators),
            lambda at: HeatMapCell.of(table.cell(unit, at, 0)),
            partial(shown.find, (unit - part.start, 0)),
        )

    def column(name: str) -> list[Unit] | list[Columns[HeatMapCell]] | None:
        if name == "unit":
            return [Unit.of(table.units[unit]) for unit in part]
        return [cells(unit) for unit in part] if name == "cells" else None

    def make(at: int) -> HeatMapRow:
        return HeatMapRow(unit=Unit.of(table.units[part[at]]), cells=cells(part[at]))

    return Columns(HeatMapRow, len(part), make, column)


@strawberry.type
class HeatMapQueries:
    """The queries about heat maps."""

    @computed("All units one sees that a scheme scores at or below a unit, by many indicators.")
    async def heat_map(
        self,
        info: Info,
        scheme: SchemeCode,
        period: PeriodCode,
        below: BelowUnit = None,
        indicators: Annotated[
            list[str] | None,
            strawberry.argument(
                description="The codes of indicators; the root and the first level if left out."
            ),
        ] = None,
        choose: Choice = None,
    ) -> HeatMap | None:
        """Return a heat map."""
        table = await comparisons.heat_map(
            *info.context.seat,
            scheme=scheme,
            period=period,
            below=below,
            choice=read_choice(choose),
            indicators=None if indicators is None else some(indicators, "indicators"),
        )
        return HeatMap.of(table, choose)
