"""Python's search for garbage: while a server or an import runs, what was there before is left out of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_new() -> Iterator[None]:
    """Search nothing but what is made meanwhile: the packs alone are half a million objects that stay.

    What an import makes, and what a large answer is made of, would have all of them searched several times.
    Within a server, which does this for as long as it runs, an import leaves it at that.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
