"""The courier of a server: works by itself, stops in an orderly way, and survives what goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.access.scope import Scope
from steelyard.errors import Problem, Text, TransientError
from steelyard.services.context import Context
from steelyard.services.notices import background, deadlines, listing
from steelyard.services.notices.courier import Courier
from steelyard.services.notices.settings import DeliverySettings
from steelyard.store import tenants
from steelyard.store.problems import DATABASE_LOCKED

SETTINGS = DeliverySettings(private=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "EVERY", 0.01)


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_what_is_due_is_delivered_without_asking(
    context: Context, seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver
) -> None:
    await subscribe(receiver.url)
    async with background.delivering(context, SETTINGS):
        await tell("S1", "slow")
        await until(lambda: len(receiver.received) == 1)
        await tell("S1", "unkind")
        await until(lambda: len(receiver.received) == 2)
    assert len(set(receiver.ids)) == 2


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_try_under_way_is_finished(
    context: Context, seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    async with background.delivering(context, SETTINGS):
        await until(lambda: bool(receiver.received))
    [row] = (await listing.notices_after(*seat)).rows
    [sent] = (await listing.deliveries_of(*seat, notice_ids=[row.id]))[row.id]
    assert sent.state == "delivered"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_one_that_does_not_end_is_given_up(
    context: Context,
    seat: Seat,
    subscribe: Subscribe,
    tell: Tell,
    receiver: HttpReceiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "PATIENCE", 0.05)
    receiver.then(None)
    await subscribe(receiver.url)
    await tell("S1", "slow")
    async with background.delivering(context, SETTINGS):
        await until(lambda: bool(receiver.received))
    [row] = (await listing.notices_after(*seat)).rows
    [sent] = (await listing.deliveries_of(*seat, notice_ids=[row.id]))[row.id]
    assert (sent.state, sent.attempts) == ("waiting", 1)


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    "error", [TransientError(Problem(DATABASE_LOCKED, values={"database": "x"})), InterruptedError()]
)
async def test_it_goes_on_after_something_went_wrong(
    context: Context,
    seat: Seat,
    subscribe: Subscribe,
    tell: Tell,
    receiver: HttpReceiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    deliver, failures = Courier.deliver, [error]

    async def failing(self: Courier, scope: Scope) -> object:
        if failures:
            raise failures.pop()
        return await deliver(self, scope)

    monkeypatch.setattr(Courier, "deliver", failing)
    made = await subscribe(receiver.url)
    await tell("S1", "slow")
    async with background.delivering(context, SETTINGS):
        await until(lambda: bool(receiver.received))
    assert [record.levelname for record in caplog.records if record.name == "steelyard.notices"]
    assert made.secret is not None
    assert made.secret not in caplog.text


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_deadlines_are_looked_at_in_the_beginning(
    context: Context, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    async def look(_: object, scope: object, __: object) -> int:
        looked.append(1)
        return 0

    monkeypatch.setattr(deadlines, "look", look)
    async with background.delivering(context, SETTINGS):
        await until(lambda: bool(looked))
        await asyncio.sleep(0.1)
    assert len(looked) == 1, "and not each time"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_goes_wrong_with_one_tenant_keeps_nothing_from_the_others(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with context.database.write_all() as writer:
        other = await tenants.create(writer, "other", Text("另一个", "Another"))
    served = set[int]()

    async def failing(_: Courier, scope: Scope) -> object:
        served.add(scope.tenant_id)
        raise InterruptedError

    monkeypatch.setattr(Courier, "deliver", failing)
    async with background.delivering(context, SETTINGS):
        await until(lambda: served == {context.scope.tenant_id, other.id})
