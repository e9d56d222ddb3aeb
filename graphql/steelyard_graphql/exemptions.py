"""Exemptions (豁免): what does not count for a unit, and until when."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import strawberry

from steelyard.services import exemptions, structure
from steelyard.services.score_sheet import Scorecard as Card
from steelyard.store.exemptions import ExemptionRecord
from steelyard.store.units import UnitRecord
from steelyard_graphql.connections import First, PageArguments, check, size_of
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.units import Unit


@strawberry.type(
    description="A unit, with those below it, is exempt from an indicator or a rule in periods that begin in"
    " some days (豁免)."
)
class Exemption:
    """An exemption."""

    number: int = strawberry.field(description="Its number, which was drawn.")
    scheme: str = strawberry.field(description="The code of the scheme.")
    unit: Unit | None = strawberry.field(
        description="The unit that it was granted to; null where one does not see it: it is above."
    )
    node: str | None = strawberry.field(
        description="The code of the indicator that does not count, with all below it; null for a rule."
    )
    rule: str | None = strawberry.field(description="The id of the rule that does not hold.")
    starts: datetime.date = strawberry.field(
        description="It holds in periods that begin on this day or later."
    )
    until: datetime.date = strawberry.field(
        description="It holds in no period that begins on this day or later, because it expires or was ended."
    )
    expires: datetime.date = strawberry.field(description="The day until which it was granted.")
    reason: str = strawberry.field(description="Why it was granted.")
    granted_at: datetime.datetime = strawberry.field(description="When it was granted.")
    granted_by: str = strawberry.field(description="Who granted it.")
    end_reason: str | None = strawberry.field(description="Why it was ended early, if it was.")
    ended_by: str | None = strawberry.field(description="Who ended it early, if somebody did.")

    @classmethod
    def of(cls, record: ExemptionRecord, unit: UnitRecord | None) -> Self:
        """Show an exemption of a unit, None for one that is not seen."""
        return cls(
            number=record.number,
            scheme=record.scheme,
            unit=None if unit is None else Unit.of(unit),
            node=record.node,
            rule=record.rule,
            starts=record.starts,
            until=record.until,
            expires=record.expires,
            reason=record.reason,
            granted_at=record.granted_at,
            granted_by=record.granted_by,
            end_reason=record.end_reason,
            ended_by=record.ended_by,
        )


async def exemptions_of(info: Info, card: Card) -> list[Exemption]:
    """What holds for the unit of a scorecard in its period, by number."""
    view, _, scope = info.context.seat
    held = await exemptions.of_unit(view, scope, card.entry, unit=card.unit, period=card.period)
    records = {each.number: each for each in (*held.nodes.values(), *held.rules.values())}
    return [await _shown(info, records[number]) for number in sorted(records)]


async def exemption_of(info: Info, card: Card, node: str) -> Exemption | None:
    """What exempts the unit of a scorecard from a node, or from a group that it is in."""
    view, _, scope = info.context.seat
    held = await exemptions.of_unit(view, scope, card.entry, unit=card.unit, period=card.period)
    return await _shown(info, held.nodes[node]) if node in held.nodes else None


async def _shown(info: Info, record: ExemptionRecord) -> Exemption:
    seen = await structure.load(*info.context.seat)
    return Exemption.of(record, seen.unit_by_id(record.unit_id))


@strawberry.type
class ExemptionQueries:
    """The query about exemptions."""

    @computed("The exemptions that concern units one sees, those that are over too, by scheme and first day.")
    async def exemptions(
        self,
        info: Info,
        scheme: Annotated[
            str | None, strawberry.argument(description="The code of a scheme: only its exemptions.")
        ] = None,
        unit: Annotated[
            str | None, strawberry.argument(description="The code of a unit: only what concerns it.")
        ] = None,
        first: First = None,
    ) -> list[Exemption] | None:
        """Return exemptions."""
        asked = PageArguments(first)
        check(asked)
        found = await exemptions.list_exemptions(*info.context.seat, scheme=scheme, unit=unit)
        return [Exemption.of(each.record, each.unit) for each in found[: size_of(asked)]]
