"""A process that is killed while it imports leaves all or nothing, and the next one completes the work.

The campaign `records` of `python -m soak` does this at every stage and at random moments, on and on.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from services.desk_pack import Place, rows, write, write_pack
from services.record_kills import STAGES, STANDS_FROM, finish, killed_after, killed_at, left, measure_again
from steelyard.errors import Text
from steelyard.services.records import stages

BEFORE = (("1", "2025-01-05", "true"), ("2", "2025-01-20", "false"))
DURING = (("2", "2025-01-20", "true"), ("3", "2025-02-09", "true"), ("4", "2025-02-10", "false"))


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    """A database with an import that was evaluated."""
    made = Place(database_url, tmp_path)
    write_pack(made)
    asyncio.run(finish(made, write(tmp_path / "before.csv", rows(BEFORE))))
    return made


@pytest.mark.parametrize("stage", [stages.RENAMED, stages.ROW_WRITTEN, stages.COMMITTED], ids=lambda s: s.en)
def test_a_kill_leaves_all_or_nothing(place: Place, stage: Text) -> None:
    file = write(place.folder / "during.csv", [*rows(DURING), "5,NOBODY,2025-01-01,true"])
    before = asyncio.run(left(place))
    assert before.measures["D1 2025-01 SOLVED"] == "1/2 of 2"
    assert killed_at(place, file, stage).killed
    found = asyncio.run(left(place))
    measure_again(place)
    again = asyncio.run(left(place))
    asyncio.run(finish(place, file))
    after = asyncio.run(left(place))
    assert after.imports[1:] == (("during.csv", 9, 1, 3),)
    assert (after.measures["D1 2025-01 SOLVED"], after.measures["D3 2025-02 SOLVED"]) == (
        "1 of 2",
        "1/2 of 2",
    )
    if STAGES.index(stage) < STANDS_FROM:
        assert found == again == before
    else:
        assert found == again
        assert (found.imports, found.measures, found.scores) == (after.imports, after.measures, after.scores)
        assert found.runs == before.runs


def test_who_is_done_before_is_not_killed(place: Place) -> None:
    file = write(place.folder / "during.csv", rows(DURING))
    done = killed_after(place, file, stages.EVALUATED.en, 60)
    assert (done.stage, done.killed) == (stages.EVALUATED.en, False)
    assert asyncio.run(left(place)).runs.keys() == asyncio.run(left(place)).scores.keys()
