"""The queries about sheets: one by its number, or those that fit, page by page."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.assessments import reading
from steelyard.store.assessments import AssessmentState as State
from steelyard_graphql.assessments.sheets import (
    Assessment,
    AssessmentConnection,
    AssessmentState,
    find_assessment,
)
from steelyard_graphql.connections import After, Before, Edge, First, Last, PageArguments, page
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed


@strawberry.type
class AssessmentQueries:
    """The queries about sheets."""

    @computed("One sheet by its number.", needs=Permission.ASSESSMENT_READ)
    async def assessment(
        self,
        info: Info,
        number: Annotated[str, strawberry.argument(description="The number of the sheet.")],
    ) -> Assessment | None:
        """Return one sheet."""
        return await find_assessment(info.context, number)

    @computed(
        "Sheets of units whose sheets one may read, by number, page by page.",
        needs=Permission.ASSESSMENT_READ,
    )
    async def assessments(
        self,
        info: Info,
        scheme: Annotated[
            str | None, strawberry.argument(description="The code of a scheme: only its sheets.")
        ] = None,
        unit: Annotated[
            str | None, strawberry.argument(description="The code of a unit: only sheets about it.")
        ] = None,
        period: Annotated[
            str | None, strawberry.argument(description="The code of a period: only sheets about it.")
        ] = None,
        state: Annotated[
            AssessmentState | None, strawberry.argument(description="Only sheets of which this became.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> AssessmentConnection | None:
        """Return a page of sheets."""
        seat = info.context.seat
        wanted = None if state is None else State(str(state.value))
        rows = await reading.records(*seat, scheme=scheme, unit=unit, period=period, state=wanted)
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page(rows, lambda one: one.number, "assessments", asked)
        sheets = await reading.whole(*seat, rows[chosen.start : chosen.end])
        nodes = [Assessment.of(sheet) for sheet in sheets]
        return AssessmentConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )
