"""Opting in: what is compiled, and what never is."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import pytest
import strawberry
from strawberry.permission import BasePermission

from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.fields import computed

T = TypeVar("T")


class Anybody(BasePermission):
    def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return True


@strawberry.interface
class Named:
    name: str = "a"


@strawberry.type
class NotAsked(Named):
    """A type that has not opted in."""


@plain
@strawberry.type
class Asked(Named):
    guarded: str = strawberry.field(default="a", permission_classes=[Anybody])

    @computed("Plain.", plain=True)
    def plainly(self) -> str:
        return "a"

    @computed("Not marked.")
    def not_marked(self) -> str:
        return "a"

    @computed("Marked, but waits.", plain=True)
    async def waits(self) -> str:
        return "a"

    @computed("Marked, but needs more than the object.", plain=True)
    def informed(self, info: strawberry.Info[Any, Any]) -> str:
        return "a"

    @computed("Marked, but anything might come.", plain=True)
    def anything(self) -> Named:
        return Asked()


@strawberry.type
class Heir(Asked):
    """Opted in by what it inherits from only."""


@plain
@strawberry.type
class Box(Generic[T]):
    held: T


@strawberry.type
class Query:
    asked: Asked = strawberry.field(resolver=Asked)
    heir: Heir = strawberry.field(resolver=Heir)
    not_asked: NotAsked = strawberry.field(resolver=NotAsked)

    @strawberry.field
    def box(self) -> Box[Asked]:
        return Box(held=Asked())

    @strawberry.field
    def many(self) -> list[Asked | None]:
        return [Asked(), None, Asked(), Asked()]

    @strawberry.field
    def boxes(self) -> list[Box[int]]:
        return [Box(held=1)]


EXECUTOR = Executor(strawberry.Schema(Query))
CASES = {
    "{ asked { name } }": 1,
    "{ asked { name plainly __typename } }": 3,
    "{ asked { name guarded } }": 1,
    "{ asked { name notMarked } }": 1,
    "{ asked { name waits } }": 1,
    "{ asked { name informed } }": 1,
    "{ asked { guarded notMarked } }": 0,
    "{ asked { name anything { name } } }": 2,
    "{ heir { name } }": 0,
    "{ notAsked { name } }": 0,
    "{ box { held { name } } }": 2,
    "{ box { held { name waits plainly } } }": 2,
    "{ many { name waits plainly } }": 6,
    "{ boxes { held } }": 1,
}


@pytest.mark.parametrize("query", CASES)
async def test_how_many_fields_are_compiled(query: str) -> None:
    answer = await EXECUTOR.execute(Operation(query), None)
    assert ("errors" in answer.body, answer.fields_compiled) == (False, CASES[query])


async def test_it_can_be_switched_off() -> None:
    executor = Executor(strawberry.Schema(Query), is_compiled=False)
    answer = await executor.execute(Operation("{ asked { name plainly } }"), None)
    assert (answer.body["data"], answer.fields_compiled) == ({"asked": {"name": "a", "plainly": "a"}}, 0)
    assert answer.fields == 3
