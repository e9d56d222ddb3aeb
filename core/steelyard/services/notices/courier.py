"""The courier: delivers what is due, tries again what failed, and gives up after a while.

Several couriers may work on one database: each claims what it is going to send (`store.deliveries`). Each
subscriber is served by itself, so that one who is slow or gone holds up nobody else.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from steelyard.access.scope import Scope
from steelyard.services.notices.addresses import Failure
from steelyard.services.notices.mail import Mails
from steelyard.services.notices.settings import DeliverySettings
from steelyard.services.notices.webhook import open_webhooks
from steelyard.store import deliveries, subscribers
from steelyard.store.deliveries import Answer, Claim, DeliveryState
from steelyard.store.engine import Database
from steelyard.store.subscribers import Channel, SubscriberRecord
from steelyard.store.transaction import Reader

ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=6)
FACTOR = 4
FINAL = (Failure.GONE,)
"""After these nothing is tried again."""
LEASE = timedelta(minutes=5)
"""Longer than any batch takes: a claim that lies this long is somebody's who died."""
BATCH = 10
AT_ONCE = 8
"""Subscribers whom one process serves at a time."""

Way = Callable[[SubscriberRecord, str, Mapping[str, Any]], Awaitable[Answer]]
"""Tries once to tell a subscriber, whose secret is given, what a payload says."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: how many tries delivered a notice, and how many failed.

    held: how many notices wait for a way that this process does not have.
    """

    delivered: int = 0
    failed: int = 0
    held: int = 0

    def __add__(self, other: Round) -> Round:
        """Both together."""
        return Round(self.delivered + other.delivered, self.failed + other.failed, self.held + other.held)


def pause(attempts: int, draw: random.Random) -> timedelta | None:
    """How long to wait after so many tries; None to give up. Jitter keeps many from coming back at once."""
    if attempts >= ATTEMPTS:
        return None
    usual: timedelta = min(FIRST_PAUSE * FACTOR ** (attempts - 1), LONGEST_PAUSE)
    return usual * draw.uniform(0.5, 1.0)


class Courier:
    """Delivers notices of all tenants of a database."""

    def __init__(self, database: Database, ways: Mapping[Channel, Way]) -> None:
        self._database = database
        self._ways = ways
        self._places = asyncio.Semaphore(AT_ONCE)
        self._random = random.SystemRandom()

    async def deliver(self, scope: Scope) -> Round:
        """Try once all that is due of a tenant."""
        async with self._database.read(scope) as reader:
            due = set(await deliveries.due(reader, scope, datetime.now(UTC)))
            if not due:
                return Round()
            waiting = [each for each in await subscribers.load(reader, scope) if each.id in due]
            secrets = await subscribers.secrets(reader, scope, due)
            # Where mail is off, another process may have it on.
            served = [each for each in waiting if each.channel in self._ways]
            held = await self._held(reader, scope, [each for each in waiting if each not in served])
        rounds = await asyncio.gather(*(self._serve(scope, each, secrets[each.id]) for each in served))
        return sum(rounds, Round(held=held))

    async def _held(self, reader: Reader, scope: Scope, unserved: Sequence[SubscriberRecord]) -> int:
        """How many notices wait for subscribers whom this process cannot reach."""
        if not unserved:
            return 0
        counts = await deliveries.counts(reader, scope)
        return sum(counts.get((each.id, DeliveryState.WAITING), 0) for each in unserved)

    async def _serve(self, scope: Scope, subscriber: SubscriberRecord, secret: str) -> Round:
        """Deliver to one subscriber until nothing is due, or something fails."""
        done, way = Round(), self._ways[subscriber.channel]
        # Claims are made in the place: their lease runs while they are tried, not while they queue.
        async with self._places:
            is_ready = True
            while is_ready:
                async with self._database.write(scope) as writer:
                    claims = await deliveries.claim(writer, scope, subscriber.id, LEASE, BATCH)
                if not claims:
                    break
                answers = await asyncio.gather(*(way(subscriber, secret, each.payload) for each in claims))
                await self._settle(scope, subscriber, claims, answers)
                failed = sum(each.error is not None for each in answers)
                done += Round(len(answers) - failed, failed)
                is_ready = all(each.error in (None, *FINAL) for each in answers)
        return done

    async def _settle(
        self, scope: Scope, subscriber: SubscriberRecord, claims: Sequence[Claim], answers: Sequence[Answer]
    ) -> None:
        async with self._database.write(scope) as writer:
            for claim, answer in zip(claims, answers, strict=True):
                wait = None if answer.error in FINAL else pause(claim.attempts, self._random)
                again_at = None if wait is None else writer.now + wait
                await deliveries.settle(writer, scope, claim, answer, again_at)
            if asked := [each.wait for each in answers if each.wait is not None]:
                # A receiver is asked about as a whole: the next notice would be too much for it as well.
                until = writer.now + min(max(asked), LONGEST_PAUSE)
                await deliveries.put_off(writer, scope, subscriber.id, until)


@asynccontextmanager
async def open_courier(database: Database, settings: DeliverySettings) -> AsyncIterator[Courier]:
    """A courier that works until the end of the block; by mail only where the settings say how."""
    async with open_webhooks(private=settings.private) as webhooks:
        ways: dict[Channel, Way] = {Channel.WEBHOOK: webhooks.tell}
        if settings.mail is not None:
            ways[Channel.MAIL] = Mails(settings.mail).tell
        yield Courier(database, ways)
