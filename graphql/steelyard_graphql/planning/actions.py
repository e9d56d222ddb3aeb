"""The actions (措施) of plans that are kept, their files, and what they brought."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

import strawberry

from steelyard.errors import Text
from steelyard.services.plans.plan import Action
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store.plan_notes import EvidenceRecord
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.planning.baselines import title_then
from steelyard_graphql.planning.states import PlanActionState
from steelyard_graphql.plans import ActionKind

EVIDENCE_PATH = "/plans/{number}/actions/{action}/evidence/{evidence}"
"""Where a file that shows what was done is read."""


@strawberry.type(description="A file that shows that an action was done.")
class PlanEvidence:
    """A file."""

    number: int = strawberry.field(description="Its number, drawn at random, by which it is removed.")
    file_name: str = strawberry.field(description="Its name, without folders.")
    media_type: str = strawberry.field(description="What it is, told by its content.")
    size: int = strawberry.field(description="Its size in bytes.")
    added_at: datetime.datetime = strawberry.field(description="When it was attached.")
    added_by: str = strawberry.field(
        description="Who attached it: the code of an account, for persons a pseudonym."
    )
    path: str = strawberry.field(description="Where on this server it is read, by GET.")

    @classmethod
    def of(cls, plan: str, action: int, record: EvidenceRecord) -> Self:
        """Show a file."""
        return cls(
            number=record.id,
            file_name=record.file_name,
            media_type=record.media_type,
            size=record.size,
            added_at=record.added_at,
            added_by=record.added_by,
            path=EVIDENCE_PATH.format(number=plan, action=action, evidence=record.id),
        )


@strawberry.type(
    description="The change of the indicator beside the changes of comparable units that did not act:"
    " difference in differences."
)
class EffectComparison:
    """A comparison."""

    units: int = strawberry.field(description="How many comparable units it is of.")
    mean: float = strawberry.field(description="The mean change of their rates.")
    difference: float = strawberry.field(description="The change of the unit less that mean.")
    low: float = strawberry.field(description="The lower end of the 95 % prediction interval.")
    high: float = strawberry.field(description="The upper end of it.")


@strawberry.type(description="What became of the indicator of an action in a later period (验证).")
class PlanActionEffect:
    """An effect."""

    period: str | None = strawberry.field(description="The code of the later period.")
    before: float | None = strawberry.field(description="The rate before.")
    after: float | None = strawberry.field(description="The rate in the later period.")
    promised: float | None = strawberry.field(description="What the action was to add to the rate.")
    fulfilment: str | None = strawberry.field(
        description="How the change stands to the promise: reached, partly, none, unpromised, unknown."
    )
    suggestion: str | None = strawberry.field(
        description="What the figures alone call it: verified, not_effective, open."
    )
    comparison: EffectComparison | None = strawberry.field(
        description="Beside others; null where too few can be compared, or told about."
    )
    words: strawberry.Private[Text]

    @computed("The effect in one sentence.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, told: Mapping[str, Any], period: str | None) -> Self:
        """Show an effect as it may be told."""
        beside = told.get("comparison")
        return cls(
            period=period,
            before=told.get("before"),
            after=told.get("after"),
            promised=told.get("promised"),
            fulfilment=told.get("fulfilment"),
            suggestion=told.get("suggestion"),
            comparison=None
            if beside is None
            else EffectComparison(
                units=beside["n"],
                mean=beside["mean"],
                difference=beside["difference"],
                low=beside["low"],
                high=beside["high"],
            ),
            words=Text(**told.get("sentence", {"zh": "", "en": ""})),
        )


@strawberry.type(description="One step of a plan that is kept (措施).")
class ImprovementAction:
    """An action."""

    number: int = strawberry.field(description="Its number within the plan.")
    revision: int = strawberry.field(description="How often it has changed; changes name the one they saw.")
    state: PlanActionState = strawberry.field(description="How far it is.")
    kind: ActionKind = strawberry.field(description="What it is for.")
    node: str | None = strawberry.field(description="The code of the indicator it is about.")
    node_gone: bool = strawberry.field(
        description="Whether the scheme that is installed has no such indicator any more."
    )
    indicator: Indicator | None = strawberry.field(
        description="The indicator as it is now; null where it is gone, or there is none."
    )
    answers: list[str] = strawberry.field(description="The keys of the findings that it answers.")
    advice: str | None = strawberry.field(description="The code of the advice that it follows.")
    description: str | None = strawberry.field(description="What people wrote about it.")
    owner: str | None = strawberry.field(
        description="Whose it is: the code of an account, for persons a pseudonym; null for nobody's."
    )
    due: datetime.date | None = strawberry.field(description="The day by which it is to be done.")
    is_overdue: bool = strawberry.field(description="Whether it should have been done before today (UTC).")
    effort_days: float | None = strawberry.field(description="The effort in person-days.")
    expected_effect: float | None = strawberry.field(
        description="What it is expected to add to the indicator's rate."
    )
    baseline_rate: float | None = strawberry.field(description="The rate when the plan was made.")
    evidence: list[PlanEvidence] = strawberry.field(
        description="The files that show what was done, oldest first."
    )
    done_at: datetime.datetime | None = strawberry.field(description="When it was done.")
    done_by: str | None = strawberry.field(description="Who said so.")
    verified_at: datetime.datetime | None = strawberry.field(description="When its effect was settled.")
    verified_by: str | None = strawberry.field(description="Who evaluated or judged it.")
    effect: PlanActionEffect | None = strawberry.field(
        description="What it brought; null before a later period was evaluated."
    )
    words: strawberry.Private[Text]
    role_words: strawberry.Private[Text | None]
    then: strawberry.Private[Text | None]

    @computed("What to do.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed("Who usually does it.")
    def role(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the role in the language asked for."""
        return None if self.role_words is None else said(self.role_words, locale)

    @computed("What the indicator was called when the plan was made; null without one.")
    def node_title_then(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the title in the language asked for."""
        return None if self.then is None else said(self.then, locale)

    @classmethod
    def of(
        cls,
        plan: str,
        action: Action,
        baseline: Mapping[str, Any],
        entry: SchemeEntry | None,
        effect: Mapping[str, Any] | None,
    ) -> Self:
        """Show an action; effect: as it may be told."""
        record = action.record
        found = None if entry is None or record.node is None else entry.by_code.get(record.node)
        return cls(
            number=record.number,
            revision=record.revision,
            state=PlanActionState(record.state.value),
            kind=ActionKind(record.kind),
            node=record.node,
            node_gone=record.node is not None and found is None,
            indicator=None if entry is None or found is None else Indicator.of(entry, found),
            answers=list(action.answers),
            advice=record.advice,
            description=record.description,
            owner=record.owner,
            due=record.due,
            is_overdue=action.is_overdue(datetime.datetime.now(datetime.UTC).date()),
            effort_days=None if record.effort is None else float(record.effort),
            expected_effect=None if record.expected_effect is None else float(record.expected_effect),
            baseline_rate=None if record.baseline_rate is None else float(record.baseline_rate),
            evidence=[PlanEvidence.of(plan, record.number, each) for each in action.evidence],
            done_at=record.done_at,
            done_by=record.done_by,
            verified_at=record.verified_at,
            verified_by=record.verified_by,
            effect=None if effect is None else PlanActionEffect.of(effect, action.verified_period),
            words=record.title,
            role_words=record.role,
            then=None if record.node is None else title_then(baseline, record.node),
        )
