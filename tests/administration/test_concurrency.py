"""Many administrators at once: the chain never forks, and no act is lost."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import date

from administration.conftest import Do
from administration.people import Seat, acting
from services.shop_pack import SCHEME, shop_packs
from steelyard.errors import Conflict
from steelyard.services import importing
from steelyard.services.administration import listing
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.persons import RegisterPerson
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.units import CloseUnit, CreateUnit, RenameUnit
from steelyard.services.administration.verify import verify
from steelyard.services.context import open_context
from steelyard.store.persons import PersonKind


async def test_the_chain_never_forks(seat: Seat, do: Do, database_url: str) -> None:
    await do(CreateUnit("R1", "一区", "Region 1", "region"), CreateUnit("R2", "二区", "Region 2", "region"))
    deeds: list[Deed[object]] = []
    for number in range(6):
        deeds += [
            CreateUnit(f"S{number}", "店", "Shop", "shop", parent="R1"),
            RenameUnit("R1", "区", f"Region {number}"),
            RegisterPerson(f"P-{number}", PersonKind.EMPLOYEE),
            SetPolicy("peer_minimum", 5 + number),
        ]
    async with AsyncExitStack() as stack:
        # Two processes have two pools of connections, and on SQLite no queue in common.
        contexts = [await stack.enter_async_context(open_context(database_url, shop_packs())) for _ in "ab"]

        async def one(number: int, deed: Deed[object]) -> object:
            context = contexts[number % 2]
            view, scope = context.view(), context.scope
            return await perform(view, acting(f"admin-{number}"), scope, deed, reason=f"number {number}")

        async def imported(number: int) -> object:
            context = contexts[number % 2]
            data = f"unit,period,SPEED,size\nN{number % 2},2025-0{number + 1},90%,s{number}\n".encode()
            order = {"scheme": SCHEME, "data": data, "file": f"{number}.csv", "create_units": True}
            return await importing.import_table(context.view(), acting("ivy"), context.scope, **order)

        tasks = [one(*each) for each in enumerate(deeds)] + [imported(number) for number in range(4)]
        done = await asyncio.gather(*tasks)
    numbers = [each.act.number for each in done if isinstance(each, Performed)]
    found = await listing.acts_before(*seat)
    assert len(numbers) == len(deeds)
    assert sorted(act.number for act in found) == list(range(1, 2 + len(deeds) + 4 + 1))
    assert {act.reason for act in found} >= {f"number {number}" for number in range(len(deeds))}
    assert (await verify(*seat)).findings == ()


async def test_of_two_who_do_the_same_at_once_one_is_told(seat: Seat, do: Do, other: Seat) -> None:
    await do(CreateUnit("R1", "一区", "Region 1", "region"))
    deed = CloseUnit("R1", date(2025, 6, 1))
    done = await asyncio.gather(
        *(perform(*each, deed, reason="because") for each in (seat, other)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in done) == ["Conflict", "Performed"]
    assert [each.code for each in done if isinstance(each, Conflict)] == ["UNIT_IS_CLOSED"]
    assert (await verify(*seat)).findings == ()


async def test_moves_at_once_never_make_a_circle(seat: Seat, do: Do, other: Seat) -> None:
    await do(CreateUnit("A", "甲", "A", "region"), CreateUnit("B", "乙", "B", "region"))
    moves = MoveUnit("A", "B", date(2025, 1, 1)), MoveUnit("B", "A", date(2025, 1, 1))
    tries = (perform(*each, move, reason="because") for each, move in zip((seat, other), moves, strict=True))
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["InvalidInput", "Performed"]
    assert (await verify(*seat)).findings == ()
