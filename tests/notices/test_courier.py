"""What is due is delivered: signed, once where all goes well, at least once whatever happens."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from administration.people import Seat
from notices.conftest import Ahead, Subscribe, Tell
from notices.receivers import HttpReceiver, http_receiver
from steelyard.services.administration.perform import perform
from steelyard.services.administration.subscribers import (
    PauseSubscriber,
    RemoveSubscriber,
    ResumeSubscriber,
)
from steelyard.services.notices import listing, webhook
from steelyard.services.notices.courier import (
    ATTEMPTS,
    BATCH,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Courier,
    Round,
    pause,
)
from steelyard.store.deliveries import DeliveryRecord

DAY = timedelta(days=1)


async def delivery(seat: Seat, number: int = 0) -> DeliveryRecord:
    """The delivery of the latest notice to the first subscriber."""
    page = await listing.notices_after(*seat)
    found = await listing.deliveries_of(*seat, notice_ids=[page.rows[number].id])
    return found[page.rows[number].id][0]


async def test_a_notice_is_delivered_once(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe(receiver.url)
    assert await tell("S1", "slow", "unkind") == 2
    assert await courier.deliver(seat[2]) == Round(2, 0)
    assert await courier.deliver(seat[2]) == Round()
    assert len(set(receiver.ids)) == 2
    request = receiver.received[0]
    assert request.path == "/hooks?of=us"
    assert request.headers["host"] == receiver.url.split("/")[2]
    assert request.json["id"] == request.id
    assert request.json["unit"] == {"code": "S1", "title": {"zh": "店 S1", "en": "Shop S1"}}
    told = await delivery(seat)
    assert (told.state, told.attempts, told.http_status, told.error) == ("delivered", 1, 204, None)


async def test_what_was_told_is_not_told_again(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe(receiver.url)
    assert [await tell("S1", "slow"), await tell("S1", "slow"), await tell("S2", "slow")] == [1, 0, 1]
    await courier.deliver(seat[2])
    assert len(receiver.received) == 2


async def test_what_failed_is_tried_again_with_the_same_id(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    receiver.then(500, 503)
    assert await courier.deliver(seat[2]) == Round(0, 1)
    assert await courier.deliver(seat[2]) == Round(), "not before the pause is over"
    told = await delivery(seat)
    assert (told.state, told.attempts, told.http_status, told.error) == ("waiting", 1, 500, "REFUSED")
    for expected in (Round(0, 1), Round(1, 0)):
        ahead.by += DAY
        assert await courier.deliver(seat[2]) == expected
    assert len(receiver.received) == 3
    assert len(set(receiver.ids)) == 1
    assert len({each.body for each in receiver.received}) == 1


async def test_after_many_tries_it_is_given_up_and_can_be_sent_by_hand(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    receiver.then(*[500] * ATTEMPTS)
    for _ in range(ATTEMPTS + 2):
        await courier.deliver(seat[2])
        ahead.by += DAY
    assert len(receiver.received) == ATTEMPTS
    assert (await delivery(seat)).state == "failed"
    await listing.redeliver(*seat, key="finding.new/S1/slow")
    assert (await delivery(seat)).state == "waiting"
    assert await courier.deliver(seat[2]) == Round(1, 0)
    await listing.redeliver(*seat, key="finding.new/S1/slow", subscriber=1)
    assert await courier.deliver(seat[2]) == Round(1, 0)
    assert len(set(receiver.ids)) == 1


FAILURES = [
    (302, "location: http://127.0.0.1/elsewhere\r\n", "REDIRECTED"),
    (404, "", "REFUSED"),
]


@pytest.mark.parametrize(("status", "headers", "error"), FAILURES)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_the_last_failure_is_told(
    seat: Seat,
    subscribe: Subscribe,
    tell: Tell,
    receiver: HttpReceiver,
    courier: Courier,
    status: int,
    headers: str,
    error: str,
) -> None:
    receiver.then(status)
    receiver.headers = headers
    await subscribe(receiver.url)
    await tell("S1", "slow")
    assert await courier.deliver(seat[2]) == Round(0, 1)
    found = await delivery(seat)
    assert (found.http_status, found.error) == (status, error)
    assert len(receiver.received) == 1


async def test_who_asks_for_time_is_sent_none_of_what_waits(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    receiver.then(503)
    receiver.headers = "retry-after: 7200\r\n"
    await tell("S1", *(f"f{number}" for number in range(BATCH + 1)))
    assert await courier.deliver(seat[2]) == Round(BATCH - 1, 1)
    await tell("S2", "slow", "late")
    ahead.by += timedelta(minutes=119)
    assert await courier.deliver(seat[2]) == Round(2, 0), "what happened meanwhile"
    ahead.by += timedelta(minutes=2)
    assert await courier.deliver(seat[2]) == Round(2, 0)


WAITS = [
    ("120", timedelta(minutes=2)),
    (" 0 ", timedelta(0)),
    ("Sun, 01 Mar 2026 10:30:00 GMT", timedelta(minutes=30)),
    ("Sun, 01 Mar 2026 10:30:00 -0000", timedelta(minutes=30)),
    ("Sun, 01 Mar 2026 09:00:00 GMT", timedelta(0)),
    ("9" * 5000, timedelta(seconds=10**9 - 1)),
    ("-1", None),
    ("１２", None),
    ("soon", None),
    ("", None),
]


@pytest.mark.parametrize(("header", "wait"), WAITS)
def test_how_long_a_receiver_asks_to_wait(header: str, wait: timedelta | None) -> None:
    assert webhook.asked_wait(header, datetime(2026, 3, 1, 10, tzinfo=UTC)) == wait


async def test_nobody_is_put_off_for_longer_than_the_longest_pause(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    receiver.then(429)
    receiver.headers = "retry-after: 99999999\r\n"
    await tell("S1", "slow")
    assert await courier.deliver(seat[2]) == Round(0, 1)
    ahead.by += LONGEST_PAUSE + timedelta(minutes=1)
    assert await courier.deliver(seat[2]) == Round(1, 0)


async def test_who_is_gone_is_not_asked_again_and_told_of_the_rest(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    receiver.then(410)
    await tell("S1", *(f"f{number}" for number in range(BATCH + 1)))
    assert await courier.deliver(seat[2]) == Round(BATCH, 1)
    ahead.by += DAY
    assert await courier.deliver(seat[2]) == Round()
    page = await listing.notices_after(*seat)
    told = await listing.deliveries_of(*seat, notice_ids=[each.id for each in page.rows])
    failed = [each for [each] in told.values() if each.state != "delivered"]
    assert [(each.state, each.http_status, each.error) for each in failed] == [("failed", 410, "GONE")]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_who_does_not_answer_is_not_waited_for(
    seat: Seat,
    subscribe: Subscribe,
    tell: Tell,
    receiver: HttpReceiver,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 0.2)
    receiver.then(None)
    await subscribe(receiver.url)
    await tell("S1", "slow")
    assert await courier.deliver(seat[2]) == Round(0, 1)
    found = await delivery(seat)
    assert (found.http_status, found.error) == (None, "TIMEOUT")


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_nobody_there_is_told(seat: Seat, subscribe: Subscribe, tell: Tell, courier: Courier) -> None:
    async with http_receiver() as gone:
        url = gone.url
    await subscribe(url)
    await tell("S1", "slow")
    await courier.deliver(seat[2])
    assert (await delivery(seat)).error == "UNREACHABLE"


async def test_who_died_between_sending_and_recording_is_replaced(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier, ahead: Ahead
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")

    async def die(*_: object) -> None:
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(courier, "_settle", die)
        with pytest.raises(InterruptedError):
            await courier.deliver(seat[2])
    assert await courier.deliver(seat[2]) == Round(), "its lease has not run out"
    ahead.by += DAY
    assert await courier.deliver(seat[2]) == Round(1, 0)
    assert (len(receiver.received), len(set(receiver.ids))) == (2, 1)


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_units_and_kinds_are_those_that_were_asked_for(
    seat: Seat, subscribe: Subscribe, tell: Tell, courier: Courier
) -> None:
    async with http_receiver() as north, http_receiver() as everybody:
        await subscribe(north.url, unit="R1")
        await subscribe(everybody.url)
        await tell("S1", "slow")
        await tell("S2", "slow")
        await courier.deliver(seat[2])
        assert [each.json["unit"]["code"] for each in north.received] == ["S1"]
        assert len(everybody.received) == 2


async def test_one_who_is_gone_holds_up_nobody(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    async with http_receiver(*[500] * 100) as broken:
        await subscribe(broken.url)
        await subscribe(receiver.url)
        await tell("S1", *(f"f{number}" for number in range(25)))
        assert await courier.deliver(seat[2]) == Round(25, 10)
        assert len(broken.received) == 10, "after a failure the others of that subscriber wait"


async def test_a_pause_keeps_what_happens_meanwhile(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe(receiver.url)
    await perform(*seat, PauseSubscriber(1), reason="maintenance")
    await tell("S1", "slow")
    assert await courier.deliver(seat[2]) == Round()
    await perform(*seat, ResumeSubscriber(1), reason="done")
    assert await courier.deliver(seat[2]) == Round(1, 0)


async def test_who_was_removed_is_told_nothing(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    await perform(*seat, RemoveSubscriber(1), reason="gone")
    assert await courier.deliver(seat[2]) == Round()
    assert await tell("S1", "unkind") == 0, "and so is not a notice"
    assert (await delivery(seat)).state == "cancelled"


@pytest.mark.parametrize("attempts", range(1, ATTEMPTS))
def test_pauses_grow_and_differ(attempts: int) -> None:
    usual = min(FIRST_PAUSE * 4 ** (attempts - 1), LONGEST_PAUSE)
    found = [pause(attempts, random.Random(seed)) for seed in range(20)]
    assert all(each is not None and usual / 2 <= each <= usual for each in found)
    assert len(set(found)) > 1


def test_at_last_it_is_given_up() -> None:
    assert pause(ATTEMPTS, random.Random(1)) is None
