"""Periods of cases: words of the author's, or codes of the scheme's calendars, but not some of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.cases.entry import CaseFile
from steelyard.scheme.calendar import Calendar, find_period
from steelyard.scheme.document import Document
from steelyard.scheme.model import Scheme

_LIKE_A_CODE = re.compile(r"[0-9]{4}\b", re.ASCII)


def case_periods(
    file: CaseFile, document: Document, scheme: Scheme, calendars: Mapping[str, Calendar]
) -> Iterator[Problem]:
    """Warn of a period that is none, where it looks like a code or the other cases have real ones."""
    allowed = [calendars[name] for name in scheme.calendar if name in calendars]
    periods = {case.period for case in file.cases if case.period is not None}
    strange = {code for code in periods if find_period(code, allowed) is None}
    if not allowed:
        return
    for index, case in enumerate(file.cases):
        code = case.period
        if code in strange and (strange != periods or _LIKE_A_CODE.match(code)):
            values = {
                "case": case.name,
                "period": code,
                "calendars": ", ".join(calendar.code for calendar in allowed),
                "example": allowed[0].at(2025, 0).code,
            }
            mark = document.mark(("cases", index, "period"))
            yield document.problem(p.CASE_PERIOD, mark, **values)
