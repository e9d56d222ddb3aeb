"""Importers, readers, a withdrawal and an evaluation at once, in processes of their own: no row is lost.

The campaign `concurrency` of `python -m soak` does this with eight processes for as long as it is told.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from services.desk_pack import Place, write_pack
from services.record_crowd import Turns, faults, prepare, work


def test_no_row_is_lost(database_url: str, sqlite_template: Path, tmp_path: Path) -> None:
    place, alone = (
        Place(database_url, tmp_path),
        Place(f"sqlite:///{tmp_path / 'alone.db'}", tmp_path / "alone"),
    )
    alone.folder.mkdir()
    Path(f"{tmp_path / 'alone.db'}").write_bytes(sqlite_template.read_bytes())
    for each in (place, alone):
        write_pack(each)
    asyncio.run(prepare(place))
    told = work(place, 6, Turns(3))
    assert asyncio.run(faults(place, alone, told)) == []
    assert [each.operations.total() for each in told] == [3] * 6
