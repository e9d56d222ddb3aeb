"""Dates and times in records: forms that can mean one day only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from steelyard.errors import Kind
from steelyard.intake.cell import Fault
from steelyard.intake.validation.problems import (
    AMBIGUOUS_DATE,
    IMPOSSIBLE_DATE,
    IMPOSSIBLE_TIME,
    NOT_A_DATE,
    SERIAL_DATE,
    TIME_OF_DAY,
)
from steelyard.scheme.calendar import FIRST_YEAR, LAST_YEAR

_YEAR_FIRST = r"-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})"
_DAY = rf"([12][0-9]{{3}})(?:{_YEAR_FIRST}|年([0-9]{{1,2}})月([0-9]{{1,2}})日|([0-9]{{2}})([0-9]{{2}}))"
_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
_OFFSET = r"(Z|[+-][0-9]{2}:?[0-9]{2})"
_MOMENT = re.compile(rf"{_DAY}(?:(?:T|\s+){_TIME} ?{_OFFSET}?)?", re.ASCII)
_EITHER_WAY = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(?:\D.*)?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
FIRST_DAY, LAST_DAY = date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR, 12, 31)
"""Between these every day has its periods; one may have begun in the year before."""
_LONGEST_OFFSET = timedelta(hours=14)


def offset_of(text: str) -> timedelta:
    """How far local time is ahead of UTC: `+08:00`, `Z`. Raises ValueError for anything else."""
    if text == "Z":
        return timedelta(0)
    if re.fullmatch(_OFFSET, text) is None:
        raise ValueError(text)
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    if ahead > _LONGEST_OFFSET or int(text[-2:]) > 59:
        raise ValueError(text)
    return -ahead if text[0] == "-" else ahead


def read_datetime(text: str, offset: timedelta) -> datetime | Fault:
    """Read a local time; one with an offset of its own becomes that of `offset`. A day is its first moment.

    Fractions of a second are cut off: a time is the second that it lies in.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return Fault(_why_not(text))
    year, *pairs, hour, minute, second, own = found.groups()
    month, day = (part for part in pairs if part is not None)
    try:
        moment = datetime(int(year), int(month), int(day))
    except ValueError:
        return Fault(IMPOSSIBLE_DATE)
    try:
        moment = moment.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0))
        return moment if own is None else moment - offset_of(own) + offset
    except ValueError:
        return Fault(IMPOSSIBLE_TIME)


def read_date(text: str) -> date | Fault:
    """Read a day; a time of day is accepted only where it is midnight without an offset."""
    moment = read_datetime(text, timedelta(0))
    if isinstance(moment, Fault):
        return moment
    found = _MOMENT.fullmatch(text)
    has_offset = found is not None and found.groups()[-1] is not None
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date() if midnight and not has_offset else Fault(TIME_OF_DAY)


def _why_not(text: str) -> Kind:
    if _EITHER_WAY.fullmatch(text):
        return AMBIGUOUS_DATE
    return SERIAL_DATE if _SERIAL.fullmatch(text) else NOT_A_DATE
