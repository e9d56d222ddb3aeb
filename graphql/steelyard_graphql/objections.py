"""Objections (异议): what the rated say against final results, and what was decided."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.services import objections
from steelyard.services.objections import Objection as Found
from steelyard.store.objections import ObjectionState as State
from steelyard_graphql.connections import First, PageArguments, check, size_of
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.periods import Period
from steelyard_graphql.units import Unit


@strawberry.enum(description="What became of an objection.")
class ObjectionState(Enum):
    """The states of the store."""

    OPEN = strawberry.enum_value(State.OPEN.value, description="It waits for a decision.")
    WITHDRAWN = strawberry.enum_value(State.WITHDRAWN.value, description="Who filed it took it back.")
    ACCEPTED = strawberry.enum_value(State.ACCEPTED.value, description="The result is to be corrected.")
    REJECTED = strawberry.enum_value(State.REJECTED.value, description="The result stands.")


@strawberry.type(description="What somebody said against the final result of a unit (异议).")
class Objection:
    """An objection."""

    number: str = strawberry.field(description="Its number, which was drawn.")
    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: Unit = strawberry.field(description="The rated unit.")
    period: Period = strawberry.field(description="The closed period.")
    node: str | None = strawberry.field(
        description="The code of the indicator that it is against; null for the result as a whole."
    )
    reason: str = strawberry.field(description="What is said.")
    state: ObjectionState = strawberry.field(description="What became of it.")
    revision: int = strawberry.field(description="How often it was changed: to be named when it is decided.")
    decide_by: datetime.date = strawberry.field(description="The day by which it is to be decided.")
    overdue: bool = strawberry.field(description="Whether it waits although that day is over.")
    filed_at: datetime.datetime = strawberry.field(description="When it was filed.")
    filed_by: str = strawberry.field(description="Who filed it.")
    decided_at: datetime.datetime | None = strawberry.field(description="When it was decided or withdrawn.")
    decided_by: str | None = strawberry.field(description="Who decided, or withdrew it.")
    decision_reason: str | None = strawberry.field(description="Why.")
    answered: bool = strawberry.field(
        description="Whether the period was corrected and evaluated anew after it was accepted."
    )

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show an objection."""
        record = found.record
        return cls(
            number=record.number,
            scheme=record.scheme,
            unit=Unit.of(found.unit),
            period=Period.of(found.period),
            node=record.node,
            reason=record.reason,
            state=ObjectionState(record.state.value),
            revision=record.revision,
            decide_by=record.decide_by,
            overdue=found.overdue,
            filed_at=record.filed_at,
            filed_by=record.filed_by,
            decided_at=record.decided_at,
            decided_by=record.decided_by,
            decision_reason=record.decision_reason,
            answered=found.answered,
        )


@strawberry.type
class ObjectionQueries:
    """The queries about objections."""

    @computed(
        "Objections of units on which one files or decides on them, or of all for those who may see acts; the"
        " latest first. `FORBIDDEN` for those who do none of this."
    )
    async def objections(
        self,
        info: Info,
        state: Annotated[
            ObjectionState | None, strawberry.argument(description="Only those of which this became.")
        ] = None,
        unit: Annotated[
            str | None, strawberry.argument(description="The code of a unit: only its objections.")
        ] = None,
        overdue: Annotated[
            bool, strawberry.argument(description="Only those that wait although their day is over.")
        ] = False,
        first: First = None,
    ) -> list[Objection] | None:
        """Return objections."""
        asked = PageArguments(first)
        check(asked)
        wanted = None if state is None else State(str(state.value))
        found = await objections.list_objections(*info.context.seat, state=wanted, unit=unit, overdue=overdue)
        return [Objection.of(each) for each in found[: size_of(asked)]]

    @computed("One objection by its number.")
    async def objection(
        self, info: Info, number: Annotated[str, strawberry.argument(description="Its number.")]
    ) -> Objection | None:
        """Return one objection."""
        return Objection.of(await objections.find_objection(*info.context.seat, number))
