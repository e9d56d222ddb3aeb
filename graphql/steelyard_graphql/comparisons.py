"""Comparisons: chosen units on chosen indicators over chosen periods, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Self

import strawberry

from steelyard.errors import InvalidInput, Problem
from steelyard.services import comparisons
from steelyard.services.comparisons import Cell, ComparisonTable
from steelyard_graphql.arguments import SchemeCode
from steelyard_graphql.bands import Band
from steelyard_graphql.cells import Cells
from steelyard_graphql.compiled.columns import Columns
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.limits import some
from steelyard_graphql.outcomes import Outcome, Reason
from steelyard_graphql.periods import Period
from steelyard_graphql.problems import COMPARISON_TOO_LARGE
from steelyard_graphql.spreads import Spread
from steelyard_graphql.unit_choices import Choice, read_choice
from steelyard_graphql.units import Unit

UNITS_MOST = 20
PERIODS_MOST = 100
CELLS_MOST = 100_000


@plain
@strawberry.type(
    description="One unit's score on one indicator in one period, and how far it lies from the others'."
)
class ComparisonCell:
    """A cell of a comparison."""

    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    reason: Reason = strawberry.field(description="Why it has that outcome.")
    score: float | None = strawberry.field(description="The score (0…100).")
    rate: float | None = strawberry.field(description="The same as a share 0…1 of the full mark.")
    points: float | None = strawberry.field(description="The points.")
    coverage: float | None = strawberry.field(description="Share 0…1 by weight of what was scored.")
    passed: bool | None = strawberry.field(description="Whether it reaches the pass line.")
    band: Band | None = strawberry.field(description="Its band, where the scheme has bands.")
    change: float | None = strawberry.field(description="How far the score lies above the period before.")
    to_best: float | None = strawberry.field(
        description="How far it lies above the best compared unit: 0 or less."
    )
    to_median: float | None = strawberry.field(
        description="How far it lies above the median of the compared units."
    )
    to_mean: float | None = strawberry.field(
        description="How far it lies above the mean of the compared units."
    )
    to_target: float | None = strawberry.field(
        description="How far it lies above the unit's target of the period; null where none is set."
    )
    unit_code: str = strawberry.field(description="The code of the unit.")

    @classmethod
    def of(cls, found: Cell, unit_code: str) -> Self:
        """Show a cell."""
        return cls(
            outcome=Outcome(found.outcome.value),
            reason=Reason(found.reason.value),
            score=found.score,
            rate=found.rate,
            points=found.points,
            coverage=found.coverage,
            passed=found.passed,
            band=None if found.band is None else Band.of(found.band),
            change=found.change,
            to_best=found.to_best,
            to_median=found.to_median,
            to_mean=found.to_mean,
            to_target=found.to_target,
            unit_code=unit_code,
        )


@plain
@strawberry.type(description="One indicator in one period for all compared units.")
class ComparedPeriod:
    """A column of a comparison."""

    period: Period = strawberry.field(description="The period.")
    spread: Spread = strawberry.field(description="What the scores of the compared units look like together.")
    cells: Sequence[ComparisonCell] = strawberry.field(
        description="A cell for each unit, in the order of `units`."
    )


@plain
@strawberry.type(description="One indicator in all compared periods.")
class ComparedIndicator:
    """A row of a comparison."""

    table: strawberry.Private[ComparisonTable]
    shown: strawberry.Private[Cells]
    place: strawberry.Private[int]
    indicator: Indicator = strawberry.field(description="The indicator.")

    @computed("The periods in the order asked for.", plain=True)
    def periods(self) -> list[ComparedPeriod]:
        """Return the periods with their cells."""
        table = self.table
        return [
            ComparedPeriod(
                period=Period.of(period),
                spread=Spread.of(table.spread(self.place, at)),
                cells=_cells(table, self.shown, (self.place, at)),
            )
            for at, period in enumerate(table.periods)
        ]


def _cells(table: ComparisonTable, shown: Cells, at: tuple[int, int]) -> Columns[ComparisonCell]:
    """The cells of all units; at: indicator and period."""

    def make(unit: int) -> ComparisonCell:
        return ComparisonCell.of(table.cell(unit, *at), table.units[unit].code)

    def column(name: str) -> list[Any] | None:
        if name == "unit_code":
            return [unit.code for unit in table.units]
        return shown.find(at, name)

    return Columns(ComparisonCell, len(table.units), make, column)


@plain
@strawberry.type(
    description="Units side by side: every number that a screen needs is here, none is left to the client."
)
class Comparison:
    """A comparison."""

    units: list[Unit] = strawberry.field(description="The compared units in the order asked for.")
    indicators: list[ComparedIndicator] = strawberry.field(
        description="The indicators in the order asked for."
    )

    @classmethod
    def of(cls, table: ComparisonTable) -> Self:
        """Show a comparison."""
        shown = Cells(table, (1, 2, 0))
        return cls(
            units=[Unit.of(unit) for unit in table.units],
            indicators=[
                ComparedIndicator(
                    table=table, shown=shown, place=place, indicator=Indicator.of(table.entry, node)
                )
                for place, node in enumerate(table.indicators)
            ],
        )


@strawberry.type
class ComparisonQueries:
    """The queries that compare."""

    @computed(
        "Chosen units on chosen indicators over chosen periods, side by side: those named, or those that a "
        "choice means."
    )
    async def comparison(
        self,
        info: Info,
        scheme: SchemeCode,
        periods: Annotated[
            list[str], strawberry.argument(description=f"The codes of 1 to {PERIODS_MOST} periods.")
        ],
        units: Annotated[
            list[str] | None,
            strawberry.argument(
                description=f"The codes of 1 to {UNITS_MOST} units that the scheme scores; all if left out."
            ),
        ] = None,
        indicators: Annotated[
            list[str] | None,
            strawberry.argument(description="The codes of indicators; only the root if left out."),
        ] = None,
        choose: Choice = None,
    ) -> Comparison | None:
        """Return a comparison."""
        table = await comparisons.compare(
            *info.context.seat,
            scheme=scheme,
            units=None if units is None else some(units, "units", UNITS_MOST),
            choice=read_choice(choose),
            indicators=None if indicators is None else some(indicators, "indicators"),
            periods=some(periods, "periods", PERIODS_MOST),
            admit=_require_room,
        )
        return Comparison.of(table)


def _require_room(cells: int) -> None:
    if cells > CELLS_MOST:
        raise InvalidInput(Problem(COMPARISON_TOO_LARGE, values={"cells": cells, "most": CELLS_MOST}))
