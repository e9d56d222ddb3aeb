"""A schema whose values do not keep to their types, and objects to ask about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, cast

import strawberry

from steelyard_graphql.compiled.columns import Columns
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed


@strawberry.enum
class Colour(Enum):
    """Colours."""

    RED = "red"
    BLUE = "blue"


class Shade(Enum):
    """No colours of the schema."""

    GREY = "grey"


@plain
@strawberry.type
class Leaf:
    """An object with a value of each kind."""

    number: int | None = 1
    firm_number: int = 1
    amount: float | None = 1.5
    firm_amount: float = 1.5
    text: str | None = "a"
    firm_text: str = "a"
    flag: bool | None = True
    colour: Colour | None = Colour.RED
    firm_colour: Colour = Colour.BLUE
    day: date | None = date(2025, 1, 1)
    id: strawberry.ID = strawberry.ID("1")
    amounts: Sequence[float | None] | None = (1.0, None)
    firm_amounts: Sequence[float] = (1.0, 2.0)
    table: Sequence[Sequence[int] | None] = ((1, 2), None, ())

    @computed("Its text as often as is asked for.", plain=True)
    def repeated(self, times: int = 2, colour: Colour | None = None) -> str:
        if times < 0:
            raise ValueError("never")
        return f"{self.text or ''}{colour}" * times

    @computed("As `text`, but one field for itself.")
    def by_itself(self) -> str | None:
        return self.text

    @computed("As `text`, but later.")
    async def later(self) -> str | None:
        return self.text

    @computed("As `text`, but later, and never nothing.")
    async def firmly_later(self) -> str:
        return str(self.text.strip()) if self.text else cast("str", self.text)


@plain
@strawberry.type
class Branch:
    """An object with others below it."""

    leaf: Leaf | None
    firm_leaf: Leaf
    leaves: Sequence[Leaf | None] | None
    firm_leaves: Sequence[Leaf]

    @computed("Itself, many times.", plain=True)
    def again(self, times: int = 1) -> list[Branch]:
        return [self] * times


async def waits() -> str:
    return "later"


ODD: dict[str, list[Any]] = {
    "number": [None, 2**31 - 1, 2**31, -(2**31) - 1, True, 1.0, 1.5, "7", "x", ValueError("no")],
    "firm_number": [None, 2**40],
    "amount": [None, math.nan, math.inf, 1e308, 3, True, "1.5", "x"],
    "firm_amount": [None, math.nan],
    "text": [None, 3, True, [1], ["a"], waits, lambda: "said"],
    "firm_text": [None, 5],
    "flag": [None, 1, 0, "yes"],
    "colour": [None, "red", "green", Shade.GREY, Colour.BLUE],
    "firm_colour": [None, Shade.GREY],
    "day": [None, "2025-01-01", 5],
    "id": [5, None],
    "amounts": [None, [], [math.nan, 1.0], {1.0}, (x for x in (1.0, 2.0)), "no", 5],
    "firm_amounts": [None, [1.0, None], [1.0, math.inf]],
    "table": [None, [[1], [2**40]], [None], [["x"]]],
}
"""Values of fields that are odd; not all of them are wrong."""
LARGE = [1e308] * 20


def with_odd(name: str, value: Any) -> Leaf:
    """A leaf with one odd value; what is to be called is called, since it can be used once only."""
    leaf = Leaf()
    setattr(leaf, name, value() if value is waits else value)
    return leaf


def column_of(leaves: list[Leaf], name: str) -> list[Any] | None:
    return None if name in ("table", "repeated") else [getattr(leaf, name) for leaf in leaves]


def in_columns(leaves: list[Leaf]) -> Columns[Leaf]:
    """The same leaves as columns."""
    return Columns(Leaf, len(leaves), leaves.__getitem__, partial(column_of, leaves))


@strawberry.type
class Query:
    """What can be asked: what the context brings."""

    @strawberry.field
    def leaf(self, info: strawberry.Info[Any, None]) -> Leaf | None:
        found: Leaf | None = info.context["leaf"]()
        return found

    @strawberry.field
    def leaves(self, info: strawberry.Info[Any, None]) -> Sequence[Leaf | None] | None:
        return [Leaf(), None, info.context["leaf"](), Leaf()]

    @strawberry.field
    def kept(self, info: strawberry.Info[Any, None]) -> Sequence[Leaf]:
        return in_columns([Leaf(), info.context["leaf"](), Leaf()])

    @strawberry.field
    def branch(self, info: strawberry.Info[Any, None]) -> Branch | None:
        odd = info.context["leaf"]
        return Branch(leaf=odd(), firm_leaf=Leaf(), leaves=[odd(), None], firm_leaves=in_columns([odd()]))


schema = strawberry.Schema(Query, types=[Branch])
