"""Weight sets (权重方案): drafts and published ones, with how their weights were found."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.scheme.calendar import find_period
from steelyard.scheme.number import decimal_text
from steelyard.services import structure
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import sets
from steelyard.services.weights.fitting import gone
from steelyard.services.weights.obtained import read_steps
from steelyard.services.weights.proposal import NodeWeight, node_weights
from steelyard.services.weights.shown import ShownStep, shown_step
from steelyard.services.weights.standards import seen
from steelyard.store.weight_sets import WeightSetRecord
from steelyard.store.weight_sets import WeightSetState as State
from steelyard_graphql.arguments import PeriodCode
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.periods import Period
from steelyard_graphql.weights.shares import WeightComparison
from steelyard_graphql.weights.standards import WeightStandard

NumberArgument = Annotated[int, strawberry.argument(description="The number of a weight set of the scheme.")]


@strawberry.enum(description="Whether a weight set may still be changed.")
class WeightSetState(Enum):
    """The states of the store."""

    DRAFT = strawberry.enum_value(State.DRAFT.value, description="It may be; it decides nothing.")
    PUBLISHED = strawberry.enum_value(
        State.PUBLISHED.value, description="It stays as it is, and decides from a period on."
    )


@strawberry.enum(description="A way to find weights.")
class WeightingMethod(Enum):
    """The methods that results tell."""

    BY_HAND = strawberry.enum_value("by_hand", description="As somebody wrote them.")
    EQUAL = strawberry.enum_value("equal", description="All the same.")
    AHP = strawberry.enum_value("ahp", description="From comparisons of pairs (层次分析法).")
    ENTROPY = strawberry.enum_value("entropy", description="What differed most between units (熵权法).")
    CRITIC = strawberry.enum_value(
        "critic", description="What differed most, and least like the other indicators."
    )


@plain
@strawberry.type(description="What an indicator weighs in a weight set.")
class SetWeight:
    """A weight."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    exact_weight: str = strawberry.field(
        description="The weight as an exact decimal, relative to its siblings'."
    )
    weight: float = strawberry.field(description="The same as a number.")
    is_set: bool = strawberry.field(description="Whether the set says it; else it is the scheme's own.")
    local_weight: float = strawberry.field(description="Its share 0…1 among its siblings.")
    global_weight: float = strawberry.field(description="Its share 0…1 of the root.")

    @classmethod
    def of(cls, found: NodeWeight, entry: SchemeEntry, *, is_set: bool) -> Self:
        """Show a weight."""
        return cls(
            indicator=Indicator.of(entry, entry.node(found.node)),
            exact_weight=decimal_text(found.weight),
            weight=float(found.weight),
            is_set=is_set,
            local_weight=found.local,
            global_weight=found.whole,
        )


