"""Several processes on one database: each notice once, and again only where one died."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from contextlib import suppress

from administration.people import Seat
from notices.conftest import Ahead, Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.services.notices.courier import LEASE, Courier, Round
from steelyard.services.notices.settings import PRIVATE

COUNT = 45
Process = asyncio.subprocess.Process


DELIVER = """
import asyncio, sys
from steelyard.access.scope import Scope
from steelyard.services.notices.courier import open_courier
from steelyard.services.notices.settings import from_environment
from steelyard.store.engine import open_database

async def deliver(url, tenant):
    async with open_database(url) as database, open_courier(database, from_environment()) as courier:
        print((await courier.deliver(Scope(int(tenant)))).delivered)

asyncio.run(deliver(*sys.argv[1:]))
"""


async def sending(seat: Seat, database_url: str) -> Process:
    """A process that delivers what is due, once."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", DELIVER, database_url, str(seat[2].tenant_id)),
        env={**os.environ, PRIVATE: "allow"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_two_processes_deliver_each_notice_once(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, database_url: str
) -> None:
    await subscribe(receiver.url)
    await subscribe(receiver.url.replace("us", "them"))
    await tell("S1", *(f"f{number}" for number in range(COUNT)))
    both = await asyncio.gather(sending(seat, database_url), sending(seat, database_url))
    told = [await process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    counts = Counter((each.path, each.id) for each in receiver.received)
    assert (len(counts), set(counts.values())) == (2 * COUNT, {1})
    delivered = sum(int(out) for out, _ in told)
    assert delivered == 2 * COUNT


async def test_who_is_killed_after_sending_is_replaced_with_the_same_id(
    seat: Seat,
    subscribe: Subscribe,
    tell: Tell,
    receiver: HttpReceiver,
    database_url: str,
    courier: Courier,
    ahead: Ahead,
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    process = await sending(seat, database_url)

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)

    receiver.on_request = kill
    await process.communicate()
    assert process.returncode == -signal.SIGKILL
    receiver.on_request = None
    assert await courier.deliver(seat[2]) == Round(), "its lease has not run out"
    ahead.by = LEASE
    assert await courier.deliver(seat[2]) == Round(1, 0)
    assert (len(receiver.received), len(set(receiver.ids))) == (2, 1)
