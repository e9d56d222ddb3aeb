"""Past cubes: a period evaluated from what stood, and was known, when a run of it was made.

Values, places and attributes of units, weight sets and exemptions are those of that moment. Of a period that
nobody could correct since, because it is closed and was closed before, what stands now is what stood then: it
is taken as it stands, so that a pointer that was moved by hand is found too.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from steelyard.access.scope import Scope
from steelyard.scheme.rule import StreakRule
from steelyard.services import cube, exemptions, standing_values, structure
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.period_state import PERIOD, period_key
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.services.weights import sets
from steelyard.services.weights.in_force import in_force
from steelyard.store import acts, attributes, parentage, past_values, recorded
from steelyard.store.attributes import AttributeRecord
from steelyard.store.current_values import CurrentValues
from steelyard.store.parentage import ParentRecord
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.recorded import Recorded
from steelyard.store.runs import RunRecord

_MOST_ACTS = 1_000_000


@dataclass
class Past:
    """What was ever recorded of a tenant; of several runs one after the other it is read once.

    turned: when periods were last closed or opened again, by how acts call them.
    """

    view: View
    tenant: Scope
    whole: Structure
    parents: Sequence[ParentRecord]
    settings: Sequence[AttributeRecord]
    turned: Mapping[str, datetime]
    _changes: list[datetime] = field(init=False)
    _structures: dict[int, Structure] = field(default_factory=dict)
    _current: tuple[SchemeEntry, CurrentValues] | None = None

    def __post_init__(self) -> None:
        """Find the moments at which places or attributes changed."""
        dated: tuple[Recorded, ...] = (*self.parents, *self.settings)
        ends = (moment for each in dated for moment in (each.recorded_at, each.superseded_at))
        self._changes = sorted({moment for moment in ends if moment is not None})

    def structure(self, moment: datetime) -> Structure:
        """The structure with the places and attributes that were known at a moment."""
        number = bisect_right(self._changes, moment)
        if number == len(self._changes):
            return self.whole
        if number not in self._structures:
            parents = tuple(recorded.known_by(self.parents, moment))
            settings = tuple(recorded.known_by(self.settings, moment))
            self._structures = {number: replace(self.whole, parents=parents, settings=settings)}
        return self._structures[number]

    async def cube(self, entry: SchemeEntry, run: RunRecord, unit_ids: Collection[int]) -> Cube | None:
        """Evaluate a run's period again, of these units; None where it is not on record any more."""
        moment, period = run.evaluated_at, self.whole.period_by_id(run.period_id)
        if period is None or period.calendar not in {each.code for each in entry.calendars}:
            return None
        known = self.structure(moment)
        units = tuple(
            unit for unit in known.units if unit.unit_type == entry.scheme.unit_type and unit.id in unit_ids
        )
        published = [
            each
            for each in await sets.every(self.view, self.tenant, entry)
            if each.published_at is not None and each.published_at <= moment
        ]
        exempt = exemptions.known_by(await exemptions.every(self.view, self.tenant), entry, moment)
        values = await self._values(entry, self._looked_at(entry, period), moment)
        decided = {period.id: in_force(published, period)}
        return await asyncio.to_thread(
            cube.evaluated, entry, known, units, values, published, decided, exempt
        )

    def _looked_at(self, entry: SchemeEntry, period: PeriodRecord) -> list[PeriodRecord]:
        """The period, and where the scheme has streaks those of its calendar before it."""
        if not any(isinstance(rule, StreakRule) for rule in entry.scheme.rules):
            return [period]
        of_calendar = (each for each in self.whole.periods if each.calendar == period.calendar)
        return [each for each in of_calendar if each.start <= period.start]

    async def _values(
        self, entry: SchemeEntry, looked_at: Sequence[PeriodRecord], moment: datetime
    ) -> CurrentValues:
        corrected = [each.id for each in looked_at if self._may_differ(each, moment)]
        stands = {each.id for each in looked_at}.difference(corrected)
        found = past_values.only(await self._standing(entry), stands)
        if not corrected:
            return found
        async with self.view.context.database.read(self.tenant) as reader:
            past = await past_values.load(reader, self.tenant, entry.pack, corrected, moment)
        return past_values.joined(found, past)

    def _may_differ(self, period: PeriodRecord, moment: datetime) -> bool:
        turned = self.turned.get(PERIOD.subject(period_key(period)), moment)
        return period.state is PeriodState.OPEN or turned > moment

    async def _standing(self, entry: SchemeEntry) -> CurrentValues:
        """What stands for a scheme; kept until another scheme, or version of it, is asked for."""
        if self._current is None or self._current[0] is not entry:
            self._current = entry, await standing_values.load(self.view, self.tenant, entry)
        return self._current[1]


async def load(view: View, tenant: Scope) -> Past:
    """Read what was ever recorded of a tenant's units, and when its periods were closed or opened again."""
    async with view.context.database.read(tenant) as reader:
        parents, settings = await parentage.ever(reader, tenant), await attributes.ever(reader, tenant)
        turns = [
            act
            for deed in (ClosePeriod.name, ReopenPeriod.name)
            for act in await acts.load(reader, tenant, deed=deed, limit=_MOST_ACTS)
        ]
    turned = {act.subject: act.acted_at for act in sorted(turns, key=lambda act: act.number)}
    return Past(view, tenant, await structure.load_whole(view, tenant), parents, settings, turned)
