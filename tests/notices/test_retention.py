"""Notices go after a while, and what cannot be delivered is given up before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.errors import InternalError, InvalidInput
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.notices import listing, retention
from steelyard.services.notices.courier import Courier
from steelyard.store import tenants
from steelyard.store.subscribers import Channel
from steelyard.store.tables import NOTICE


def in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days, minutes=1)


async def kept(seat: Seat) -> set[str]:
    return {row.key for row in (await listing.notices_after(*seat)).rows}


async def states(seat: Seat) -> list[str]:
    rows = (await listing.notices_after(*seat)).rows
    sent = await listing.deliveries_of(*seat, [row.id for row in rows])
    return [each.state.value for row in rows for each in sent[row.id]]


async def test_what_was_delivered_goes_after_its_days(
    seat: Seat, subscribe: Subscribe, tell: Tell, courier: Courier, receiver: HttpReceiver
) -> None:
    view, _, scope = seat
    await subscribe(receiver.url)
    await tell("S1", "slow", "unkind")
    assert (await courier.deliver(scope)).delivered == 2
    assert await retention.clear(view, scope, in_days(399)) == 0
    assert await retention.clear(view, scope, in_days(400)) == 2
    assert (await kept(seat), await states(seat)) == (set(), [])
    assert await tell("S1", "slow") == 1, "its key is free again"


async def test_what_waits_too_long_is_given_up_first(seat: Seat, subscribe: Subscribe, tell: Tell) -> None:
    view, _, scope = seat
    await subscribe("ada@example.org", channel=Channel.MAIL)
    await tell("S1", "slow")
    await retention.clear(view, scope, in_days(99))
    assert await states(seat) == ["waiting"]
    assert await retention.clear(view, scope, in_days(100)) == 0
    assert await states(seat) == ["failed"]
    await listing.redeliver(*seat, key="finding.new/S1/slow")
    assert await states(seat) == ["waiting"], "by hand it is sent again"


async def test_little_goes_at_a_time(
    seat: Seat, subscribe: Subscribe, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, _, scope = seat
    monkeypatch.setattr(retention, "BATCH", 2)
    await subscribe("ada@example.org", channel=Channel.MAIL)
    await tell("S1", "a", "b", "c", "d", "e")
    assert await retention.clear(view, scope, in_days(500)) == 5
    assert await kept(seat) == set()


async def test_a_tenant_decides_for_how_long(seat: Seat, subscribe: Subscribe, tell: Tell) -> None:
    view, _, scope = seat
    await perform(*seat, SetPolicy("notice_days", {"told": 40, "waiting": 7}), reason="less is kept")
    view.renew()
    await subscribe("ada@example.org", channel=Channel.MAIL)
    await tell("S1", "slow")
    assert await retention.clear(view, scope, in_days(39)) == 0
    assert await states(seat) == ["failed"]
    assert await retention.clear(view, scope, in_days(41)) == 1


@pytest.mark.parametrize("value", [{"told": 29}, {"waiting": 0}, {"other": 50}, 50])
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_not_every_number_of_days_is_right(seat: Seat, value: dict[str, int] | int) -> None:
    with pytest.raises(InvalidInput, match="POLICY_VALUE"):
        await perform(*seat, SetPolicy("notice_days", value), reason="wrong")


async def test_other_tenants_keep_theirs_and_none_is_changed(
    seat: Seat, subscribe: Subscribe, tell: Tell
) -> None:
    view, _, scope = seat
    await subscribe("ada@example.org", channel=Channel.MAIL)
    await tell("S1", "slow")
    async with view.context.database.write_all() as writer:
        other = await tenants.create(writer, "other", (await tenants.load(writer))[0].title)
    assert await retention.clear(view, type(scope)(other.id), in_days(900)) == 0
    assert await kept(seat) == {"finding.new/S1/slow"}
    async with view.context.database.write(scope) as writer:
        with pytest.raises(InternalError):
            await writer.run(update(NOTICE).where(NOTICE.c.tenant_id == scope.tenant_id).values(kind="x"))