@strawberry.type(description="How the weights of the indicators right below one were found.")
class WeightingStep:
    """A step."""

    group: str = strawberry.field(description="The code of the indicator that they are below.")
    method: WeightingMethod = strawberry.field(description="The method.")
    details: str = strawberry.field(
        description="All that the method was given and came to, with the weights, as canonical JSON; of a set"
        " that is kept no figures of past rates for who does not see the whole tenant."
    )
    found: strawberry.Private[ShownStep]

    @computed("How they were found, with the figures that tell how good they are, in words.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.found.sentence, locale)

    @classmethod
    def of(cls, found: ShownStep) -> Self:
        """Show a step."""
        return cls(
            group=found.group,
            method=WeightingMethod(found.method),
            details=found.details,
            found=found,
        )


@strawberry.type(description="Weights that are laid over a scheme's own (权重方案).")
class WeightSet:
    """A weight set."""

    number: int = strawberry.field(description="Its number, unique in its scheme, from 1.")
    scheme_code: str = strawberry.field(description="The code of its scheme.")
    state: WeightSetState = strawberry.field(description="Whether it may still be changed.")
    revision: int = strawberry.field(
        description="How often it was changed as a draft: what changes it says which one was looked at."
    )
    author: str = strawberry.field(
        description="Who drafted it: the code of an account, for persons a pseudonym."
    )
    reason: str = strawberry.field(description="Why, in the words of who drafted it.")
    created_at: datetime.datetime = strawberry.field(description="When it was drafted.")
    changed_at: datetime.datetime | None = strawberry.field(description="When the draft was changed last.")
    starts_from: Period | None = strawberry.field(
        description="The first period that it holds for; null for a draft."
    )
    publication: int | None = strawberry.field(
        description="Which published set of its scheme it is, from 1; null for a draft. Of several for one"
        " start the last published holds."
    )
    published_at: datetime.datetime | None = strawberry.field(description="When it was published.")
    published_by: str | None = strawberry.field(description="Who published it.")
    record: strawberry.Private[WeightSetRecord]
    entry: strawberry.Private[SchemeEntry]

    @computed("What all indicators below the root weigh, parents before children.")
    def weights(self) -> list[SetWeight]:
        """Return the weights."""
        own = self.record.weights
        return [
            SetWeight.of(found, self.entry, is_set=found.node in own)
            for found in node_weights(self.entry, own)
            if found.node != self.entry.root.code
        ]

    @computed(
        "The pass lines and targets that it brings, for all units or for some that one sees; empty where the"
        " scheme's own pass lines hold."
    )
    async def standards(self, info: Info) -> list[WeightStandard]:
        """Return the standards."""
        known = await structure.load(*info.context.seat)
        return [
            WeightStandard.of(each, self.entry, known)
            for each in seen(self.record.content.standards, known)
            if each.node in self.entry.by_code
        ]

    @computed(
        "The codes of indicators that it names and the installed version of the scheme does not have: what it"
        " says of them has no effect."
    )
    def without_effect(self) -> list[str]:
        """Return the codes."""
        return list(gone(self.entry, self.record.content))

    @computed("How its weights were found, step by step; empty where nobody said.")
    def method(self, info: Info) -> list[WeightingStep]:
        """Return the steps."""
        scope = info.context.seat[2]
        return [WeightingStep.of(shown_step(step, scope)) for step in read_steps(self.record.method)]

    @classmethod
    def of(cls, record: WeightSetRecord, entry: SchemeEntry) -> Self:
        """Show a weight set."""
        return cls(
            number=record.number,
            scheme_code=record.scheme,
            state=WeightSetState(record.state.value),
            revision=record.revision,
            author=record.author,
            reason=record.reason,
            created_at=record.created_at,
            changed_at=record.changed_at,
            starts_from=_start(record, entry),
            publication=record.publication,
            published_at=record.published_at,
            published_by=record.published_by,
            record=record,
            entry=entry,
        )


@strawberry.type
class SchemeWeightSets:
    """The fields of a scheme about its weight sets."""

    entry: strawberry.Private[SchemeEntry]

    @computed("Its weight sets by number: published ones, and drafts for those who may propose weights.")
    async def weight_sets(self, info: Info) -> list[WeightSet] | None:
        """Return the sets."""
        found = await sets.load(*info.context.seat, self.entry.code)
        return [WeightSet.of(each, self.entry) for each in found]

    @computed("One of its weight sets by its number.")
    async def weight_set(self, info: Info, number: NumberArgument) -> WeightSet | None:
        """Return one set."""
        found = await sets.find(*info.context.seat, self.entry.code, number)
        return WeightSet.of(found, self.entry)

    @computed(
        "The weight set in force in a period, whether anything was recorded for it or not; null where the"
        " scheme's own weights hold."
    )
    async def weights_in_force(self, info: Info, period: PeriodCode) -> WeightSet | None:
        """Return the set."""
        found = await sets.holding(*info.context.seat, self.entry.code, period)
        return None if found is None else WeightSet.of(found, self.entry)

    @computed("The shares of all indicators under two weight sets, parents before children.")
    async def weight_set_difference(
        self,
        info: Info,
        first: Annotated[
            int,
            strawberry.argument(
                description="The number of a set, 0 for the scheme's own weights: `current…`."
            ),
        ],
        second: Annotated[int, strawberry.argument(description="The number of the other: `proposed…`.")],
    ) -> list[WeightComparison] | None:
        """Return the shares."""
        found = await sets.differences(*info.context.seat, self.entry.code, first, second)
        return [WeightComparison.of(each, self.entry) for each in found]


def _start(record: WeightSetRecord, entry: SchemeEntry) -> Period | None:
    start = record.starts
    if start is None:
        return None
    own = [calendar for calendar in entry.calendars if calendar.code == start.calendar]
    found = find_period(start.period, own)
    return None if found is None else Period.of(found)
