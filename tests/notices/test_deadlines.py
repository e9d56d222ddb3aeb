"""What time brings is told once: actions due, overdue, unclaimed; objections to be decided."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from administration.people import Seat
from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Text
from steelyard.services import runs, sampling, structure
from steelyard.services.administration.perform import perform
from steelyard.services.administration.subscribers import AddSubscriber
from steelyard.services.context import context_on
from steelyard.services.notices import deadlines, listing
from steelyard.services.notices.want import USUAL, Want
from steelyard.store import objections, plan_actions, plans, stamps
from steelyard.store.engine import Database
from steelyard.store.objections import NewObjection, ObjectionState
from steelyard.store.plan_actions import ActionState, NewAction
from steelyard.store.plans import NewPlan, PlanState
from steelyard.store.subscribers import Channel
from steelyard.store.transaction import Writer

TODAY = date(2025, 6, 10)
AGREED = datetime(2025, 6, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACTION = NewAction("advice", Text("提速（找张三）", "Be faster (ask Zhang San)"), "SPEED", owner="ada")


@pytest.fixture
async def seat(database: Database) -> AsyncIterator[Seat]:
    """The local administrator of a tenant with shops, and somebody who is told of all."""
    async with context_on(database, shop_packs()) as context:
        found = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*found)
        wants = tuple(Want(kind) for kind in USUAL)
        await perform(*found, AddSubscriber(Channel.MAIL, "ada@example.org", wants), reason="they asked")
        yield found


async def planned(
    seat: Seat, *actions: NewAction, state: PlanState = PlanState.AGREED, agreed_at: datetime = AGREED
) -> str:
    """A plan of S1 with actions; its number."""
    view, _, scope = seat
    whole = await structure.load_whole(view, scope)
    head = (await runs.heads(*seat, scheme=SCHEME))[0]
    new = NewPlan(SCHEME, head.scheme_id, whole.unit("S1").id, head.period_id, "SHOP", "x", None, {}, "ada")
    async with view.context.database.write(scope) as writer:
        await stamps.claim(writer, scope, plans.TOPIC)
        made = await plans.add(writer, scope, new)
        await plan_actions.add(writer, scope, made.id, actions)
        await plans.change(writer, scope, made, {"state": state.value, "agreed_at": agreed_at})
    return made.number


async def told(seat: Seat, today: date = TODAY) -> dict[str, Any]:
    """The payloads of all notices by key once deadlines were looked at."""
    view, _, scope = seat
    await deadlines.look(view, scope, today)
    page = await listing.notices_after(*seat)
    return {row.key: row.payload for row in page.rows}


def due(days: int, **others: Any) -> NewAction:
    return replace(ACTION, due=TODAY + days * DAY, **others)


async def test_actions_are_told_before_and_after_their_day(seat: Seat) -> None:
    number = await planned(seat, due(7), due(8), due(-1), due(0), ACTION)
    found = await told(seat)
    assert found.keys() == {
        f"action.due/{number}/1/2025-06-17",
        f"action.overdue/{number}/3/2025-06-09",
        f"action.due/{number}/4/2025-06-10",
    }
    soon = found[f"action.due/{number}/1/2025-06-17"]
    assert soon["values"] == {"plan": number, "action": 1, "node": "SPEED", "due": "2025-06-17"}
    assert soon["title"]["en"] == f"Shop 1: Action {number}/1 is due on 2025-06-17"
    assert soon["scheme"]["title"] == {"zh": "门店", "en": "Shop"}
    assert soon["period"] == {"calendar": "month", "code": "2025-01"}
    assert "Zhang" not in str(found)
    assert "ada" not in str(found)
    assert (await told(seat)).keys() == found.keys()
    later = await told(seat, TODAY + 8 * DAY)
    assert f"action.overdue/{number}/1/2025-06-17" in later.keys() - found.keys()


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.DONE, PlanState.VERIFIED, PlanState.DROPPED])
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_only_plans_under_way_have_deadlines(seat: Seat, state: PlanState) -> None:
    await planned(seat, due(-1, owner=None), state=state)
    assert await told(seat) == {}


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.VERIFIED, ActionState.DROPPED])
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_is_done_is_not_due(seat: Seat, state: ActionState) -> None:
    view, _, scope = seat
    await planned(seat, due(-1))
    async with view.context.database.write(scope) as writer:
        [action] = await plan_actions.load(writer, scope)
        await stamps.claim(writer, scope, plans.TOPIC)
        await plan_actions.change(writer, scope, action, {"state": state.value})
    assert await told(seat) == {}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_nobody_claims_is_told_after_a_while(seat: Seat) -> None:
    number = await planned(seat, replace(ACTION, owner=None), due(30, owner=None))
    assert await told(seat, AGREED.date() + 2 * DAY) == {}
    found = await told(seat, AGREED.date() + 3 * DAY)
    assert found.keys() == {f"action.unclaimed/{number}/1", f"action.unclaimed/{number}/2"}
    assert found[f"action.unclaimed/{number}/2"]["values"]["due"] == "2025-07-10"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_day_that_is_moved_is_told_anew(seat: Seat) -> None:
    view, _, scope = seat
    number = await planned(seat, due(1))
    await told(seat)
    async with view.context.database.write(scope) as writer:
        [action] = await plan_actions.load(writer, scope)
        await stamps.claim(writer, scope, plans.TOPIC)
        await plan_actions.change(writer, scope, action, {"due": TODAY + 2 * DAY})
    assert (await told(seat)).keys() == {
        f"action.due/{number}/1/2025-06-11",
        f"action.due/{number}/1/2025-06-12",
    }


async def test_objections_are_told_until_somebody_decides(seat: Seat) -> None:
    view, actor, scope = seat
    whole = await structure.load_whole(view, scope)
    head = (await runs.heads(*seat, scheme=SCHEME))[0]

    async def file(writer: Writer, number: str, days: int) -> None:
        place = (SCHEME, whole.unit("S1").id, head.period_id, head.id, None)
        day = TODAY + days * DAY
        await objections.add(writer, scope, NewObjection(number, *place, "Zhang San was ill", day), actor)

    async with view.context.database.write(scope) as writer:
        for number, days in (("1", 3), ("2", 4), ("3", -1), ("4", 1)):
            await file(writer, number, days)
        [decided] = await objections.load(writer, scope, numbers=["4"])
        await objections.close(writer, scope, decided, ObjectionState.REJECTED, "no", actor)
    found = await told(seat)
    assert found.keys() == {"objection.due/1/2025-06-13", "objection.overdue/3/2025-06-09"}
    assert found["objection.due/1/2025-06-13"]["values"] == {"objection": "1", "decide_by": "2025-06-13"}
    assert "Zhang" not in str(found)


async def test_two_who_look_at_once_tell_once(seat: Seat) -> None:
    view, _, scope = seat
    await planned(seat, *(due(1) for _ in range(20)))
    looks = (deadlines.look(view.context.view(), scope, TODAY) for _ in range(3))
    assert sorted(await asyncio.gather(*looks)) == [0, 0, 20]
