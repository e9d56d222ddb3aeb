"""A process that is killed while it imports leaves all or nothing, and the next one completes the work.

The campaign `records` of `python -m soak` does this at every stage, again and again.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from services.record_kills import STAGES, STANDS_FROM, complete, killed_at, left
from services.ticket_pack import tickets
from steelyard.errors import Text
from steelyard.services.records import stages

ROWS = ("1,S1,2025-01-05,true,true", "2,S1,2025-01-20,false,", "3,S2,2025-02-09,true,true")
UNDISTURBED = {"S1 2025-01 SOLVED": "1/2 of 2", "S2 2025-02 SOLVED": "1/1 of 1"}


@pytest.mark.parametrize("stage", [stages.RENAMED, stages.ROW_WRITTEN, stages.COMMITTED], ids=lambda s: s.en)
def test_a_kill_leaves_all_or_nothing(database_url: str, tmp_path: Path, stage: Text) -> None:
    file = tickets(tmp_path / "tickets.csv", ROWS)
    killed_at(database_url, tmp_path, file, stage)

    async def afterwards() -> None:
        found = await left(database_url, tmp_path)
        assert found.is_empty == (STAGES.index(stage) < STANDS_FROM)
        await complete(database_url, tmp_path, file)
        whole = await left(database_url, tmp_path)
        assert whole.imports == 1
        assert {key: whole.measures[key] for key in UNDISTURBED} == UNDISTURBED
        assert whole.scores["S1 2025-01"] == pytest.approx(0.7)
        assert found.is_empty or found.measures == whole.measures

    with asyncio.Runner() as runner:
        runner.run(afterwards())
