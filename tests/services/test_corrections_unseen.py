"""Corrections of units that somebody does not see change nothing of what they are told."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from conftest import copy_database
from services.shop_pack import SCHEME
from services.test_attributions import FEBRUARY, JANUARY, WHY, close
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.packs import Packs
from steelyard.services import attributions, evaluating, measurements, structure
from steelyard.services.administration.calendars import ReopenPeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import open_context


async def _told(path: Path, packs: Packs, *, correct: bool) -> list[str]:
    """What who sees S1 alone is told of it, where S2 was corrected and where nobody was."""
    async with open_context(f"sqlite:///{path}", packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await close(seat, JANUARY, FEBRUARY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
        if correct:
            await perform(*seat, ReopenPeriod("month", FEBRUARY, correct=True), reason=WHY)
            given = {"scheme": SCHEME, "unit": "S2", "period": FEBRUARY}
            await measurements.record(*seat, **given, measure="SPEED", value="90%")
            await close(seat, FEBRUARY)
            await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period=FEBRUARY)
        view, actor, scope = seat
        own = (await structure.load(*seat)).unit("S1")
        narrow = view, actor, Scope(scope.tenant_id, frozenset({own.id}))
        sides = [("S1", period) for period in (JANUARY, FEBRUARY)]
        nodes = [node.code for node in context.entry(SCHEME).nodes]
        found = []
        for first, second, node in product(sides, sides, nodes):
            each = await attributions.between(*narrow, scheme=SCHEME, first=first, second=second, node=node)
            found.append(repr((each.attribution, each.sentence, each.units[0].code)))
        return found


async def test_corrections_of_others_are_not_noticed(
    sqlite_shops: Path, packs: Packs, tmp_path: Path
) -> None:
    found = []
    for correct in (False, True):
        path = tmp_path / f"shops-{correct}.db"
        copy_database(sqlite_shops, path)
        found.append(await _told(path, packs, correct=correct))
    assert found[0] == found[1]
