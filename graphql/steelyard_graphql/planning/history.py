"""What people say about plans, and what they changed of them."""

from __future__ import annotations

import datetime
from typing import Any, Self

import strawberry

from steelyard.services.plans.history import FieldChange, shown
from steelyard.services.plans.history import PlanChange as Found
from steelyard.store.plan_notes import CommentRecord
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument

WHO = "Who: the code of an account, for persons a pseudonym."


@strawberry.type(description="What somebody said about a plan or one of its actions.")
class PlanComment:
    """A comment."""

    action: int | None = strawberry.field(description="The number of the action; null for the plan itself.")
    text: str = strawberry.field(description="What was said.")
    written_at: datetime.datetime = strawberry.field(description="When.")
    written_by: str = strawberry.field(description=WHO)

    @classmethod
    def of(cls, found: CommentRecord, action: int | None) -> Self:
        """Show a comment."""
        return cls(action=action, text=found.text, written_at=found.written_at, written_by=found.written_by)


@strawberry.type(description="A field that was changed.")
class PlanFieldChange:
    """One field."""

    field: str = strawberry.field(description="What it is called, e.g. `owner`, `due`, `expected_effect`.")
    found: strawberry.Private[FieldChange]

    @computed("What it said before; null for nothing.")
    def before(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the old value in words."""
        return _said(self.found.before, locale)

    @computed("What it says since; null for nothing.")
    def after(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the new value in words."""
        return _said(self.found.after, locale)


@strawberry.type(description="One change of a plan or of one of its actions.")
class PlanChange:
    """A change."""

    action: int | None = strawberry.field(description="The number of the action; null for the plan itself.")
    what: str = strawberry.field(
        description="What was done: drafted, edited, agreed, dropped, followed (the state of the plan"
        " followed its actions), added, begun, done, reopened, measured, judged, evidence_added,"
        " evidence_removed."
    )
    revision: int = strawberry.field(description="The revision that it made of the plan or the action.")
    fields: list[PlanFieldChange] = strawberry.field(description="What says something else since.")
    reason: str | None = strawberry.field(description="Why, in the words of who changed it.")
    changed_at: datetime.datetime = strawberry.field(description="When.")
    changed_by: str = strawberry.field(description=WHO)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a change."""
        return cls(
            action=found.action,
            what=found.what,
            revision=found.revision,
            fields=[PlanFieldChange(field=each.field, found=each) for each in found.fields],
            reason=found.reason,
            changed_at=found.changed_at,
            changed_by=found.changed_by,
        )


def _said(value: Any, locale: Locale) -> str | None:
    match value:
        case None:
            return None
        case {"zh": zh, "en": en}:
            return str(zh if locale is Locale.ZH else en)
    return shown(value)
