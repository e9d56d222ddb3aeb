"""Units (评价对象): what is scored, in a tree with dated parents and attributes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.structure import Structure
from steelyard.store.units import UnitRecord
from steelyard_graphql.administration import persons
from steelyard_graphql.arguments import PeriodCode, SchemeCode
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import (
    After,
    Before,
    Connection,
    Edge,
    First,
    Last,
    PageArguments,
    page,
)
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node

if TYPE_CHECKING:
    from steelyard_graphql.administration.persons import Person
    from steelyard_graphql.scorecards import Scorecard

On = Annotated[
    datetime.date | None,
    strawberry.argument(description="As it stood on this day; today if left out."),
]


@plain
@strawberry.type(description="A fact about a unit that holds for some time.")
class Attribute:
    """An attribute."""

    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="Its value on the day asked for.")


@plain
@strawberry.type(
    description="What is scored, or what holds such together: a company, region, branch, shop … (评价对象)."
)
class Unit(Node):
    """A unit."""

    code: str = strawberry.field(description="Its code, unique among all units.")
    type: str = strawberry.field(description="Its type, e.g. `dealer`.")
    opened_on: datetime.date | None = strawberry.field(description="Its first day, if known.")
    closed_on: datetime.date | None = strawberry.field(description="The first day it is no more, if any.")
    words: strawberry.Private[Text]
    record: strawberry.Private[UnitRecord]

    @computed("Its title.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed("The unit that it is part of; null for a root, and where one does not see it.")
    async def parent(self, info: Info, on: On = None) -> Unit | None:
        """Return the parent."""
        found = (await structure.load(*info.context.seat)).parent(self.record, on)
        return None if found is None else Unit.of(found)

    @computed("Its parent, its parent's parent, and so on as far as one sees.")
    async def ancestors(self, info: Info, on: On = None) -> list[Unit]:
        """Return the ancestors, the nearest first."""
        units = await structure.load(*info.context.seat)
        found, above = [], units.parent(self.record, on)
        while above is not None:
            found.append(Unit.of(above))
            above = units.parent(above, on)
        return found

    @computed("The units that are part of it and that one sees, by code.")
    async def children(self, info: Info, on: On = None) -> list[Unit]:
        """Return the children."""
        units = await structure.load(*info.context.seat)
        return [Unit.of(record) for record in units.children(self.record, on)]

    @computed("Its attributes, by name.")
    async def attributes(self, info: Info, on: On = None) -> list[Attribute]:
        """Return the attributes."""
        found = (await structure.load(*info.context.seat)).attributes(self.record, on)
        return [Attribute(name=name, value=found[name]) for name in sorted(found)]

    @computed("The person for whom it stands; null for none.", needs=Permission.PERSON_READ)
    async def person(
        self, info: Info
    ) -> Annotated[Person, strawberry.lazy("steelyard_graphql.administration.persons")] | None:
        """Return the person."""
        if self.record.person_id is None:
            return None
        found = await info.context.loaders.persons.load(self.record.person_id)
        return None if found is None else persons.Person.of(found)

    @computed("Its scorecard for one scheme and period.")
    async def scorecard(
        self, info: Info, scheme: SchemeCode, period: PeriodCode
    ) -> Annotated[Scorecard, strawberry.lazy("steelyard_graphql.scorecards")] | None:
        """Return a scorecard of the unit."""
        found = await info.context.loaders.scorecards.load((scheme, period, self.code))
        # A scorecard shows its unit, so its module needs this one before.
        from steelyard_graphql.scorecards import Scorecard

        return Scorecard.of(found)

    @classmethod
    def of(cls, record: UnitRecord) -> Self:
        """Show a unit."""
        return cls(
            id=strawberry.ID(global_id("Unit", record.code)),
            code=record.code,
            type=record.unit_type,
            opened_on=record.opened_on,
            closed_on=record.closed_on,
            words=record.title,
            record=record,
        )


@plain
@strawberry.type(name="UnitConnection", description="One page of a list of units.")
class UnitConnection(Connection[Unit]):
    """A page of units."""


async def find_unit(context: RequestContext, code: str) -> Unit:
    """Return one unit; NotFound (UNIT_NOT_FOUND)."""
    return Unit.of((await structure.load(*context.seat)).unit(code))


def _chosen(units: Structure, unit_type: str | None, below: str | None) -> list[UnitRecord]:
    found = units.units if below is None else units.below(units.unit(below))[1:]
    return sorted((one for one in found if unit_type in (None, one.unit_type)), key=lambda one: one.code)


@strawberry.type
class UnitQueries:
    """The queries about units."""

    @computed("The units one sees by code, page by page.")
    async def units(
        self,
        info: Info,
        unit_type: Annotated[
            str | None, strawberry.argument(name="type", description="Only units of this type.")
        ] = None,
        below: Annotated[
            str | None,
            strawberry.argument(description="The code of a unit: only what is below it, at any depth."),
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> UnitConnection | None:
        """Return a page of units."""
        rows = _chosen(await structure.load(*info.context.seat), unit_type, below)
        asked = PageArguments(first, after, last, before)
        chosen, cursors = page(rows, lambda one: one.code, "units", asked)
        nodes = [Unit.of(row) for row in rows[chosen.start : chosen.end]]
        return UnitConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )

    @computed("The units that are part of no other that one sees, by code.")
    async def unit_roots(self, info: Info, on: On = None) -> list[Unit]:
        """Return the roots."""
        return [Unit.of(one) for one in (await structure.load(*info.context.seat)).children(None, on)]

    @computed("One unit by its code.")
    async def unit(
        self,
        info: Info,
        code: Annotated[str, strawberry.argument(description="Its code, unique among all units.")],
    ) -> Unit | None:
        """Return one unit."""
        return await find_unit(info.context, code)
