"""The heap of a server: what finished work left free of it goes back to the system.

As a rule each thread allocates in an arena of its own, and an arena keeps what lies free below the last
thing that is still used: a server that took large uploads grew by some MB with each. Where the C library is
not glibc, nothing is done here: others have no such arenas.
"""

from __future__ import annotations

import ctypes

import pyarrow as pa

_M_ARENA_MAX = -8
"""As in malloc.h of glibc."""


def share_one_arena() -> None:
    """Let all threads allocate in one arena; to be called before there are any."""
    if _has("malloc_trim"):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back what is free."""
    pa.default_memory_pool().release_unused()
    if _has("malloc_trim"):
        ctypes.CDLL(None).malloc_trim(0)


def _has(name: str) -> bool:
    return hasattr(ctypes.CDLL(None), name)
