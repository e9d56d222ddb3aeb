"""Period codes of a table and their place in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.errors import Place, Problem
from steelyard.intake.cell import shown
from steelyard.intake.problems import PERIODS_OF_NO_CALENDAR
from steelyard.scheme.calendar import Calendar, find_period
from steelyard.scheme.model import Scheme
from steelyard.scoring.observations import PeriodKey


def period_keys(
    codes: Sequence[str],
    scheme: Scheme,
    calendars: Mapping[str, Calendar],
    place: Place,
    warnings: list[Problem],
) -> tuple[PeriodKey, ...]:
    """Place each code in its calendar if every one of `codes` is of a calendar of the scheme, else none.

    A scheme that names no calendar takes all of `calendars`. `codes` are in order of first appearance.
    """
    names = scheme.calendar or tuple(calendars)
    allowed = [calendars[name] for name in names if name in calendars]
    found = {code: find_period(code, allowed) for code in codes}
    strange = next((code for code, period in found.items() if period is None), None)
    if strange is not None:
        if scheme.calendar and strange:
            values = {"period": shown(strange), "calendars": ", ".join(scheme.calendar)}
            warnings.append(Problem(PERIODS_OF_NO_CALENDAR, place, values))
        return tuple(PeriodKey(code) for code in codes)
    return tuple(PeriodKey(p.code, p.calendar, p.start) for p in found.values() if p is not None)
