"""The courier of a server: at work as long as the server runs, and done in an orderly way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date

from steelyard.access.scope import Scope
from steelyard.errors import SteelyardError
from steelyard.services.context import Context
from steelyard.services.notices import deadlines, retention
from steelyard.services.notices.courier import Courier, open_courier
from steelyard.services.notices.settings import DeliverySettings
from steelyard.store import tenants
from steelyard.store.tenants import TenantState

EVERY = 5.0
"""Seconds between two looks for what is due."""
DEADLINES_EVERY = 720
"""Looks between two looks at the calendar, and at what is old: an hour's."""
PATIENCE = 10.0
"""Seconds that tries under way have to finish; what was not recorded by then is sent again."""
logger = logging.getLogger("steelyard.notices")


@asynccontextmanager
async def delivering(context: Context, settings: DeliverySettings) -> AsyncIterator[None]:
    """Meanwhile look at deadlines and deliver what is due, of all tenants."""
    ends = asyncio.Event()
    async with open_courier(context.database, settings) as courier:
        task = asyncio.create_task(_work(context, courier, ends))
        try:
            yield
        finally:
            ends.set()
            done, _ = await asyncio.wait([task], timeout=PATIENCE)
            if not done:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


async def _work(context: Context, courier: Courier, ends: asyncio.Event) -> None:
    looks = 0
    while not ends.is_set():
        with _surviving():
            await _look(context, courier, ends, deadlines_too=looks % DEADLINES_EVERY == 0)
        looks += 1
        try:
            async with asyncio.timeout(EVERY):
                await ends.wait()
        except TimeoutError:
            continue


async def _look(context: Context, courier: Courier, ends: asyncio.Event, *, deadlines_too: bool) -> None:
    async with context.database.read_all() as reader:
        served = [each for each in await tenants.load(reader) if each.state is TenantState.ACTIVE]
    for tenant in served:
        if ends.is_set():
            return
        scope = Scope(tenant.id)
        # What goes wrong with one tenant keeps nothing from the others.
        with _surviving():
            if deadlines_too:
                await deadlines.look(context.view(), scope, date.today())
                await retention.clear(context.view(), scope)
            done = await courier.deliver(scope)
            if done.failed:
                logger.warning("tenant %s: %d notices could not be delivered", tenant.code, done.failed)


@contextmanager
def _surviving() -> Iterator[None]:
    """Go on after what goes wrong, and write it into the log."""
    try:
        yield
    except SteelyardError as error:
        # The database is gone for a while, as readiness says as well.
        logger.warning("notices wait: %s", error.text())
    except Exception:
        logger.exception("notices were not delivered")
