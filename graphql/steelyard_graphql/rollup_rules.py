"""The rules of roll-ups: how a scheme joins its units, or its periods."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.scheme.rollup import ByVolume, Join
from steelyard.services.rollups.answer import RolledUnit
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.rollup_words import RollUpRule


@plain
@strawberry.type(description="What a scheme declares for one axis of its roll-ups.")
class RollUpJoin:
    """A rule."""

    rule: RollUpRule = strawberry.field(description="How members become one.")
    volume: str | None = strawberry.field(description="The measure by which they are weighted, if they are.")
    words: strawberry.Private[Text | None]

    @computed("What that measure is called; null where they are not weighted.", plain=True)
    def volume_title(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the title in the language asked for."""
        return None if self.words is None else said(self.words, locale)

    @classmethod
    def of(cls, unit: RolledUnit, found: Join | None) -> Self | None:
        """Show a rule."""
        if found is None:
            return None
        if isinstance(found, ByVolume):
            return cls(rule=RollUpRule.VOLUME, volume=found.volume, words=unit.title_of(found))
        return cls(rule=RollUpRule(found), volume=None, words=None)
