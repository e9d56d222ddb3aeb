"""What is random, drawn alike for both sides of a twin."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch


@contextmanager
def drawn_from(draw: Random) -> Iterator[None]:
    """Let what is random be drawn anew alike: secrets, pseudonyms and numbers are part of answers."""

    def text(count: int | None = None) -> str:
        return "".join(draw.choices("abcdefgh", k=2 * (count or 32)))

    with (
        patch.object(secrets, "choice", draw.choice),
        patch.object(secrets, "randbelow", draw.randrange),
        patch.object(secrets, "token_bytes", draw.randbytes),
        patch.object(secrets, "token_hex", text),
        patch.object(secrets, "token_urlsafe", text),
    ):
        yield
