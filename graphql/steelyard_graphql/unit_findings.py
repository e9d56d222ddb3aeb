"""Findings (发现的问题) of a unit in a period: what calls attention to itself, and what it costs."""

from __future__ import annotations

from enum import Enum
from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.improvement.finding import Finding as Found
from steelyard.improvement.finding import FindingKind as Kind
from steelyard.services import editions, unit_findings
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql.advice import Advice
from steelyard_graphql.arguments import AtIndicator, PeriodCode, SchemeCode, UnitCode
from steelyard_graphql.context import Info
from steelyard_graphql.explanations import Explanation
from steelyard_graphql.fields import computed
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.rules import Consequence


@strawberry.enum(description="What is amiss.")
class FindingKind(Enum):
    """The kinds of findings."""

    BELOW_LINE = strawberry.enum_value(
        Kind.BELOW_LINE.value, description="An indicator misses its pass line."
    )
    FALLING = strawberry.enum_value(
        Kind.FALLING.value,
        description="It lost 5 % of its full mark or more since the last period in which it had a score.",
    )
    BEHIND_PEERS = strawberry.enum_value(
        Kind.BEHIND_PEERS.value,
        description="It is below the lower quartile of comparable units, and 5 % of its full mark or more"
        " below their median.",
    )
    RULE_FIRED = strawberry.enum_value(Kind.RULE_FIRED.value, description="A rule of the scheme fired.")
    NOT_MEASURED = strawberry.enum_value(
        Kind.NOT_MEASURED.value, description="An indicator that applies has no value: neither good nor bad."
    )
    DATA_QUALITY = strawberry.enum_value(
        Kind.DATA_QUALITY.value,
        description="The records or the coverage behind the scores are not as wanted.",
    )


@strawberry.type(description="One thing that calls for attention (问题).")
class Finding:
    """A finding."""

    key: str = strawberry.field(
        description="The same in every period as long as it is the same matter, e.g. `below_line:FD.CORE`."
    )
    kind: FindingKind = strawberry.field(description="What is amiss.")
    indicator: Indicator | None = strawberry.field(
        description="The indicator it is about; null for the unit as a whole."
    )
    cost: float | None = strawberry.field(
        description="The points that the root would have more if this alone were mended; for what was not"
        " measured, the points at stake; null where no figure can be given."
    )
    rate: float | None = strawberry.field(
        description="The rate 0…1 of the indicator; its coverage where too little was measured."
    )
    reference: float | None = strawberry.field(
        description="What it is held against: the pass line, the last rate, the peers' median, the coverage"
        " wanted."
    )
    evidence: Explanation | None = strawberry.field(description="What was read, and the rubric in words.")
    advice: list[Advice] = strawberry.field(description="What the playbook says of it.")
    consequence: Consequence | None = strawberry.field(
        description="What the scheme says follows, of a rule that fired."
    )
    heading: strawberry.Private[Text]
    words: strawberry.Private[Text]

    @computed("What is amiss, in a few words.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.heading, locale)

    @computed("The evidence in a sentence.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: Found, entry: SchemeEntry) -> Self:
        """Show a finding."""
        return cls(
            key=found.key,
            kind=FindingKind(found.kind.value),
            indicator=None if found.code is None else Indicator.of(entry, entry.node(found.code)),
            cost=found.cost,
            rate=found.rate,
            reference=found.reference,
            evidence=None if found.evidence is None else Explanation.of(found.evidence),
            advice=[Advice.of(each) for each in found.advice],
            consequence=None if found.consequence is None else Consequence.of(found.consequence),
            heading=found.title,
            words=found.sentence,
        )


@strawberry.type
class FindingQueries:
    """The query about findings."""

    @computed(
        "What calls attention to itself in a unit's evaluation, what costs most first; what is amiss with"
        " records only for who holds `measurement.read`."
    )
    async def findings(
        self, info: Info, unit: UnitCode, scheme: SchemeCode, period: PeriodCode, at: AtIndicator = None
    ) -> list[Finding] | None:
        """Return the findings."""
        view, actor, scope = info.context.seat
        found = await unit_findings.find(view, actor, scope, scheme=scheme, unit=unit, period=period, node=at)
        known = await editions.load(view, scope, view.context.entry(scheme))
        entry = known.edition(known.period(period)).entry
        return [Finding.of(each, entry) for each in found]
