"""Deeds of calendars and periods: declared, put on record, closed, opened again while nothing is final."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, Place, Problem, Text
from steelyard.scheme.calendar import BUILT_IN, Calendar, Part
from steelyard.services.administration import problems as p
from steelyard.services.administration.batch import batch
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.period_state import (
    CALENDAR,
    PERIOD,
    find_calendar,
    find_period,
    period_key,
)
from steelyard.services.administration.texts import text_problems
from steelyard.services.calendars import new_calendar, new_period
from steelyard.store import calendars, periods, runs, stamps
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.runs import RunState
from steelyard.store.transaction import Writer


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """A part of a calendar's year: from `start` up to, but not including, `end`, both `MM-DD`."""

    code: str
    title_zh: str
    title_en: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class DeclareCalendar(Deed[None]):
    """Declare how a tenant divides the year, such as terms or seasons."""

    name: ClassVar = "calendar.declare"
    title: ClassVar = Text("建立日历", "Declare a calendar")
    permission: ClassVar = Permission.CALENDAR_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    calendar: str
    title_zh: str
    title_en: str
    parts: tuple[DeclaredPart, ...]

    def problems(self) -> Iterable[Problem]:
        """What is wrong with titles and parts."""
        yield from text_problems("title_zh", self.title_zh)
        yield from text_problems("title_en", self.title_en)
        try:
            self._calendar()
        except InvalidInput as invalid:
            yield from invalid.problems

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[None]:
        """Record the calendar; Conflict (CALENDAR_EXISTS)."""
        known = {each.code for each in await calendars.load(writer, scope)}
        if self.calendar in known | BUILT_IN.keys():
            values = {"calendar": self.calendar}
            raise Conflict(Problem(p.CALENDAR_EXISTS, Place(field="calendar"), values))
        await calendars.ensure(writer, scope, [new_calendar(self._calendar())])
        after = await CALENDAR.state(writer, scope, self.calendar)
        return Change(CALENDAR.subject(self.calendar), None, after, None)

    def _calendar(self) -> Calendar:
        parts = (
            Part(part.code, Text(part.title_zh, part.title_en), _month_day(part.start), _month_day(part.end))
            for part in self.parts
        )
        return Calendar(self.calendar, Text(self.title_zh, self.title_en), tuple(parts))


@dataclass(frozen=True, slots=True)
class AddPeriods(Deed[tuple[PeriodRecord, ...]]):
    """Put periods of a calendar on record by their codes, such as `2025-01`, `2025-Q1`, `2025-spring`."""

    name: ClassVar = "period.add"
    title: ClassVar = Text("新增考核周期", "Add periods")
    permission: ClassVar = Permission.CALENDAR_EDIT
    topics: ClassVar = (stamps.STRUCTURE,)

    calendar: str
    codes: tuple[str, ...]

    def problems(self) -> Iterable[Problem]:
        """Nothing to add."""
        if not self.codes:
            yield Problem(p.TEXT_EMPTY, Place(field="codes"), {"field": "codes"})

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[tuple[PeriodRecord, ...]]:
        """Record those that are not there; InvalidInput for codes that are none of the calendar's."""
        calendar = await find_calendar(writer, scope, self.calendar)
        problems: list[Problem] = []
        wanted = []
        for code in self.codes:
            try:
                wanted.append(calendar.period(code))
            except InvalidInput as invalid:
                problems += invalid.problems
        if problems:
            raise InvalidInput(problems)
        known = {each.code for each in await calendars.load(writer, scope)}
        await calendars.ensure(writer, scope, [new_calendar(calendar)])
        there = {period_key(each) for each in await periods.load(writer, scope, calendar=self.calendar)}
        found = await periods.ensure(writer, scope, [new_period(period) for period in wanted])
        new = {period_key(each) for each in found} - there
        if not new:
            raise Conflict(Problem(p.PERIODS_EXIST, Place(field="codes"), {"calendar": self.calendar}))
        after = {PERIOD.subject(k): state for k, state in (await PERIOD.read(writer, scope, new)).items()}
        if self.calendar not in known:
            made = await CALENDAR.read(writer, scope, [self.calendar])
            after |= {CALENDAR.subject(k): state for k, state in made.items()}
        told = batch(f"period.add/{self.calendar}", {}, after)
        return Change(told.subject, told.before, told.after, tuple(found))


@dataclass(frozen=True, slots=True)
class ClosePeriod(Deed[PeriodRecord]):
    """Close a period: nothing more is recorded for it, and what is evaluated then is final."""

    name: ClassVar = "period.close"
    title: ClassVar = Text("关闭考核周期", "Close a period")
    permission: ClassVar = Permission.PERIOD_CLOSE
    topics: ClassVar = (stamps.STRUCTURE,)

    calendar: str
    period: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[PeriodRecord]:
        """Close it; Conflict where it is closed, or has not ended."""
        found = await find_period(writer, scope, self.calendar, self.period)
        values = {"period": period_key(found), "end": found.end}
        if found.state is PeriodState.CLOSED:
            raise Conflict(Problem(p.PERIOD_IS_CLOSED, Place(field="period"), values))
        if found.end > date.today():
            raise Conflict(Problem(p.PERIOD_RUNS, Place(field="period"), values))
        return await _set_state(writer, scope, found, PeriodState.CLOSED)


@dataclass(frozen=True, slots=True)
class ReopenPeriod(Deed[PeriodRecord]):
    """Open a closed period again; one with final evaluations only to correct it.

    They stay on record. Until it is closed and evaluated anew, none of them is current.
    """

    name: ClassVar = "period.reopen"
    title: ClassVar = Text("重新打开考核周期", "Reopen a period")
    permission: ClassVar = Permission.PERIOD_CLOSE
    topics: ClassVar = (stamps.STRUCTURE, stamps.RUNS, stamps.CLOSED)

    calendar: str
    period: str
    correct: bool = False

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[PeriodRecord]:
        """Open it; Conflict where it is open, or has final runs and is not to be corrected."""
        found = await find_period(writer, scope, self.calendar, self.period)
        key = period_key(found)
        if found.state is PeriodState.OPEN:
            raise Conflict(Problem(p.PERIOD_IS_OPEN, Place(field="period"), {"period": key}))
        heads = await runs.heads(writer, scope, period_ids=[found.id])
        final = sorted(run.scheme for run in heads if run.state is RunState.FINAL)
        if final and not self.correct:
            values = {"period": key, "schemes": ", ".join(final)}
            raise Conflict(Problem(p.PERIOD_IS_FINAL, Place(field="period"), values))
        await runs.release(writer, scope, found.id)
        return await _set_state(writer, scope, found, PeriodState.OPEN)


async def _set_state(
    writer: Writer, scope: Scope, found: PeriodRecord, state: PeriodState
) -> Change[PeriodRecord]:
    key = period_key(found)
    before = await PERIOD.state(writer, scope, key)
    await periods.set_state(writer, scope, found.id, state)
    after = await PERIOD.state(writer, scope, key)
    now = await find_period(writer, scope, found.calendar, found.code)
    return Change(PERIOD.subject(key), before, after, now)


def _month_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    if not (month.isascii() and month.isdigit() and day.isascii() and day.isdigit()):
        raise InvalidInput(Problem(p.MONTH_DAY, Place(field="parts"), {"found": text}))
    return int(month), int(day)
