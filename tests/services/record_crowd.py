"""Processes that import, correct, withdraw, read and evaluate at once; and what must be there afterwards.

All rows are alike for all desks. Of the files that were imported and not withdrawn the row of the last import
counts for each key: imported alone, one process after the other, these rows are the oracle.
"""

from __future__ import annotations

import asyncio
import csv
import random
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection

from services.conftest import Seat
from services.desk_pack import (
    CALLS,
    DESKS,
    LETTERS,
    MONTHS,
    SCHEME,
    TABLES,
    VISITS,
    Found,
    Place,
    import_file,
    look,
    rows,
    seated,
    write,
)
from services.record_kills import FORKED
from steelyard.intake.measures.behind import Asked
from steelyard.services import scorecards
from steelyard.services.evaluating import evaluate_scheme
from steelyard.services.records.behind import BehindRecords, behind, records_behind
from steelyard.services.records.findings import findings
from steelyard.services.records.listing import list_imports
from steelyard.services.records.remeasuring import declare_feed, measure_table, withdraw

PAGE = 25
SHARED = 12
"""Keys of each table that everybody corrects."""


@dataclass
class Told:
    """What a process did.

    operations: how many, by name. longest: the seconds that the slowest of each took. stored: rows, by
    table, that it was told of. read: rows that it was shown. faults: what went wrong.
    """

    operations: Counter[str] = field(default_factory=Counter)
    longest: dict[str, float] = field(default_factory=dict)
    stored: Counter[str] = field(default_factory=Counter)
    read: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Turns:
    """When a process ends: after so many operations, or after the first that is over past a moment."""

    most: int
    end: float = float("inf")


class _Worker:
    """One process at work."""

    def __init__(self, place: Place, seat: Seat, number: int) -> None:
        self.place, self.seat, self.number = place, seat, number
        self.rng = random.Random(f"worker {number}")
        self.files = count()
        self.told = Told()

    async def visits(self) -> None:
        await self._import(VISITS)

    async def calls(self) -> None:
        await self._import(CALLS)

    async def letters(self) -> None:
        await self._import(LETTERS)

    async def change_mind(self) -> None:
        """Import, and withdraw that again."""
        table = self.rng.choice(TABLES)
        number = await self._import(table)
        await withdraw(*self.seat, import_id=number, reason="a mistake")

    async def evaluate(self) -> None:
        await evaluate_scheme(*self.seat, scheme=SCHEME)

    async def measure(self) -> None:
        await measure_table(*self.seat, table=self.rng.choice(TABLES))

    async def scores(self) -> None:
        """Look at all desks at once: an import is seen of all of them or of none."""
        view, actor, scope = self.seat
        view.renew()
        month = self.rng.choice(MONTHS)
        cards = await scorecards.cards(view, actor, scope, scheme=SCHEME, period=month, units=DESKS)
        self.told.read += len(cards)
        if len({each.root.score for each in cards}) != 1:
            self.told.faults.append(f"half an import: {[each.root.score for each in cards]}")

    async def findings(self) -> None:
        desk, month = self.rng.choice(DESKS), self.rng.choice(MONTHS)
        self.seat[0].renew()
        self.told.read += len(await findings(*self.seat, scheme=SCHEME, unit=desk, period=month))

    async def records(self) -> None:
        """Page through the records behind a number."""
        desk, month = self.rng.choice(DESKS), self.rng.choice(MONTHS)
        self.seat[0].renew()
        found = await behind(*self.seat, scheme=SCHEME, unit=desk, period=month, measure="SOLVED")
        assert isinstance(found, BehindRecords)
        asked = Asked(PAGE)
        while asked.limit:
            page = await records_behind(*self.seat, found, asked)
            if len({each.values["number"] for each in page.rows}) != len(page.rows):
                self.told.faults.append("one record twice on a page")
            self.told.read += len(page.rows)
            asked = Asked(PAGE, page.rows[-1].key) if len(page.rows) == PAGE else Asked(0)

    async def _import(self, table: str) -> int:
        """Import new rows, corrections of those of others, and a bad one."""
        name = f"{table}-{self.number}-{next(self.files)}"
        keys = [f"{name}-{each}" for each in range(20)]
        keys += [f"shared-{each}" for each in self.rng.sample(range(SHARED), 4)]
        lines = [*rows(self._row(each) for each in keys), f"{name},NOBODY,2025-01-01,true"]
        result = await import_file(self.seat, table, write(self.place.folder / f"{name}.csv", lines))
        if (result.stored, result.rejected) != (len(lines) - 1, 1) or result.record is None:
            self.told.faults.append(f"{result.stored} stored, {result.rejected} rejected of {len(lines)}")
            return 0
        self.told.stored[table] += result.stored
        return result.record.id

    def _row(self, key: str) -> tuple[str, str, str]:
        day = f"{self.rng.choice(MONTHS)}-{self.rng.randint(1, 28):02}"
        return key, day, self.rng.choice(("true", "false", ""))


