"""Exports by `where` tell nobody what is out of scope."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest

from noninterference.campaign import open_twin
from noninterference.conftest import Twins
from noninterference.exporting import export_alike
from noninterference.leaks import LEAKS, WHOLE
from noninterference.worlds import Level, Twin
from steelyard.access.roles import Role
from steelyard.services import comparisons, rankings

EXPORTS = 80
SAMPLE = [
    (Level.REGION, Twin.DEALT, Role.ADMINISTRATOR),
    (Level.REGION, Twin.SHIFTED, Role.ANALYST),
]
PLANTED: dict[str, tuple[Twin, Callable[[], AbstractContextManager[object]]]] = {
    "rankings": (Twin.SHIFTED, lambda: patch.object(rankings, "editions", WHOLE)),
    "comparisons": (Twin.SHIFTED, lambda: patch.object(comparisons, "editions", WHOLE)),
    "attributes": (Twin.DEALT, LEAKS["attributes"].plant),
    "suggestions": (Twin.DEALT, LEAKS["suggestions"].plant),
}


@pytest.mark.parametrize(("level", "kind", "role"), SAMPLE, ids=[f"{a.name}-{k.name}" for a, k, _ in SAMPLE])
async def test_nobody_can_export_what_is_out_of_scope(
    twins: Twins, level: Level, kind: Twin, role: Role
) -> None:
    async with open_twin(await twins("sqlite", level, kind), level, kind) as twin:
        found = await export_alike(twin, role, EXPORTS, "exports")
    assert found.difference is None, str(found.difference)
    assert found.tables > EXPORTS // 10


@pytest.mark.parametrize("name", PLANTED)
async def test_a_planted_leak_is_found_by_exports(twins: Twins, name: str) -> None:
    kind, plant = PLANTED[name]
    async with open_twin(await twins("sqlite", Level.REGION, kind), Level.REGION, kind) as twin:
        with plant():
            found = await export_alike(twin, Role.ADMINISTRATOR, 3 * EXPORTS, "leaks")
    assert found.difference is not None
