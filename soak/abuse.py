"""Hostile requests of all kinds, grown from a seed, and bombs as uploads, while honest clients work.

Each is to be answered with a status and a code and nothing of the inside; memory stays within 200 MB above
what it is without abuse; honest answers stay right; the log has no error; and afterwards nothing is left
open, and the server ends in good order.

Open files, threads, and memory are looked at from the outside. Tasks of asyncio are not, as nothing outside
of a process tells of them: that none goes on after its request is for
tests/graphql_api/test_stopped_requests.py.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from abuse.campaign import Abused, abuse
from abuse.uploads import BOMBS, QUICK
from services.desk_pack import Place
from soak.report import SHARES, Section, quantiles

USUAL = 120.0
"""Seconds where the time has no end."""
ROUND = 600.0
"""Seconds of one server at most: the next one is abused with another seed."""
LONG = 60.0
"""Seconds within which all bombs can be sent."""
QUIET = 5.0
TOLD = 40
"""So many kinds of answers and codes are told, the most frequent."""


def campaign(queries: int, end: float | None, section: Section, seed: str) -> bool:
    """Abuse one server after the other until `end` (monotonic); tell whether all was well."""
    number = 0
    while True:
        now = time.monotonic()
        left = USUAL if end is None else end - now
        with tempfile.TemporaryDirectory(prefix="steelyard-abuse-") as folder:
            place = Place(f"sqlite:///{Path(folder) / 'abuse.db'}", Path(folder))
            wanted = f"{seed} {number}"
            seconds = max(1.0, min(ROUND, left - QUIET))
            found = Abused()
            try:
                asyncio.run(
                    abuse(
                        place,
                        wanted,
                        found,
                        seconds=seconds,
                        quiet=QUIET,
                        bombs=BOMBS if seconds >= LONG else QUICK,
                    )
                )
            finally:
                _tell(section, wanted, found, time.monotonic() - now)
        number += 1
        if end is None or time.monotonic() + QUIET > end:
            return not section.faults


def _tell(section: Section, seed: str, found: Abused, seconds: float) -> None:
    answers = found.findings.answers
    section.say(f"seed “{seed}”, {seconds:.0f} s: {answers.total():,} answers to abuse")
    section.figures("answers", ["what", "times"], answers.most_common(TOLD))
    section.figures("codes", ["code", "times"], found.findings.codes.most_common(TOLD))
    section.figures(
        "honest clients",
        ["", "answers", "not now", *SHARES],
        [
            [name, len(told.seconds), told.passing.total(), *quantiles(told.seconds)]
            for name, told in (("alone", found.quiet), ("under abuse", found.told))
        ],
    )
    tenth = max(1, len(found.memory) // 10)
    section.figures(
        "memory",
        ["at", "MB"],
        [
            ["alone", f"{found.before / 1e6:.0f}"],
            *([f"{at:.0f} s", f"{size / 1e6:.0f}"] for at, size in found.memory[::tenth]),
            ["the most", f"{found.most / 1e6:.0f}"],
        ],
    )
    section.say(
        f"open files {found.files[0]} before and {found.files[1]} after",
    )
    section.say(f"threads {found.threads[0]} before and {found.threads[1]} after")
    for fault in found.faults():
        section.fault(fault)
