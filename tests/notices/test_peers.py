"""How a unit stands among its peers: told when it is news, and only to whom it may be told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from administration.people import Seat, acting, seen
from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.roles import Role
from steelyard.errors import Text
from steelyard.services import evaluating, measurements, sampling, structure
from steelyard.services.administration.perform import perform
from steelyard.services.administration.subscribers import AddSubscriber
from steelyard.services.context import context_on
from steelyard.services.notices import listing
from steelyard.services.notices.want import NoticeKind, Want
from steelyard.store import parentage, units
from steelyard.store.engine import Database
from steelyard.store.parentage import Placement
from steelyard.store.subscribers import Channel
from steelyard.store.units import NewUnit

BEHIND = NoticeKind.FINDING_BEHIND
ELSEWHERE = tuple(f"X{number}" for number in range(6))
"""Shops of the south, beside S3 and S4."""
NEWS = f"finding.behind_peers/{SCHEME}/month/2025-03/S1/behind_peers"


@pytest.fixture
async def seat(database: Database) -> AsyncIterator[Seat]:
    """A tenant with S1 and S2 in the north, and in the south eight shops."""
    async with context_on(database, shop_packs()) as context:
        found = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*found)
        async with context.database.write(context.scope) as writer:
            news = [NewUnit(code, Text(code, code), "shop") for code in ELSEWHERE]
            made = await units.ensure(writer, context.scope, news)
            south = (await units.load(writer, context.scope, codes=["SOUTH"]))[0]
            await parentage.place(
                writer, context.scope, [Placement(each.id, south.id) for each in made.values()]
            )
        yield found


async def listen(seat: Seat, unit: str | None) -> None:
    deed = AddSubscriber(Channel.MAIL, f"{unit}@example.org", (Want(BEHIND),), unit)
    await perform(*seat, deed, reason="they asked")


async def measure(seat: Seat, period: str, **speeds: str) -> None:
    """Record the speed of shops, and evaluate."""
    for unit, value in speeds.items():
        known = {"scheme": SCHEME, "unit": unit, "period": period}
        await measurements.record(*seat, **known, measure="SPEED", value=value)
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)


async def slow_down(seat: Seat, elsewhere: int, elsewhere_before: int | None = None) -> None:
    """S1 was among the others in February and is behind in March; so many of the south have a score."""
    before = elsewhere if elsewhere_before is None else elsewhere_before
    await measure(seat, "2025-02", S2="85%", **dict.fromkeys(ELSEWHERE[:before], "85%"))
    peers = dict.fromkeys(ELSEWHERE[:elsewhere], "85%")
    await measure(seat, "2025-03", S1="40%", S2="85%", **peers)


async def told(seat: Seat) -> dict[str, list[int]]:
    """By key to which subscribers, by number, notices of the speed are sent."""
    rows = [row for row in (await listing.notices_after(*seat)).rows if row.key.endswith(":SPEED")]
    sent = await listing.deliveries_of(*seat, [row.id for row in rows])
    return {row.key: [each.subscriber for each in sent[row.id]] for row in rows}


async def test_who_falls_behind_is_told_of_once(seat: Seat) -> None:
    await listen(seat, None)
    await slow_down(seat, 4)
    assert list(await told(seat)) == [f"{NEWS}:SPEED"]
    [row] = [row for row in (await listing.notices_after(*seat)).rows if row.key.endswith(":SPEED")]
    assert row.payload["values"]["reference"] == 0.85
    assert "the median of 6 comparable units is 85%" in row.payload["text"]["en"]
    await measure(seat, "2025-04", S1="40%", S2="85%", **dict.fromkeys(ELSEWHERE, "85%"))
    assert list(await told(seat)) == [f"{NEWS}:SPEED"], "it was behind before"


MEANT = [
    # (in the south in March, in February, who is told: 1 everything, 2 the company, 3 the north)
    (5, None, [1, 2, 3]),
    (4, None, [1, 2]),
    (5, 4, [1, 2]),
    (6, 5, [1, 2, 3]),
]


@pytest.mark.parametrize(("now", "before", "whom"), MEANT)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_too_few_units_elsewhere_are_not_told_of(
    seat: Seat, now: int, before: int | None, whom: list[int]
) -> None:
    for unit in (None, "CO", "NORTH"):
        await listen(seat, unit)
    await slow_down(seat, now, before)
    assert (await told(seat))[f"{NEWS}:SPEED"] == whom


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_nobody_may_be_told_is_not_kept(seat: Seat) -> None:
    await listen(seat, "NORTH")
    await slow_down(seat, 4)
    assert (await listing.notices_after(*seat)).total == 0


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_who_does_not_see_all_units_sees_no_such_notice(seat: Seat) -> None:
    view, _, scope = seat
    await listen(seat, None)
    await slow_down(seat, 6)
    whole = await structure.load_whole(view, scope)
    every = frozenset(unit.id for unit in whole.units)
    for held, count in ((every, 1), (every - {whole.unit("X5").id}, 0), ({whole.unit("S1").id}, 0)):
        reader = acting("eve", Role.VIEWER, held)
        page = await listing.notices_after(view, reader, seen(reader, scope), kinds=[BEHIND])
        assert len([row for row in page.rows if row.key.endswith(":SPEED")]) == count
