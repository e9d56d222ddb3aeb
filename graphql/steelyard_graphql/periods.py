"""Periods (考核周期) and the calendars that they are of."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.errors import NotFound, Place, Problem, Text
from steelyard.scheme.calendar import Calendar as Division
from steelyard.scheme.calendar import Period as Span
from steelyard.scheme.suggestion import suggested
from steelyard.services import catalogue, structure
from steelyard.services.calendars import known
from steelyard.store.periods import PeriodRecord
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.problems import CALENDAR_UNKNOWN


@strawberry.enum(description="Whether the results of a period may still change.")
class PeriodState(Enum):
    """The states of the store."""

    OPEN = strawberry.enum_value("open", description="Measurements still come in.")
    CLOSED = strawberry.enum_value("closed", description="Its results stand.")


@plain
@strawberry.type(description="One period of a calendar, e.g. March 2025 or the spring term 2025 (考核周期).")
class Period(Node):
    """A period."""

    code: str = strawberry.field(
        description="Its code, unique in its calendar, e.g. `2025-03` or `2025-spring`."
    )
    calendar_code: str = strawberry.field(description="The code of its calendar.")
    start: datetime.date = strawberry.field(description="Its first day.")
    end: datetime.date = strawberry.field(description="The first day after it.")
    state: PeriodState | None = strawberry.field(
        description="Whether its results may still change; null where nothing was recorded for it yet"
        " of units one sees."
    )
    words: strawberry.Private[Text]

    @computed("Its title.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: PeriodRecord | Span) -> Self:
        """Show a period, recorded or not."""
        return cls(
            id=strawberry.ID(global_id("Period", found.calendar, found.code)),
            code=found.code,
            calendar_code=found.calendar,
            start=found.start,
            end=found.end,
            state=PeriodState(found.state.value) if isinstance(found, PeriodRecord) else None,
            words=found.title,
        )


@plain
@strawberry.type(description="A division of every year into the same named parts.")
class Calendar(Node):
    """A calendar."""

    code: str = strawberry.field(description="Its code, e.g. `month` or `term`.")
    assumed: bool = strawberry.field(description="Whether its dates are not the source's; the note says so.")
    words: strawberry.Private[Text]
    note_text: strawberry.Private[Text | None]

    @computed("Its title.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed("What is to be known about it.", plain=True)
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        return None if self.note_text is None else said(self.note_text, locale)

    @computed(
        "Its periods for which something was recorded of units one sees, and closed ones; the earliest first."
    )
    async def periods(self, info: Info) -> list[Period]:
        """Return the recorded periods."""
        found = await structure.load(*info.context.seat)
        return [Period.of(period) for period in found.periods if period.calendar == self.code]

    @classmethod
    def of(cls, found: Division) -> Self:
        """Show a calendar."""
        return cls(
            id=strawberry.ID(global_id("Calendar", found.code)),
            code=found.code,
            assumed=found.assumed,
            words=found.title,
            note_text=found.note,
        )


async def find_calendar(context: RequestContext, code: str) -> Calendar:
    """Return one calendar; NotFound (CALENDAR_UNKNOWN)."""
    calendars = await known(*context.seat)
    if code not in calendars:
        raise NotFound(Problem(CALENDAR_UNKNOWN, Place(field="calendar"), suggested(code, calendars)))
    return Calendar.of(calendars[code])


async def find_period(context: RequestContext, calendar: str, code: str) -> Period:
    """Return one period of a calendar, recorded or not; NotFound (PERIOD_NOT_FOUND)."""
    found = await structure.load(*context.seat)
    division = (await known(*context.seat)).get(calendar)
    span = None if division is None else division.find(code)
    recorded = found.find_period(code, (calendar,))
    return Period.of(recorded or span or found.period(code, (calendar,)))


@strawberry.type
class PeriodQueries:
    """The queries about calendars and periods."""

    @computed("All calendars: built-in ones, those of the packs, and those that were declared; by code.")
    async def calendars(self, info: Info) -> list[Calendar]:
        """Return all calendars."""
        found = await known(*info.context.seat)
        return [Calendar.of(found[code]) for code in sorted(found)]

    @computed(
        "The periods for which something was recorded of units one sees, and closed ones,"
        " by calendar and start."
    )
    async def periods(
        self,
        info: Info,
        calendar: Annotated[
            str | None, strawberry.argument(description="The code of a calendar: only its periods.")
        ] = None,
        scheme: Annotated[
            str | None,
            strawberry.argument(
                description="The code of a scheme: only periods with something that it reads."
            ),
        ] = None,
    ) -> list[Period] | None:
        """Return recorded periods."""
        if scheme is not None:
            found = await catalogue.periods(*info.context.seat, scheme=scheme)
        else:
            found = (await structure.load(*info.context.seat)).periods
        wanted = None if calendar is None else (await find_calendar(info.context, calendar)).code
        return [Period.of(one) for one in found if wanted in (None, one.calendar)]
