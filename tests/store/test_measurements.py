"""Measurements are appended where they differ; what stands is pointed at; everything stays."""

from __future__ import annotations

import asyncio
from fractions import Fraction

import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound
from steelyard.store import current_values, imports, measurements, periods, stamps
from steelyard.store.current_values import CurrentValues
from steelyard.store.engine import Database
from steelyard.store.imports import NewImport
from steelyard.store.measurements import Origin, Reading, Recorded, Source
from steelyard.store.periods import PeriodState

Ids = dict[str, int]
ORIGIN = Origin(LOCAL_ADMINISTRATOR, Source.GRAPHQL)


@pytest.fixture
def book(database: Database, scope: Scope, unit_ids: Ids, period_ids: Ids) -> Book:
    return Book(database, scope, unit_ids, period_ids)


class Book:
    """Records and reads measurements by the codes of units and periods."""

    def __init__(self, database: Database, scope: Scope, units: Ids, periods: Ids) -> None:
        self.database, self.scope = database, scope
        self.units, self.periods = units, periods

    def reading(self, unit: str, measure: str, value: str | None, period: str = "2025-01") -> Reading:
        exact = None if value is None else Fraction(value)
        return Reading(self.units[unit], self.periods[period], measure, exact)

    async def record(self, *readings: Reading, pack: str = "retail", scope: Scope | None = None) -> Recorded:
        async with self.database.write(scope or self.scope) as writer:
            return await measurements.record(writer, scope or self.scope, pack, readings, ORIGIN)

    async def history(self, unit: str, measure: str) -> list[measurements.MeasurementRecord]:
        key = self.units[unit], self.periods["2025-01"], measure
        async with self.database.read(self.scope) as reader:
            return await measurements.history(reader, self.scope, "retail", *key)

    async def current(self, scope: Scope | None = None, **options: str | list[str]) -> set[str]:
        async with self.database.read(scope or self.scope) as reader:
            found = await current_values.load(reader, scope or self.scope, "retail", **options)
        return self.shown(found)

    def shown(self, found: CurrentValues) -> set[str]:
        units = {id: code for code, id in self.units.items()}
        periods = {id: code for code, id in self.periods.items()}
        return {
            f"{units[unit]} {periods[period]} {found.measures[measure]} {value:g}"
            for unit, period, measure, value in zip(
                found.unit_ids, found.period_ids, found.measure_index, found.values, strict=True
            )
        }

    async def stamp(self) -> int:
        async with self.database.read(self.scope) as reader:
            return (await stamps.read(reader, self.scope)).get(stamps.pack_topic("retail"), 0)


async def test_a_measurement_keeps_who_when_and_where_from(book: Book) -> None:
    assert await book.record(book.reading("s1", "m", "19.60")) == Recorded(1, 0)
    (found,) = await book.history("s1", "m")
    assert found.value == Fraction("19.6")
    assert (found.recorded_by, found.source, found.supersedes) == ("local", Source.GRAPHQL, None)
    assert found.recorded_at.utcoffset() is not None


async def test_an_imported_measurement_keeps_its_file_and_row(book: Book) -> None:
    reading = Reading(book.units["s1"], book.periods["2025-01"], "m", Fraction(1), row=7)
    async with book.database.write(book.scope) as writer:
        new = NewImport("a.csv", "ab" * 32, 1)
        made, _ = await imports.record(writer, book.scope, new, LOCAL_ADMINISTRATOR)
        origin = Origin(LOCAL_ADMINISTRATOR, Source.IMPORT, made.id)
        await measurements.record(writer, book.scope, "retail", [reading], origin)
    (found,) = await book.history("s1", "m")
    assert (found.source, found.import_id, found.row) == (Source.IMPORT, made.id, 7)


async def test_another_value_supersedes(book: Book) -> None:
    for value in ("1", "2", None, "3"):
        await book.record(book.reading("s1", "m", value))
    found = await book.history("s1", "m")
    assert [each.value for each in found] == [1, 2, None, 3]
    assert [each.supersedes for each in found] == [None, *(each.id for each in found[:-1])]
    assert await book.current() == {"s1 2025-01 m 3"}


@pytest.mark.parametrize(("value", "same"), [("1", "1.0"), ("100", "1e2"), (None, None)])
async def test_the_same_value_again_is_not_recorded(book: Book, value: str | None, same: str | None) -> None:
    await book.record(book.reading("s1", "m", value))
    before = await book.stamp()
    assert await book.record(book.reading("s1", "m", same)) == Recorded(0, 1)
    assert await book.stamp() == before
    assert len(await book.history("s1", "m")) == 1


async def test_only_what_differs_is_recorded(book: Book) -> None:
    await book.record(book.reading("s1", "m", "1"), book.reading("s2", "m", "2"))
    done = await book.record(
        book.reading("s1", "m", "1"), book.reading("s2", "m", "3"), book.reading("s2", "n", "4")
    )
    assert done == Recorded(2, 1)
    assert await book.current() == {"s1 2025-01 m 1", "s2 2025-01 m 3", "s2 2025-01 n 4"}


