"""Eight processes at once on the records of one database, of each kind: importers, readers, evaluations.

They import into one table and into two, correct rows of each other, withdraw, ask for scores, findings and
the records behind them, measure and evaluate. Afterwards all rows that somebody was told of are there, and
the measures, scores and runs are those of the rows that count, imported alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from services.record_crowd import CREW, Told, Turns, faults, prepare, work
from soak.places import DIALECTS, places
from soak.report import Section

QUESTIONS = 10
"""So many questions elsewhere are one operation of each process here, where the time has no end."""
LONGEST, SHORTEST = 60.0, 5.0
"""Seconds for each database at a time: the oracle has to import all that came together."""
FOR_WORK = 0.7
"""How much of the time is for them; the rest is for the oracle."""


def campaign(queries: int, end: float | None, section: Section, seed: str) -> bool:
    """Let them work on both databases until `end` (monotonic); tell whether all was well."""
    wrong: list[str] = []
    with places() as made:
        while True:
            for number, dialect in enumerate(DIALECTS):
                place, alone = made.new(dialect), made.new("sqlite")
                asyncio.run(prepare(place))
                now = time.monotonic()
                left = LONGEST if end is None else (end - now) / (len(DIALECTS) - number) * FOR_WORK
                share = max(SHORTEST, min(LONGEST, left))
                told = work(place, len(CREW), Turns(-(-queries // QUESTIONS), time.monotonic() + share))
                seconds = time.monotonic() - now
                found = asyncio.run(faults(place, alone, told))
                _tell(section, dialect, told, seconds, found)
                wrong += found
                made.remove(place)
                made.remove(alone)
            if end is None or time.monotonic() + 2 * LONGEST > end:
                break
    if not wrong:
        section.say(
            "nothing was lost, nobody was kept waiting for good, and the scores are those of the rows alone"
        )
    return not wrong


def _tell(section: Section, dialect: str, told: list[Told], seconds: float, found: list[str]) -> None:
    operations = sum((each.operations for each in told), Counter[str]())
    stored, read = sum(each.stored.total() for each in told), sum(each.read for each in told)
    section.say(
        f"{dialect}, {len(told)} processes, {seconds:.0f} s: {operations.total():,} operations,"
        f" {stored:,} rows stored, {read:,} read"
    )
    section.figures(
        f"operations on {dialect}",
        ["what", "times", "the slowest"],
        [
            [name, count, f"{max(each.longest.get(name, 0) for each in told):.1f} s"]
            for name, count in sorted(operations.items())
        ],
    )
    for fault in found:
        section.fault(f"{dialect}: {fault}")
