"""Key ring: the keys of one issuer, kept for a while, and asked for again when they may have changed."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence

import jwt

from steelyard.identity.discovery import IssuerFault, fetch_keys
from steelyard.identity.keys import SigningKey, matching
from steelyard.identity.refusal import Reason, Refused

KEPT = 600.0
"""Seconds for which keys are taken as they are."""
STALE = 3600.0
"""Seconds after which keys are not used any more, although their issuer cannot be reached."""
COOLDOWN = 30.0
"""Seconds between two questions to an issuer, whatever tokens come in."""

Fetch = Callable[[str], Awaitable[Sequence[SigningKey]]]
logger = logging.getLogger("steelyard.authentication")


class KeyRing:
    """The keys of an issuer. `clock` counts seconds and never goes back."""

    def __init__(
        self, issuer: str, *, fetch: Fetch = fetch_keys, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._clock = clock
        self._keys: Sequence[SigningKey] = ()
        self._fetched = self._tried = -math.inf
        self._turn = asyncio.Lock()

    async def find(self, key_id: str | None, algorithm: str) -> jwt.PyJWK:
        """The key that a token names; an unknown one makes the ring ask the issuer once more.

        Refused: ISSUER_UNREACHABLE, UNKNOWN_KEY.
        """
        await self._renew(KEPT)
        key = matching(self._keys, key_id, algorithm)
        if key is None:
            await self._renew(COOLDOWN)
            key = matching(self._keys, key_id, algorithm)
        if key is None:
            raise Refused(Reason.UNKNOWN_KEY, issuer=self._issuer)
        return key

    async def _renew(self, age: float) -> None:
        """Ask the issuer where the keys are older than `age`, unless it was asked a moment ago."""
        # Looked at before the lock as well: while one token waits for a slow issuer, others need not.
        if self._age() < age:
            return
        async with self._turn:
            if self._age() >= age and self._clock() - self._tried >= COOLDOWN:
                await self._ask()
        if self._age() >= STALE:
            raise Refused(Reason.ISSUER_UNREACHABLE, issuer=self._issuer)

    async def _ask(self) -> None:
        self._tried = self._clock()
        try:
            self._keys = await self._fetch(self._issuer)
        except IssuerFault as fault:
            logger.warning("the keys of the issuer %r could not be fetched: %r", self._issuer, str(fault))
        else:
            self._fetched = self._tried

    def _age(self) -> float:
        return self._clock() - self._fetched
