"""An empty tenant, and people who administer it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from administration.people import Seat, acting
from services.shop_pack import shop_packs
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.context import Context, context_on
from steelyard.store.engine import Database

Do = Callable[..., Awaitable[Performed[Any]]]


@pytest.fixture
async def context(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, shop_packs()) as opened:
        yield opened


@pytest.fixture
def seat(context: Context) -> Seat:
    """An administrator of the whole tenant."""
    return context.view(), acting("ada"), context.scope


@pytest.fixture
def other(context: Context) -> Seat:
    """Another one."""
    return context.view(), acting("bob"), context.scope


@pytest.fixture
def do(seat: Seat) -> Do:
    """Do deeds as the administrator, one after the other; the last one's act and result."""

    async def do_all(*deeds: Deed[Any], reason: str = "because") -> Performed[Any]:
        for deed in deeds:
            done = await perform(*seat, deed, reason=reason)
            assert isinstance(done, Performed)
        return done

    return do_all
