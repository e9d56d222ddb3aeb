"""Two administrators in processes of their own, who publish and discard drafts at the same moments."""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import SteelyardError
from steelyard.services import evaluating
from steelyard.services.administration.perform import perform
from steelyard.services.context import open_context
from steelyard.services.weights import drafting
from steelyard.services.weights.publishing import publication

PATIENCE = 60.0


def publish_all(url: str, numbers: list[int], start: Barrier, said: Connection) -> None:
    """Publish drafts one after the other, each at the moment at which another process does so."""
    asyncio.run(_publish_all(url, numbers, start, said))


async def _publish_all(url: str, numbers: list[int], start: Barrier, said: Connection) -> None:
    async with open_context(url, shop_packs()) as context:
        for number in numbers:
            start.wait(PATIENCE)
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            wanted = {"scheme": SCHEME, "number": number, "revision": 0, "period": "2025-01", "seen": 0}
            try:
                deed = await publication(*seat, **wanted)
                await perform(*seat, deed, reason="at once")
                said.send("published")
            except SteelyardError as error:
                said.send(", ".join(problem.kind.code for problem in error.problems))
            start.wait(PATIENCE)
    said.close()


def discard(url: str, number: int, start: Barrier, said: Connection) -> None:
    """Discard a draft at the moment at which another process publishes it."""

    async def run() -> None:
        async with open_context(url, shop_packs()) as context:
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            start.wait(PATIENCE)
            try:
                await drafting.discard(*seat, scheme=SCHEME, number=number, revision=0)
                said.send("discarded")
            except SteelyardError as error:
                said.send(", ".join(problem.kind.code for problem in error.problems))
            start.wait(PATIENCE)

    asyncio.run(run())
    said.close()


def evaluate(url: str, start: Barrier, said: Connection) -> None:
    """Evaluate the scheme again and again while another process publishes."""

    async def run() -> None:
        async with open_context(url, shop_packs()) as context:
            start.wait(PATIENCE)
            for _ in range(5):
                seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
                await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
            start.wait(PATIENCE)

    asyncio.run(run())
    said.send("evaluated")
    said.close()
