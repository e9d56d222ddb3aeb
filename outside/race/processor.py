"""How much processor time answers take: where others use the machine, it says more than the clock."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import asyncpg

_USER_TIME = 11
"""Which word after the program's name in /proc/…/stat is user time; the next is the system's."""


def seconds(processes: Iterable[int]) -> float | None:
    """Return what these processes have used so far; None where the system does not tell (only Linux does)."""
    try:
        stats = [Path(f"/proc/{process}/stat").read_text() for process in processes]
    except OSError:
        return None
    ticks = os.sysconf("SC_CLK_TCK")
    times = [stat.rpartition(")")[2].split()[_USER_TIME : _USER_TIME + 2] for stat in stats]
    return sum(int(time) for both in times for time in both) / ticks


def backends(url: str, role: str) -> list[int]:
    """Return the processes of PostgreSQL that answer a role."""
    return asyncio.run(_backends(url, role))


async def _backends(url: str, role: str) -> list[int]:
    connection = await asyncpg.connect(url)
    try:
        mine = "SELECT pid FROM pg_stat_activity WHERE usename = $1 AND pid <> pg_backend_pid()"
        return [row["pid"] for row in await connection.fetch(mine, role)]
    finally:
        await connection.close()
