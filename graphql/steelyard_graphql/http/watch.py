"""Whether whoever began a stream may go on: tokens end, rights change, while a stream lives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Answer

RECHECK = 10.0
"""Seconds after which a stream without events asks again whether it may go on."""
Renew = Callable[[], Awaitable[RequestContext]]
"""Lets in again whoever began the stream; Refusal where that is over."""


async def watched(
    answers: AsyncGenerator[Answer, None], renew: Renew, every: float
) -> AsyncGenerator[Answer | None, None]:
    """Hand out answers as they come, and None each time `every` seconds pass without one.

    Raises Refusal once `renew` does.
    """
    async with aclosing(answers):
        while True:
            coming = asyncio.ensure_future(anext(answers, None))
            try:
                while not (await asyncio.wait([coming], timeout=every))[0]:
                    await renew()
                    yield None
            finally:
                if not coming.done():
                    coming.cancel()
                    await asyncio.wait([coming])
            found = coming.result()
            if found is None:
                return
            yield found
