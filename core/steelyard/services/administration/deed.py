"""Deeds: what an administrative change declares.

A deed is a frozen dataclass of its input; what is common to all deeds of its name stands on the class:

    @dataclass(frozen=True, slots=True)
    class RenameUnit(Deed[UnitRecord]):
        name: ClassVar = "unit.rename"
        title: ClassVar = Text("更名评价对象", "Rename a unit")
        permission: ClassVar = Permission.UNIT_EDIT
        topics: ClassVar = (stamps.STRUCTURE,)

        unit: str
        title_zh: str
        title_en: str

`perform` claims the topics, asks `where` for the units on which the permission is needed, and calls `apply`:
all in one transaction, which also appends the act. So a deed reads what it changes inside `apply`, and
nothing else happens to it meanwhile. Fields are JSON at heart (text, numbers, days, tuples, dataclasses of
them): a deed that waits for a second person is kept as canonical JSON.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

import orjson
from pydantic import TypeAdapter

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Problem, Text
from steelyard.services.administration.canonical import State, canonical
from steelyard.store.content import ContentStore
from steelyard.store.transaction import Reader, Writer

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Change(Generic[R_co]):
    """What a deed did to its subject.

    subject: `kind:key`. before, after: its states, None for what was not or is not there. result: what the
    caller is given, such as a token's secret; it goes into no act.
    """

    subject: str
    before: State | None
    after: State | None
    result: R_co


class Deed(ABC, Generic[R_co]):
    """One administrative change.

    topics: the version stamps that are claimed before and raised after it, at least one.
    """

    __slots__ = ()

    name: ClassVar[str]
    title: ClassVar[Text]
    permission: ClassVar[Permission]
    topics: ClassVar[tuple[str, ...]]

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the input by itself."""
        return ()

    def waits(self, second_person: Collection[str]) -> bool:
        """Tell whether it waits for a second person, given the deeds for which the tenant asks for one."""
        return self.name in second_person

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """The units on all of which the permission is needed; None for the whole tenant.

        Raises NotFound for a unit out of scope, as if it did not exist.
        """
        return None

    @abstractmethod
    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[R_co]:
        """Do it; raise InvalidInput, NotFound or Conflict where it cannot be done."""

    async def settle(self, content: ContentStore, result: Any) -> None:
        """Do what is to be done outside of the database, once the deed stands there."""
        return


def input_of(deed: Deed[Any]) -> str:
    """The deed's input as canonical JSON."""
    return canonical(orjson.loads(TypeAdapter(type(deed)).dump_json(deed)))


def deed_from(kind: type[Deed[Any]], text: str) -> Deed[Any]:
    """The deed that `input_of` wrote down."""
    return TypeAdapter(kind).validate_json(text)
