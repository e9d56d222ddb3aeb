"""Token uses: when tokens were used last, noted behind the requests that use them."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from types import TracebackType
from typing import Self

from steelyard.access.scope import Scope
from steelyard.store import tokens
from steelyard.store.engine import Database
from steelyard.store.tokens import USE_NOTED_EVERY, TokenRecord

logger = logging.getLogger("steelyard.authentication")


class TokenUses:
    """Notes uses, at most one a minute of each token. No request waits for it, and none fails with it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[tuple[int, str], datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._tasks)

    def note(self, scope: Scope, token: TokenRecord, now: datetime) -> None:
        """Note that a token is used, unless that is on record for this minute or about to be."""
        name = scope.tenant_id, token.key
        latest = max(filter(None, (token.last_used_at, self._noted.get(name))), default=None)
        if latest is not None and now - latest < USE_NOTED_EVERY:
            return
        self._noted = {name: at for name, at in self._noted.items() if now - at < USE_NOTED_EVERY}
        self._noted[name] = now
        task = asyncio.create_task(self._write(scope, token.key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write(self, scope: Scope, key: str) -> None:
        try:
            async with self._database.write(scope) as writer:
                await tokens.note_use(writer, scope, key)
        except Exception as error:
            # Nobody waits for this, so nobody else would hear of it.
            logger.warning("the use of token %s could not be noted: %s", key, error)
