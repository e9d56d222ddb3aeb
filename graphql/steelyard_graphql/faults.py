"""Problems as GraphQL shows them: what a mutation refuses, and why a pack is not loaded."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from types import MappingProxyType
from typing import Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from steelyard.access.problems import UNIT_NOT_FOUND
from steelyard.errors import Level, Text
from steelyard.errors import Problem as Found
from steelyard.services.problems import PERIOD_WITHOUT_DATA, UNIT_NOT_SCORED
from steelyard.store.problems import PERIOD_NOT_FOUND, SCHEME_NOT_FOUND
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said

INPUTS = MappingProxyType(
    {
        kind.code: name
        for kind, name in (
            (UNIT_NOT_FOUND, "unit"),
            (UNIT_NOT_SCORED, "unit"),
            (SCHEME_NOT_FOUND, "scheme"),
            (PERIOD_NOT_FOUND, "period"),
            (PERIOD_WITHOUT_DATA, "period"),
        )
    }
)
"""The part of a mutation's input that names what is not there."""


@strawberry.enum(description="How much a problem weighs.")
class ProblemLevel(Enum):
    """The levels of `steelyard.errors`."""

    ERROR = strawberry.enum_value(Level.ERROR.value, description="The input cannot be used.")
    FUTURE_ERROR = strawberry.enum_value(
        Level.FUTURE_ERROR.value, description="The input is used, but a later version will refuse it."
    )
    WARNING = strawberry.enum_value(
        Level.WARNING.value, description="The input is used, but something in it should be looked at."
    )


@strawberry.type(description="One fault in something that was handed in.")
class Problem:
    """A problem and, where it came with others, those too."""

    code: str = strawberry.field(description="A stable code; docs/errors.md has a section on each.")
    level: ProblemLevel = strawberry.field(description="How much it weighs.")
    path: list[str] = strawberry.field(
        description="The way to the faulty part of the input, from the outside in; may be empty."
    )
    place: str | None = strawberry.field(description="Where it stands in a file, as file:line:column.")
    others: list[Problem] = strawberry.field(description="Further problems of the same input.")
    words: strawberry.Private[Text]
    remedy: strawberry.Private[Text]

    @computed("What was found and what was expected.")
    def message(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the words in the language asked for."""
        return said(self.words, locale)

    @computed("What to do about it.")
    def suggestion(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the advice in the language asked for."""
        return said(self.remedy, locale)

    @classmethod
    def of(cls, found: Found, others: Sequence[Found] = ()) -> Self:
        """Show a problem; `others` came with it."""
        field = found.place.field or INPUTS.get(found.code)
        return cls(
            code=found.code,
            level=ProblemLevel(found.level.value),
            path=[] if field is None else [to_camel_case(part) for part in field.split(".")],
            place=str(found.place) if found.place.file else None,
            others=[cls.of(other) for other in others],
            words=Text(found.message("zh"), found.message("en")),
            remedy=Text(found.advice("zh"), found.advice("en")),
        )

    @classmethod
    def of_all(cls, found: Sequence[Found]) -> Self:
        """Show the first problem with the others in it."""
        return cls.of(found[0], found[1:])
