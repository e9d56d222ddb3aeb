"""A webhook's request: signed, bounded in time, to the address that was looked at, without detours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

from steelyard import __version__
from steelyard.services.notices import signing
from steelyard.services.notices.addresses import Failure, Unreachable, resolved
from steelyard.store.deliveries import Answer
from steelyard.store.subscribers import SubscriberRecord

SECONDS = 15.0
"""For all of a try: looking up, connecting, sending, and the first line of the answer."""


_DIGITS = 9
"""Of seconds that are read: thirty years are enough to be cut."""


class Webhooks:
    """Sends webhooks. private: also to addresses that are not public."""

    def __init__(self, client: httpx.AsyncClient, *, private: bool) -> None:
        self._client = client
        self._private = private

    async def tell(self, subscriber: SubscriberRecord, secret: str, payload: Mapping[str, Any]) -> Answer:
        """Send a payload once. Delivered is what is answered with 2xx; of the answer nothing else is read."""
        body = orjson.dumps(payload)
        signed = signing.headers(secret, payload["id"], datetime.now(UTC), body)
        try:
            async with asyncio.timeout(SECONDS):
                return await self._sent(httpx.URL(subscriber.address), signed, body)
        except Unreachable as error:
            return Answer(None, error.failure)
        except (TimeoutError, httpx.TimeoutException):
            return Answer(None, Failure.TIMEOUT)
        except UnicodeError:
            # A name such as `xn--` that stands for nothing.
            return Answer(None, Failure.UNKNOWN_HOST)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return Answer(None, Failure.UNREACHABLE)

    async def _sent(self, url: httpx.URL, signed: Mapping[str, str], body: bytes) -> Answer:
        port = url.port or (443 if url.scheme == "https" else 80)
        there = url.copy_with(host=await resolved(url.host, port, private=self._private))
        headers = {
            **signed,
            "host": url.netloc.decode("ascii"),
            "content-type": "application/json",
            "user-agent": f"Steelyard/{__version__}",
        }
        # The certificate must be the name's, wherever the name leads.
        name = {"sni_hostname": url.raw_host.decode("ascii")}
        request = self._client.build_request("POST", there, content=body, headers=headers, extensions=name)
        response = await self._client.send(request, stream=True)
        await response.aclose()
        if response.is_success:
            return Answer(response.status_code)
        if response.status_code == httpx.codes.GONE:
            return Answer(response.status_code, Failure.GONE)
        failure = Failure.REDIRECTED if response.is_redirect else Failure.REFUSED
        asked = response.headers.get("retry-after", "")
        return Answer(response.status_code, failure, asked_wait(asked, datetime.now(UTC)))


def asked_wait(header: str, now: datetime) -> timedelta | None:
    """How long a Retry-After (RFC 9110, 10.2.3) asks to wait, seconds or a date; None for anything else."""
    said = header.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=int(said[:_DIGITS]))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    # Without a zone it is meant as the standard wants it.
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max(until - now, timedelta(0))


@asynccontextmanager
async def open_webhooks(*, private: bool) -> AsyncIterator[Webhooks]:
    """A sender that takes nothing from the environment and follows nothing.

    No connection is kept: it was opened for one name, and another may share its address.
    """
    async with httpx.AsyncClient(
        follow_redirects=False,
        trust_env=False,
        timeout=SECONDS,
        limits=httpx.Limits(max_keepalive_connections=0),
    ) as client:
        yield Webhooks(client, private=private)
