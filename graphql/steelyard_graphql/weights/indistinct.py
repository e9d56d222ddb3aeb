"""Indistinct groups: units of a ranking that uncertain weights do not tell apart."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.store.units import UnitRecord
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.connections import Connection, Edge, PageArguments, page_by
from steelyard_graphql.fields import computed
from steelyard_graphql.limits import LIST_MOST, within
from steelyard_graphql.units import Unit

LIST = "indistinctGroups"
Group = tuple[int, list[UnitRecord]]
"""The number of a group, and its units in the ranking's order."""
FirstOfGroup = Annotated[
    int | None, strawberry.argument(description=f"How many of them: 0 to {LIST_MOST}; all if left out.")
]


@plain
@strawberry.type(description="Units that weights as uncertain as the draws do not tell apart.")
class IndistinctGroup:
    """A group."""

    number: int = strawberry.field(description="1 for the best, and so on.")
    size: int = strawberry.field(description="How many units it has.")
    members: strawberry.Private[list[UnitRecord]]

    @computed("The units in the ranking's order.", plain=True)
    def units(self, first: FirstOfGroup = None) -> list[Unit]:
        """Return the units, or the first of them."""
        few = self.members if first is None else self.members[: within(first, 0, LIST_MOST, "first")]
        return [Unit.of(unit) for unit in few]

    @classmethod
    def of(cls, found: Group) -> Self:
        """Show a group."""
        number, members = found
        return cls(number=number, size=len(members), members=members)


@plain
@strawberry.type(description="One page of the groups of a ranking that are told apart.")
class IndistinctGroupConnection(Connection[IndistinctGroup]):
    """A page of groups."""

    @classmethod
    def of(cls, groups: list[Group], asked: PageArguments) -> Self:
        """Show a page; raises InvalidInput."""
        chosen, cursors = page_by(groups, lambda group: (group[0],), (float,), LIST, asked)
        nodes = [IndistinctGroup.of(group) for group in groups[chosen.start : chosen.end]]
        return cls(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=chosen.info(cursors),
            total_count=chosen.total,
        )