async def test_every_recording_raises_the_stamp_of_its_pack(book: Book) -> None:
    await book.record(book.reading("s1", "m", "1"))
    await book.record(book.reading("s1", "m", "1"), pack="other")
    assert await book.stamp() == 1


async def test_no_readings_are_no_work(book: Book) -> None:
    assert await book.record() == Recorded(0, 0)


async def test_two_readings_of_one_thing_are_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="two readings"):
        await book.record(book.reading("s1", "m", "1"), book.reading("s1", "m", "2"))


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"measures": ["m"]}, {"s1 2025-01 m 1", "r1 2025-02 m 2", "s1 2025 m nan"}),
        ({"unit_type": "shop"}, {"s1 2025-01 m 1", "s1 2025 m nan", "s1 2025-01 n 4"}),
        ({"calendar": "year"}, {"s1 2025 m nan"}),
        ({"calendar": "month", "unit_type": "region", "measures": ["m", "n"]}, {"r1 2025-02 m 2"}),
        ({"measures": []}, set()),
        ({"calendar": "week"}, set()),
    ],
)
async def test_current_values_are_filtered(
    book: Book, options: dict[str, str | list[str]], found: set[str]
) -> None:
    await book.record(
        book.reading("s1", "m", "1"),
        book.reading("s1", "n", "4"),
        book.reading("r1", "m", "2", "2025-02"),
        book.reading("s1", "m", None, "2025"),
    )
    assert await book.current(**options) == found


async def test_current_values_are_those_in_scope(book: Book, other_scope: Scope) -> None:
    await book.record(book.reading("s1", "m", "1"), book.reading("s2", "m", "2"))
    own = Scope(book.scope.tenant_id, frozenset({book.units["s2"]}))
    assert await book.current(own) == {"s2 2025-01 m 2"}
    assert await book.current(other_scope) == set()


LONG = ["0.1234567890123456789", "1e-50", "12345678901234567890", "1e-99"]


@pytest.mark.parametrize("text", LONG)
async def test_values_longer_than_a_float_stay_exact(book: Book, text: str) -> None:
    await book.record(book.reading("s1", "m", text), book.reading("s2", "m", "0.5"))
    async with book.database.read(book.scope) as reader:
        found = await current_values.load(reader, book.scope, "retail")
    row = found.unit_ids.tolist().index(book.units["s1"])
    assert found.values[row] == float(text)
    exact = found.exact.get(row, Fraction(repr(float(found.values[row]))))
    assert exact == Fraction(text)
    assert set(found.exact) <= {row}


async def test_records_of_chosen_units_and_periods(book: Book) -> None:
    await book.record(
        book.reading("s1", "m", "1"), book.reading("s1", "n", "2"), book.reading("s2", "m", "3")
    )
    units, periods = set(book.units.values()), [book.periods["2025-01"]]
    own = Scope(book.scope.tenant_id, frozenset({book.units["s1"]}))
    async with book.database.read(book.scope) as reader:
        found = await measurements.records(reader, book.scope, "retail", unit_ids=units, period_ids=periods)
        seen = await measurements.records(
            reader, own, "retail", unit_ids=units, period_ids=periods, measures=["m"]
        )
    assert [(each.measure, each.value) for each in found] == [("m", 1), ("n", 2), ("m", 3)]
    assert [each.value for each in seen] == [1]


async def test_what_is_out_of_scope_cannot_be_recorded(book: Book) -> None:
    own = Scope(book.scope.tenant_id, frozenset({book.units["s1"]}))
    with pytest.raises(NotFound):
        await book.record(book.reading("s2", "m", "1"), scope=own)
    assert await book.current() == set()


async def test_history_out_of_scope_is_empty(book: Book) -> None:
    await book.record(book.reading("s1", "m", "1"))
    book.scope = Scope(book.scope.tenant_id, frozenset({book.units["s2"]}))
    assert await book.history("s1", "m") == []


async def close(book: Book, *codes: str) -> None:
    async with book.database.write(book.scope) as writer:
        for code in codes:
            await periods.set_state(writer, book.scope, book.periods[code], PeriodState.CLOSED)


async def test_nothing_is_recorded_in_closed_periods(book: Book) -> None:
    await book.record(book.reading("s1", "m", "1"))
    await close(book, "2025-01", "2025")
    wanted = [book.reading("s1", "m", "2", period) for period in ("2025-01", "2025-02", "2025")]
    with pytest.raises(Conflict) as caught:
        await book.record(*wanted)
    assert [(each.code, each.values["period"]) for each in caught.value.problems] == [
        ("PERIOD_CLOSED", "2025-01"),
        ("PERIOD_CLOSED", "2025"),
    ]
    assert await book.current() == {"s1 2025-01 m 1"}


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_period_is_not_closed_while_something_is_recorded_in_it(book: Book) -> None:
    async with book.database.write(book.scope) as writer:
        await measurements.record(writer, book.scope, "retail", [book.reading("s1", "m", "1")], ORIGIN)
        closing = asyncio.create_task(close(book, "2025-01"))
        await asyncio.sleep(0.05)
        assert not closing.done()
    await closing
    assert await book.current() == {"s1 2025-01 m 1"}
