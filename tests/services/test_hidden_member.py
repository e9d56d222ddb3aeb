"""One hidden unit among those that one sees: whatever it has, what is chosen and rolled up is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME, SOURCE, TABLE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.analysis.choice import Condition
from steelyard.errors import SteelyardError
from steelyard.scoring import Outcome
from steelyard.services import attributions, comparisons, exports, overviews, rankings, sampling, structure
from steelyard.services.context import open_context
from steelyard.services.rollups import asking
from steelyard.services.unit_choice import PeerGroup, Places, UnitChoice
from steelyard.store import attributes, migrate
from steelyard.store.attributes import Setting

MONTH = "2025-01"
HIDDEN = "S2"
RULES = ("mean", "{volume: complaints}", "pooled")
SIDES = (("60%,60%,1,0", "40"), ("99%,5%,7,3", "a word"), (",n/a,,", None))
"""What is measured of the hidden unit in January, and its attribute `area`."""


@asynccontextmanager
async def _world(path: Path, rule: str, row: str, area: str | None) -> AsyncIterator[Seat]:
    """Who sees the north and all shops but S2, which lies in it."""
    table = TABLE.replace(f"{HIDDEN},{MONTH},60%,60%,1,0", f"{HIDDEN},{MONTH},{row}")
    packs = shop_packs(f"{SOURCE}rollup: {{units: {rule}, periods: mean}}\n", table)
    url = f"sqlite:///{path}"
    await migrate.upgrade(url)
    async with open_context(url, packs) as context:
        whole = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*whole)
        units = {unit.code: unit.id for unit in (await structure.load(*whole)).units}
        async with context.database.write(context.scope) as writer:
            given = {"S1": "40", "S3": "60", HIDDEN: area}
            settings = [Setting(units[unit], "area", text) for unit, text in given.items() if text]
            await attributes.assign(writer, context.scope, settings)
        seen = frozenset(units[code] for code in ("NORTH", "S1", "S3", "S4"))
        yield context.view(), LOCAL_ADMINISTRATOR, Scope(context.scope.tenant_id, seen)


CHOICES = {
    "everybody": None,
    "at most": UnitChoice(attributes=(Condition("area", at_most=1_000),)),
    "a value": UnitChoice(attributes=(Condition("area", ("a word",)),)),
    "its band": UnitChoice(bands=("C",)),
    "its verdict": UnitChoice(verdicts=("suspended",)),
    "its outcome": UnitChoice(outcomes=(Outcome.MISSING, Outcome.SCORED)),
    "failed": UnitChoice(passed=False),
    "itself": UnitChoice(codes=(HIDDEN,)),
    "in the north": UnitChoice(children_of="NORTH"),
    "peers by region": UnitChoice(peers_of=PeerGroup("S1", ancestor_type="region")),
    "peers by area": UnitChoice(peers_of=PeerGroup("S1", ("area",))),
    "peers by size": UnitChoice(peers_of=PeerGroup("S3", measure="complaints", factor=10)),
    "its peers": UnitChoice(peers_of=PeerGroup(HIDDEN, ("area",))),
    "top and bottom": UnitChoice(places=Places(top=1, bottom=1)),
    "around": UnitChoice(places=Places(around="S1", reach=1)),
}


async def _asked(seat: Seat, choice: UnitChoice | None) -> list[object]:
    """What each screen says of a choice."""
    of = {"scheme": SCHEME, "choice": choice}
    ranking = rankings.rank_units(*seat, **of, period=MONTH)
    found: list[object] = [
        await _said(ranking, lambda each: (each.entries(0, 9), each.spread, each.best(1, 9)))
    ]
    found.append(await _said(comparisons.heat_map(*seat, **of, period=MONTH), _cells))
    found.append(await _said(comparisons.compare(*seat, **of, periods=[MONTH]), _cells))
    found.append(await _said(overviews.below(*seat, **of, period=MONTH), list))
    found.append(await _said(exports.ranking(*seat, **of, period=MONTH), lambda each: each.rows))
    middle = attributions.from_median(*seat, **of, unit="S1", period=MONTH)
    found.append(await _said(middle, lambda each: each.attribution))
    return found


def _cells(table: comparisons.ComparisonTable) -> object:
    units, nodes = range(len(table.units)), range(len(table.indicators))
    spreads = [table.spread(node, 0) for node in nodes]
    return table.units, [table.cell(unit, node, 0) for unit in units for node in nodes], spreads


async def _said(asked: Any, show: Any) -> str:
    try:
        return repr(show(await asked))
    except SteelyardError as error:
        return repr([(each.code, each.values) for each in error.problems])


async def _rolled(seat: Seat) -> list[str]:
    return [
        await _said(
            asking.roll_up(*seat, scheme=SCHEME, unit=unit, period=period),
            lambda each: (each.nodes, each.members, each.child_count, [one.nodes for one in each.children]),
        )
        for unit in ("NORTH", "CO", "S1", HIDDEN)
        for period in (MONTH, "2025")
    ]


@pytest.mark.parametrize("rule", RULES)
async def test_whatever_a_hidden_unit_has_all_is_the_same(rule: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        worlds = [_world(tmp_path / f"{at}.db", rule, *side) for at, side in enumerate(SIDES)]
        first, *others = [await stack.enter_async_context(each) for each in worlds]
        rolled = await _rolled(first)
        assert "rate=0.8875" in rolled[0], "the north is S1 alone"
        said = {name: await _asked(first, choice) for name, choice in CHOICES.items()}
        for seat in others:
            assert await _rolled(seat) == rolled
            assert {name: await _asked(seat, choice) for name, choice in CHOICES.items()} == said
