"""Bands (等级): the named intervals of a scheme's scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.scheme.model import Band as Definition
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@plain
@strawberry.type(
    description="A named interval of scores, closed below and open above; the best also above (等级)."
)
class Band:
    """One band of a scheme."""

    code: str = strawberry.field(description="Its code, unique in the scheme.")
    starts_at: float = strawberry.field(description="The lowest score (0…100) in it.")
    words: strawberry.Private[Text]

    @computed("Its title.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: Definition) -> Self:
        """Show a band."""
        return cls(
            code=found.code,
            starts_at=float(found.from_.resolved({}) * 100),
            words=found.title or Text(found.code, found.code),
        )

    @classmethod
    def of_all(cls, found: Sequence[Definition]) -> list[Self]:
        """Show bands, the best first."""
        return [cls.of(band) for band in found]
