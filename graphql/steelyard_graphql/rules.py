"""Rules (规则): what stands beside a scheme's tree, and what became of it for one unit and period."""

from __future__ import annotations

from enum import Enum
from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.scheme.rule import Consequence as FoundConsequence
from steelyard.scheme.rule import Rule as Definition
from steelyard.scoring import rule_sentence
from steelyard.scoring.outcome import RuleState as State
from steelyard.services.score_sheet import RuleResult as FoundResult
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@strawberry.enum(description="What a rule does.")
class RuleKind(Enum):
    """The kinds of rules of a scheme file."""

    ADJUST = strawberry.enum_value(
        "adjust", description="Adds to the root's score, or takes from it, by a count."
    )
    GATE = strawberry.enum_value("gate", description="Fires where an indicator that must pass does not.")
    VETO = strawberry.enum_value("veto", description="Fires where an indicator or a measure reaches a limit.")
    STREAK = strawberry.enum_value("streak", description="Fires after several periods with the same result.")
    QUOTA = strawberry.enum_value("quota", description="Compares how bands are shared out in a group.")


@strawberry.enum(description="What became of a rule for one unit and period.")
class RuleState(Enum):
    """The states of a rule."""

    QUIET = strawberry.enum_value(State.QUIET.value, description="It does not apply here.")
    FIRED = strawberry.enum_value(State.FIRED.value, description="It fired.")
    UNDECIDED = strawberry.enum_value(
        State.UNDECIDED.value, description="It cannot be told, because something it looks at has no score."
    )
    EXEMPT = strawberry.enum_value(
        State.EXEMPT.value, description="The unit is exempt from it in this period (豁免)."
    )


@strawberry.type(description="What follows when a rule fires, e.g. a corrective action report.")
class Consequence:
    """The consequence of a rule."""

    action: str | None = strawberry.field(description="A code for programs.")
    deadline_days: int | None = strawberry.field(description="Days until it is due.")
    words: strawberry.Private[Text]

    @computed("What follows.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: FoundConsequence) -> Self:
        """Show a consequence."""
        return cls(action=found.action, deadline_days=found.deadline_days, words=found.title)


@strawberry.type(description="A rule of a scheme, which looks at the scored tree (规则).")
class Rule:
    """A rule as its scheme defines it."""

    code: str = strawberry.field(description="Its id in the scheme file.")
    kind: RuleKind = strawberry.field(description="What it does.")
    consequence: Consequence | None = strawberry.field(description="What follows when it fires.")
    source: str | None = strawberry.field(description="Where it comes from.")
    assumed: bool = strawberry.field(
        description="Whether some figure of it is not the source's; the note says which."
    )
    words: strawberry.Private[Text]
    note_text: strawberry.Private[Text | None]

    @computed("The rule in one sentence.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.words, locale)

    @computed("What is to be known about it, e.g. in what way it is assumed.")
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        return None if self.note_text is None else said(self.note_text, locale)

    @classmethod
    def of(cls, rule: Definition) -> Self:
        """Show a rule."""
        return cls(
            code=rule.id,
            kind=RuleKind(rule.kind),
            consequence=None if rule.consequence is None else Consequence.of(rule.consequence),
            source=rule.source,
            assumed=rule.assumed,
            words=rule_sentence(rule),
            note_text=rule.note,
        )


@strawberry.type(description="What became of a rule for one unit and period, and why.")
class RuleResult:
    """A rule's result."""

    rule: Rule = strawberry.field(description="The rule.")
    state: RuleState = strawberry.field(description="What became of it.")
    words: strawberry.Private[Text]

    @computed("Why it has that state.")
    def reason(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the reason in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: FoundResult) -> Self:
        """Show a result."""
        return cls(rule=Rule.of(found.rule), state=RuleState(found.state.value), words=found.reason)