CREW = (
    (_Worker.visits,),
    (_Worker.letters,),
    (_Worker.change_mind,),
    (_Worker.scores, _Worker.records, _Worker.findings),
    (_Worker.evaluate, _Worker.measure),
    (_Worker.visits, _Worker.calls),
    (_Worker.calls,),
    (_Worker.records, _Worker.scores),
)
"""What each process does in turn."""


async def prepare(place: Place) -> None:
    """Bring all months and shared keys in, and declare them complete: then nothing is a zero."""
    days = {f"shared-{each}": f"{MONTHS[each % len(MONTHS)]}-15" for each in range(SHARED)}
    async with seated(place) as seat:
        for table in TABLES:
            lines = rows((key, day, "true") for key, day in days.items())
            await import_file(seat, table, write(place.folder / f"{table}-start.csv", lines))
            await declare_feed(*seat, table=table, units=DESKS, period_codes=MONTHS)


def work(place: Place, processes: int, turns: Turns) -> list[Told]:
    """Let so many of the crew work at once; say what each did."""
    started = []
    for number in range(processes):
        hears, tells = FORKED.Pipe(duplex=False)
        process = FORKED.Process(target=_work, args=(place, number, turns, tells))
        process.start()
        tells.close()
        started.append((process, hears))
    told = [_heard(hears) for _, hears in started]
    for process, _ in started:
        process.join()
    return told


async def faults(place: Place, alone: Place, told: Sequence[Told]) -> list[str]:
    """What is wrong now that all are done. alone: an empty place for the oracle."""
    async with seated(place) as seat:
        await evaluate_scheme(*seat, scheme=SCHEME)
        found = await look(seat)
        imports = await list_imports(*seat)
    wrong = [fault for each in told for fault in each.faults]
    start = Counter({table: SHARED * len(DESKS) for table in TABLES})
    said = sum((each.stored for each in told), start)
    kept = sum((Counter({each.table: each.stored}) for each in imports), Counter[str]())
    if said != kept:
        wrong.append(f"the processes were told of {dict(said)} rows, {dict(kept)} are there")
    expected = await _oracle(place, alone, [each.file_name for each in imports if each.withdrawal is None])
    for name in ("measures", "scores", "runs"):
        if getattr(found, name) != getattr(expected, name):
            wrong.append(f"other {name} than of the same rows alone")
    return wrong


async def _oracle(place: Place, alone: Place, newest_first: Sequence[str]) -> Found:
    """What there is where the rows that count come alone."""
    async with seated(alone) as seat:
        for table in TABLES:
            names = [each for each in reversed(newest_first) if each.startswith(table)]
            counting = {row[:2]: row for name in names for row in _read(place, name)}
            lines = [",".join(row) for row in counting.values()]
            await import_file(seat, table, write(alone.folder / f"{table}.csv", lines))
            await declare_feed(*seat, table=table, units=DESKS, period_codes=MONTHS)
        await evaluate_scheme(*seat, scheme=SCHEME)
        return await look(seat)


def _read(place: Place, name: str) -> Iterator[tuple[str, ...]]:
    with (place.folder / name).open(encoding="utf-8", newline="") as file:
        yield from (tuple(row) for row in csv.reader(file) if row[1] in DESKS)


def _heard(hears: Connection) -> Told:
    try:
        told = hears.recv()
    except EOFError:
        return Told(faults=["a process ended without a word"])
    assert isinstance(told, Told)
    return told


def _work(place: Place, number: int, turns: Turns, tells: Connection) -> None:
    tells.send(asyncio.run(_worked(place, number, turns)))


async def _worked(place: Place, number: int, turns: Turns) -> Told:
    told = Told()
    try:
        async with seated(place) as seat:
            worker = _Worker(place, seat, number)
            told = worker.told
            operations = CREW[number % len(CREW)]
            for turn in range(turns.most):
                if turn and time.monotonic() > turns.end:
                    break
                operation = operations[turn % len(operations)]
                name, began = operation.__name__, time.monotonic()
                await operation(worker)
                told.operations[name] += 1
                told.longest[name] = max(told.longest.get(name, 0), time.monotonic() - began)
    except Exception:
        told.faults.append(traceback.format_exc())
    return told
