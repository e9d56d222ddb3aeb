"""A tenant with a few units, and people who are told of what happens there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from administration.people import Seat, acting
from notices.receivers import HttpReceiver, http_receiver
from services.shop_pack import shop_packs
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.subscribers import AddSubscriber, CreatedSubscriber
from steelyard.services.context import Context, context_on
from steelyard.services.notices import recording
from steelyard.services.notices.courier import Courier, open_courier
from steelyard.services.notices.message import Message, above
from steelyard.services.notices.settings import DeliverySettings
from steelyard.services.notices.want import NoticeKind, Want
from steelyard.store import parentage, units
from steelyard.store.engine import Database
from steelyard.store.parentage import Placement
from steelyard.store.subscribers import Channel
from steelyard.store.transaction import Writer
from steelyard.store.units import NewUnit

FINDINGS = (Want(NoticeKind.FINDING_NEW),)
Tell = Callable[..., Awaitable[int]]
Subscribe = Callable[..., Awaitable[CreatedSubscriber]]


@pytest.fixture
async def context(database: Database) -> AsyncIterator[Context]:
    async with context_on(database, shop_packs()) as opened:
        yield opened


@pytest.fixture
async def seat(context: Context) -> Seat:
    """An administrator of a tenant with a company, two regions, and a shop in each."""
    scope, placed = context.scope, {"CO": None, "R1": "CO", "R2": "CO", "S1": "R1", "S2": "R2"}
    async with context.database.write(scope) as writer:
        news = [NewUnit(code, Text(f"店 {code}", f"Shop {code}"), "shop") for code in placed]
        made = await units.ensure(writer, scope, news)
        links = [Placement(made[code].id, made[above].id) for code, above in placed.items() if above]
        await parentage.place(writer, scope, links)
    return context.view(), acting("ada"), scope


@pytest.fixture
def subscribe(seat: Seat) -> Subscribe:
    """Add a subscriber: by webhook to an address, to findings of all units unless something else is said."""

    async def add(address: str, **others: Any) -> CreatedSubscriber:
        given: dict[str, Any] = {"channel": Channel.WEBHOOK, "wants": FINDINGS, **others}
        done = await perform(*seat, AddSubscriber(address=address, **given), reason="they asked")
        assert isinstance(done, Performed)
        return done.result

    return add


@pytest.fixture
def tell(seat: Seat) -> Tell:
    """Tell of findings of a unit, one for each name; how many are news to anybody."""
    view, _, scope = seat

    async def tell_of(unit: str, *names: str, about: Want = FINDINGS[0]) -> int:
        whole = await structure.load_whole(view, scope)
        found = whole.unit(unit)
        messages = [
            Message(
                key=f"{about.kind.value}/{unit}/{name}",
                about=about,
                unit=found,
                above=above(whole, found),
                scheme="test.shop",
                scheme_title=None,
                period=None,
                title=Text(f"{unit}：{name}", f"{unit}: {name}"),
                text=Text("变慢了。", "It is slower."),
                values={},
            )
            for name in names
        ]
        async with view.context.database.write(scope) as writer:
            return await recording.record(writer, scope, messages)

    return tell_of


@pytest.fixture
async def receiver() -> AsyncIterator[HttpReceiver]:
    async with http_receiver() as found:
        yield found


@pytest.fixture
async def courier(database: Database) -> AsyncIterator[Courier]:
    """A courier that may go to the loopback."""
    async with open_courier(database, DeliverySettings(private=True)) as opened:
        yield opened


class Ahead:
    """How far the clocks of this process are ahead."""

    by = timedelta(0)

    def now(self) -> datetime:
        """The time by these clocks."""
        return datetime.now(UTC) + self.by


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Ahead:
    """Clocks of writers and couriers that a test puts forward."""
    clock = Ahead()

    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return clock.now()

    monkeypatch.setattr(Writer, "clock", clock.now)
    monkeypatch.setattr("steelyard.services.notices.courier.datetime", Moved)
    return clock
