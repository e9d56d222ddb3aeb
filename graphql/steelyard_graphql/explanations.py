"""Explanations: why a node has its number, with the arithmetic as data."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.scoring.explanation import Explanation as Found
from steelyard.scoring.explanation import Input, Term
from steelyard.scoring.rubrics import Deducted
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.outcomes import MeasureStatus, Outcome


@strawberry.type(description="One measure that a leaf read.")
class MeasureInput:
    """An input of a leaf."""

    measure: str = strawberry.field(description="The measure.")
    status: MeasureStatus = strawberry.field(description="What is known of it.")
    value: float | None = strawberry.field(description="Its value, if it has one.")

    @classmethod
    def of(cls, found: Input) -> Self:
        """Show an input."""
        value = None if found.value is None else float(found.value)
        return cls(measure=found.measure, status=MeasureStatus(found.status.value), value=value)


@strawberry.type(description="One line of how a leaf's points came about.")
class AccountLine:
    """Something that was counted."""

    points: float = strawberry.field(description="The points that it gave, or took (negative).")
    words: strawberry.Private[Text]

    @computed("What was counted.")
    def text(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the words in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: Deducted) -> Self:
        """Show a line."""
        return cls(points=float(found.points), words=found.text)


@strawberry.type(description="The part of one child in its group.")
class GroupTerm:
    """A term of a group's mean."""

    code: str = strawberry.field(description="The code of the child.")
    outcome: Outcome = strawberry.field(description="Whether the child has a score.")
    weight: float = strawberry.field(description="Its weight among its siblings, as it counts here.")
    share: float = strawberry.field(description="Its share 0…1 of the children that take part.")
    rate: float | None = strawberry.field(description="Its rate, if it has a score.")
    contribution: float | None = strawberry.field(
        description="share × rate: what it adds to the group's rate; null where that is no arithmetic mean."
    )

    @classmethod
    def of(cls, found: Term) -> Self:
        """Show a term."""
        return cls(
            code=found.code,
            outcome=Outcome(found.outcome.value),
            weight=float(found.weight),
            share=float(found.share),
            rate=found.rate,
            contribution=found.contribution,
        )


@strawberry.type(
    description="Why a node has its number: a leaf has inputs and an account, a group has terms."
)
class Explanation:
    """A number, taken apart."""

    rate: float | None = strawberry.field(
        description="The rate, for the root before rules; null without a score."
    )
    exact_rate: str | None = strawberry.field(
        description="The rate in full, as a decimal or a fraction p/q, e.g. `82/165`."
    )
    inputs: list[MeasureInput] = strawberry.field(description="What a leaf read.")
    account: list[AccountLine] = strawberry.field(
        description="What a leaf's rubric added and subtracted, where it does."
    )
    terms: list[GroupTerm] = strawberry.field(description="What a group was computed from.")
    sentence_text: strawberry.Private[Text]
    reason_text: strawberry.Private[Text]

    @computed("The rubric of a leaf, or how a group combines its children, in one sentence.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.sentence_text, locale)

    @computed("Why it has its outcome.")
    def reason(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the reason in the language asked for."""
        return said(self.reason_text, locale)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show an explanation."""
        return cls(
            rate=found.rate,
            exact_rate=found.exact,
            inputs=[MeasureInput.of(one) for one in found.inputs],
            account=[AccountLine.of(line) for line in found.account],
            terms=[GroupTerm.of(term) for term in found.terms],
            sentence_text=found.sentence,
            reason_text=found.reason,
        )
