"""What is computed from records never overwrites what somebody recorded, unless the records changed."""

from __future__ import annotations

from fractions import Fraction

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.store import measurements
from steelyard.store.engine import Database
from steelyard.store.measurements import Origin, Reading, Source

RECORDS, HAND = (Origin(LOCAL_ADMINISTRATOR, source) for source in (Source.RECORDS, Source.GRAPHQL))
Steps = list[tuple[Origin, str | None] | tuple[Origin, str | None, int]]


async def standing(
    database: Database, scope: Scope, unit_ids: dict[str, int], period_ids: dict[str, int], steps: Steps
) -> Fraction | None:
    """The value that stands after these were recorded in turn, some with squares; None takes back."""
    unit, period = next(iter(unit_ids.values())), period_ids["2025-01"]
    async with database.write(scope) as writer:
        for origin, text, *squares in steps:
            value = None if text is None else Fraction(text)
            of_mean = Fraction(squares[0]) if squares else None
            reading = Reading(unit, period, "m", value, n=3, missing=text is None, squares=of_mean)
            await measurements.record(writer, scope, "retail", [reading], origin)
        found = await measurements.records(
            writer, scope, "retail", unit_ids=[unit], period_ids=[period], measures=["m"]
        )
    return found[0].value if found else None


async def test_measuring_again_keeps_a_correction(
    database: Database, scope: Scope, unit_ids: dict[str, int], period_ids: dict[str, int]
) -> None:
    """The same computed value again is no news, other records are."""
    ids = (database, scope, unit_ids, period_ids)
    assert await standing(*ids, [(RECORDS, "1"), (HAND, "2"), (RECORDS, "1")]) == 2
    assert await standing(*ids, [(RECORDS, "3")]) == 3


async def test_only_a_computed_value_is_taken_back(
    database: Database, scope: Scope, unit_ids: dict[str, int], period_ids: dict[str, int]
) -> None:
    """Records that are gone take their value along, but not one that somebody recorded."""
    ids = (database, scope, unit_ids, period_ids)
    assert await standing(*ids, [(RECORDS, "1"), (RECORDS, None)]) is None
    assert await standing(*ids, [(HAND, "2"), (RECORDS, None)]) == 2


async def test_squares_that_were_not_kept_are_added(
    database: Database, scope: Scope, unit_ids: dict[str, int], period_ids: dict[str, int]
) -> None:
    """Of the same value, but not where somebody recorded another one since."""
    ids = (database, scope, unit_ids, period_ids)
    assert await standing(*ids, [(RECORDS, "1"), (HAND, "2"), (RECORDS, "1", 5)]) == 2
    assert await standing(*ids, [(RECORDS, "3"), (RECORDS, "3", 29)]) == 3
    async with database.read(scope) as reader:
        found = await measurements.history(
            reader, scope, "retail", next(iter(unit_ids.values())), period_ids["2025-01"], "m"
        )
    assert [each.squares for each in found] == [None, None, None, 29]
