"""Advice: what a pack's playbook says about a weak indicator."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.improvement.playbook import Advice as Found
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@plain
@strawberry.type(description="One thing to do about one indicator, from the pack's playbook (辅导方向).")
class Advice:
    """A piece of advice."""

    code: str = strawberry.field(description="Its code, unique in the pack.")
    indicator_code: str = strawberry.field(description="The code of the indicator it is for.")
    effort_days: float = strawberry.field(description="The effort in person-days.")
    expected_effect: float = strawberry.field(
        description="What it is expected to add to the indicator's rate: 0.1 is a tenth of the full mark."
    )
    source: str | None = strawberry.field(description="The document that recommends it.")
    assumed: bool = strawberry.field(description="Whether effort or effect are not the source's.")
    title_text: strawberry.Private[Text]
    role_text: strawberry.Private[Text]
    note_text: strawberry.Private[Text | None]

    @computed("What to do.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.title_text, locale)

    @computed("Who usually does it.", plain=True)
    def role(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the role in the language asked for."""
        return said(self.role_text, locale)

    @computed("In what way it is assumed, or what else there is to know.", plain=True)
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        return None if self.note_text is None else said(self.note_text, locale)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a piece of advice."""
        return cls(
            code=found.code,
            indicator_code=found.indicator,
            effort_days=float(found.effort),
            expected_effect=float(found.expected_effect),
            source=found.source,
            assumed=found.assumed,
            title_text=found.title,
            role_text=found.role,
            note_text=found.note,
        )
