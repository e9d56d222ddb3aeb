"""The deeds of exemptions: granted until a day, ended before it. Neither changes a closed period."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, Place, Problem, Text
from steelyard.services.administration import exemption_problems as p
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.exemption_state import EXEMPTION, find_exemption
from steelyard.services.administration.own_rating import require_not_rated_there
from steelyard.services.administration.texts import reason_problems
from steelyard.services.administration.unit_state import find_unit
from steelyard.store import exemptions, periods, stamps
from steelyard.store.exemptions import ExemptionRecord, NewExemption
from steelyard.store.periods import PeriodState
from steelyard.store.transaction import Reader, Writer

LEAST, MOST = 100_000_000, 999_999_999
"""Numbers are drawn: one after the other they would tell how many are granted elsewhere."""


@dataclass(frozen=True, slots=True)
class GrantExemption(Deed[ExemptionRecord]):
    """Exempt a unit and those below it from an indicator or a rule.

    It holds in periods that begin in [starts, expires).

    calendars: those of the scheme; of their closed periods none may begin then.
    """

    name: ClassVar = "exemption.grant"
    title: ClassVar = Text("准予豁免", "Grant an exemption")
    permission: ClassVar = Permission.EXEMPTION_GRANT
    topics: ClassVar = (stamps.STRUCTURE, exemptions.TOPIC)

    scheme: str
    unit: str
    node: str | None
    rule: str | None
    starts: date
    expires: date
    why: str
    calendars: tuple[str, ...]

    def problems(self) -> Iterable[Problem]:
        """What is wrong with what it is from, and its days."""
        if (self.node is None) == (self.rule is None):
            yield Problem(p.EXEMPTION_OF_WHAT, Place(field="node"))
        if self.expires <= self.starts:
            values = {"starts": self.starts, "expires": self.expires}
            yield Problem(p.EXEMPTION_DAYS, Place(field="expires"), values)
        yield from reason_problems(self.why)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit."""
        return [(await find_unit(reader, scope, self.unit)).id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ExemptionRecord]:
        """Record it; Conflict where a closed period would change, or where there is the same already."""
        unit = await find_unit(writer, scope, self.unit)
        await require_not_rated_there(writer, scope, actor, unit)
        await _require_open(writer, scope, self.calendars, self.starts, self.expires)
        known = await exemptions.load(writer, scope)
        self._require_new(known, unit.id)
        number = _unused({each.number for each in known})
        new = NewExemption(
            number, self.scheme, unit.id, self.node, self.rule, self.starts, self.expires, self.why
        )
        await exemptions.add(writer, scope, new, actor)
        made = await find_exemption(writer, scope, number)
        after = await EXEMPTION.state(writer, scope, str(number))
        return Change(EXEMPTION.subject(str(number)), None, after, made)

    def _require_new(self, known: Collection[ExemptionRecord], unit_id: int) -> None:
        """Raise Conflict with those of the same unit from the same that hold for some of the time."""
        problems = [
            Problem(
                p.EXEMPTION_EXISTS,
                Place(field="starts"),
                {"unit": self.unit, "number": each.number, "until": each.until},
            )
            for each in known
            if (each.scheme, each.unit_id, each.node, each.rule)
            == (self.scheme, unit_id, self.node, self.rule)
            and each.starts < self.expires
            and self.starts < each.until
        ]
        if problems:
            raise Conflict(problems)


@dataclass(frozen=True, slots=True)
class EndExemption(Deed[ExemptionRecord]):
    """End an exemption early: it holds for no period that begins on a day or later.

    calendars: those of its scheme; of their closed periods none may begin between that day and its end.
    """

    name: ClassVar = "exemption.end"
    title: ClassVar = Text("终止豁免", "End an exemption")
    permission: ClassVar = Permission.EXEMPTION_GRANT
    topics: ClassVar = (stamps.STRUCTURE, exemptions.TOPIC)

    number: int
    ended: date
    why: str
    calendars: tuple[str, ...]

    def problems(self) -> Iterable[Problem]:
        """What is wrong with why it ends."""
        yield from reason_problems(self.why)

    async def where(self, reader: Reader, scope: Scope) -> Collection[int] | None:
        """On the unit that is exempt."""
        return [(await find_exemption(reader, scope, self.number)).unit_id]

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[ExemptionRecord]:
        """Record the day; Conflict where it has ended, or where a closed period would change."""
        found = await find_exemption(writer, scope, self.number)
        values = {"number": self.number, "starts": found.starts, "until": found.until, "found": self.ended}
        if found.ended is not None:
            raise Conflict(Problem(p.EXEMPTION_HAS_ENDED, Place(field="number"), values))
        if not found.starts <= self.ended < found.expires:
            raise InvalidInput(Problem(p.EXEMPTION_END, Place(field="ended"), values))
        await _require_open(writer, scope, self.calendars, self.ended, found.expires)
        before = await EXEMPTION.state(writer, scope, str(self.number))
        await exemptions.end(writer, scope, self.number, self.ended, self.why, actor)
        after = await EXEMPTION.state(writer, scope, str(self.number))
        ended = await find_exemption(writer, scope, self.number)
        return Change(EXEMPTION.subject(str(self.number)), before, after, ended)


def _unused(taken: Collection[int]) -> int:
    number = LEAST + secrets.randbelow(MOST - LEAST + 1)
    return number if number not in taken else _unused(taken)


async def _require_open(
    reader: Reader, scope: Scope, calendars: Collection[str], first: date, before: date
) -> None:
    """Raise Conflict with the closed periods of calendars, all for none, that begin in [first, before)."""
    problems = [
        Problem(
            p.EXEMPTION_OF_CLOSED_PERIOD,
            Place(field="starts"),
            {"calendar": each.calendar, "period": each.code},
        )
        for each in await periods.load(reader, scope)
        if (not calendars or each.calendar in calendars)
        and first <= each.start < before
        and each.state is PeriodState.CLOSED
    ]
    if problems:
        raise Conflict(problems)
