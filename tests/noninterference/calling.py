"""Records of a world: calls of branches, imported by several people; and its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from noninterference.industry import CALLS
from noninterference.worlds import MEMBERS, Member, World
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.rights import ALL_RIGHTS
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.intake.adapters import BUILT_IN
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.context import Context
from steelyard.services.records import remeasuring
from steelyard.services.records.importing import import_records
from steelyard.services.records.source import RecordSource

START = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
CLERK = Actor("clerk", Text("录入员", "Clerk"), ALL_RIGHTS)
"""Who imports what is in scope alone."""
HEADER = "branch,call,called,solved,mark"
CLOSED = "2024-12"


@dataclass
class Clock:
    """The time of everything that is recorded."""

    now: datetime = START


async def take_calls(context: Context, scope: Scope, world: World, clock: Clock) -> None:
    """Import what is in scope, a part of it once more with what is not, and withdraw one import.

    What is out of scope comes in other files with other rejected rows, in another order and number. Rows come
    for a period that is closed, too.
    """
    clock.now = START - timedelta(days=29)
    inside = [member for member in MEMBERS if member.type == "branch" and world.sees(member)]
    outside = [member for member in world.outside if member.type == "branch"]
    await _import(context, scope, CLERK, world, inside, "calls.csv")
    wrong = await _import(
        context, scope, CLERK, world, inside, "wrong.csv", salt="W", more=",remark", bad=["NOBODY,1,,,,"]
    )
    await remeasuring.withdraw(context.view(), CLERK, scope, import_id=wrong, reason="another branch's")
    late = ClosePeriod("month", CLOSED)
    await perform(context.view(), LOCAL_ADMINISTRATOR, scope, late, reason="over")
    await _import(context, scope, CLERK, world, inside, "late.csv", salt="L")
    if not outside:
        return
    half = len(outside) // 2 + world.side
    for number, members in enumerate((outside[:half], [*outside[half:], *inside])):
        file = f"hidden-{world.side}-{number}.csv"
        bad = [f"NOBODY-{world.side},1,2025-02-01,," for _ in range(1 + world.side)]
        await _import(context, scope, LOCAL_ADMINISTRATOR, world, members, file, bad=bad)


async def _import(
    context: Context,
    scope: Scope,
    actor: Actor,
    world: World,
    members: Sequence[Member],
    file: str,
    *,
    salt: str = "",
    bad: Sequence[str] = (),
    more: str = "",
) -> int:
    """Import the calls of branches. salt: what their keys begin with; more: a column that nobody declared."""
    calls = ((world.codes[member.key], call) for member in members for call in world.calls(member))
    rows = [f"{branch},{salt}{call}{more}" for branch, call in calls]
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_text("\n".join([HEADER + more, *rows, *bad, ""]), encoding="utf-8")
        source = RecordSource(BUILT_IN["csv"], {"file": str(path)}, file, path)
        done = await import_records(context.view(), actor, scope, table=CALLS, source=source)
    assert done.record is not None
    return done.record.id
