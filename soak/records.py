"""Imports of records whose process is killed: at every stage and at random moments, on both databases.

Every kill works on a copy of a place with an import that was evaluated; what is killed is an import of
corrections, new and bad rows. Afterwards it is there with its measures or not at all, which `steelyard
measure` does not change; the next import completes the work; and the measures, scores and runs are those of
a place where nobody was killed.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from services.desk_pack import CALLS, MONTHS, Found, Place, import_file, rows, seated, write
from services.record_kills import (
    STAGES,
    STANDS_FROM,
    Victim,
    course,
    finish,
    killed_after,
    killed_at,
    left,
    measure_again,
)
from soak.places import DIALECTS, Places, places
from soak.report import Section
from steelyard.errors import Text
from steelyard.services.records import stages
from steelyard.store import content_names

QUESTIONS = 10_000
"""So many questions elsewhere are one turn here: kills at every stage, and `RANDOM` within random ones."""
RANDOM = 20
ROWS = 200
_TOLD = [stage.en for stage in STAGES]


@dataclass(frozen=True)
class _Scene:
    """What is killed in copies of a place; what is there before, after the import alone, and at the end.

    course: the seconds that each stage took.
    """

    place: Place
    file: Path
    before: Found
    imported: Found
    after: Found
    course: dict[str, float]

    @property
    def states(self) -> list[Found]:
        """All that may ever be seen, in its order."""
        return [self.before, self.imported, self.after]


def campaign(queries: int, end: float | None, section: Section, seed: str) -> bool:
    """Kill until all turns are over, or until `end` (monotonic); tell whether all was well."""
    kills: Counter[str] = Counter()
    moments: list[Text | int] = [*STAGES, *range(1, RANDOM + 1)]
    turns = -(-queries // QUESTIONS)
    with places() as made:
        for turn in range(turns):
            if end is not None and time.monotonic() > end:
                break
            scenes = {dialect: _scene(made, dialect, turn) for dialect in DIALECTS}
            for moment, dialect in product(moments, DIALECTS):
                if end is not None and time.monotonic() > end:
                    break
                began = time.monotonic()
                said, found = _kill(made, scenes[dialect], moment, turn)
                kills[dialect] += 1
                section.say(f"{kills.total():>4}  {dialect:<10}  {said}  {time.monotonic() - began:.1f} s")
                for fault in found:
                    section.fault(f"{dialect}, {said}: {fault}")
    section.figures("kills", ["database", "times"], [[dialect, kills[dialect]] for dialect in DIALECTS])
    if not kills:
        section.say("there was no time for any")
    elif not section.faults:
        section.say("all or nothing was left, and the same scores at the end, each time")
    return not section.faults


def _scene(made: Places, dialect: str, turn: int) -> _Scene:
    place = made.new(dialect)
    rng = random.Random(f"records {turn}")
    first = write(place.folder / "first.csv", _rows(rng, 0))
    calls = write(place.folder / "calls.csv", _rows(rng, 0))
    asyncio.run(_begin(place, first, calls))
    wrong = [f"{number},NOBODY,2025-01-01,true" for number in range(5)]
    file = write(place.folder / "second.csv", [*_rows(rng, ROWS // 2), *wrong])
    before = asyncio.run(left(place))
    undisturbed = made.copy(place)
    taken = course(undisturbed, undisturbed.folder / file.name)
    after = asyncio.run(left(undisturbed))
    made.remove(undisturbed)
    return _Scene(place, file, before, replace(after, runs=before.runs), after, taken)


async def _begin(place: Place, first: Path, calls: Path) -> None:
    async with seated(place) as seat:
        await import_file(seat, CALLS, calls)
    await finish(place, first)


def _kill(made: Places, scene: _Scene, moment: Text | int, turn: int) -> tuple[str, list[str]]:
    """Kill, look, complete; return what was done and left, and what was wrong with it."""
    rng = random.Random(f"{turn} {moment}")
    while True:
        place = made.copy(scene.place)
        file = place.folder / scene.file.name
        if isinstance(moment, Text):
            victim = killed_at(place, file, moment)
            said = f"killed at “{victim.stage}”"
        else:
            # Not any moment of the whole: most of its time it reads, which is the least of its dangers.
            stage = rng.choice(list(scene.course))
            seconds = rng.uniform(0, scene.course[stage])
            victim = killed_after(place, file, stage, seconds)
            said = f"random {moment}, {1000 * seconds:.0f} ms after “{stage}”, last told “{victim.stage}”"
        if victim.killed:
            break
        # It was quicker than the one that nobody killed.
        made.remove(place)
    found = asyncio.run(left(place))
    measure_again(place)
    again = asyncio.run(left(place))
    asyncio.run(finish(place, file))
    lost = asyncio.run(_collected(place))
    after = asyncio.run(left(place))
    made.remove(place)
    words = ("nothing", "the import", "import and evaluation")
    state = words[scene.states.index(found)] if found in scene.states else "something else"
    return f"{said}: {state} left", [*_faults(scene, victim, [found, again, after]), *lost]


def _faults(scene: _Scene, victim: Victim, seen: list[Found]) -> Iterator[str]:
    states = scene.states
    if strange := [each for each in seen if each not in states]:
        yield f"neither all nor nothing: {strange[0]}"
        return
    found, again, after = (states.index(each) for each in seen)
    told = _TOLD.index(victim.stage) if victim.stage in _TOLD else -1
    if told >= STANDS_FROM and not found:
        yield "it was told that the import stands, and it is not there"
    if told < STAGES.index(stages.ROW_WRITTEN) and found:
        yield "it is there before its rows were written"
    if told == STAGES.index(stages.EVALUATED) and found != len(states) - 1:
        yield "it was told that the evaluation is stored, and it is not there"
    if again < found:
        yield "measuring again took something away"
    if states[after] != scene.after:
        yield "the next import did not complete the work"


async def _collected(place: Place) -> list[str]:
    """Collect what the killed left behind; tell what is lost by that, or still lies there."""
    async with seated(place) as (view, _, scope):
        content = view.context.content
        await content.collect(scope, grace=0)
        mine = await content.of(scope)
        async with view.context.database.read(scope) as reader:
            named = await content_names.load(reader, scope)
        left = mine.orphans(named, grace=0)
    lost = [f"{name} is lost" for name in named if not (mine.folder / name).is_file()]
    return [*lost, *(f"{each.name} still lies there" for each in left)]


def _rows(rng: random.Random, start: int) -> list[str]:
    flags = ("true", "false", "")
    return list(
        rows(
            (str(number), f"{rng.choice(MONTHS)}-{rng.randint(1, 28):02}", rng.choice(flags))
            for number in range(start, start + ROWS)
        )
    )
