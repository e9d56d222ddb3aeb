"""Measures of imported records as measurements: numbers, notation, and what is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.conftest import Seat
from services.repair_pack import JOBS, SCHEME, TABLE, garages_on, import_jobs
from steelyard.services import measurements, structure
from steelyard.services.records import remeasuring
from steelyard.store import measured, periods
from steelyard.store.engine import Database
from steelyard.store.measurements import MeasurementRecord, Source
from steelyard.store.periods import PeriodState


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """A seat with the pack of records and three garages."""
    async with garages_on(database, tmp_path) as seat:
        yield seat


async def standing(seat: Seat, unit: str = "G1", period: str = "2025-01") -> dict[str, MeasurementRecord]:
    found = await measurements.records(*seat, scheme=SCHEME, period=period, units=[unit])
    return {each.measure: each for each in found.get(unit, ())}


def numbers(record: MeasurementRecord) -> tuple[Any, ...]:
    return record.value, record.numerator, record.denominator, record.n


async def set_january(seat: Seat, state: PeriodState) -> None:
    view, _, scope = seat
    january = (await structure.load(*seat)).period("2025-01")
    async with view.context.database.write(scope) as writer:
        await periods.set_state(writer, scope, january.id, state)
    view.renew()


async def test_values_with_what_they_were_divided_of(garages: Seat, tmp_path: Path) -> None:
    """A measure that the scheme reads in percent is a hundredfold; its numerator and denominator are not."""
    result = await import_jobs(garages, tmp_path)
    found = await standing(garages)
    assert {name: numbers(each) for name, each in found.items()} == {
        "again_share": (Fraction(100, 3), Fraction(1), Fraction(3), 3),
        "jobs": (Fraction(3), None, None, 3),
        "mean_invoice": (Fraction("150.05"), Fraction("300.10"), Fraction(2), 2),
    }
    assert result.record is not None
    assert {(each.source, each.import_id) for each in found.values()} == {(Source.RECORDS, result.record.id)}


async def test_nothing_is_a_zero_only_where_it_is_declared(garages: Seat, tmp_path: Path) -> None:
    """Without rows nothing is known of a garage; with a complete feed it had none."""
    await import_jobs(garages, tmp_path)
    assert await standing(garages, "G3") == {}
    await remeasuring.declare_feed(*garages, table=TABLE, units=["G3"], period_codes=["2025-01"])
    found = await standing(garages, "G3")
    assert {name: each.value for name, each in found.items()} == {
        "again_share": None,
        "jobs": Fraction(0),
        "mean_invoice": None,
    }


async def test_a_withdrawal_takes_values_back(garages: Seat, tmp_path: Path) -> None:
    """What was computed of rows that count no more is gone, and comes with the next import."""
    first = await import_jobs(garages, tmp_path)
    assert first.record is not None
    await remeasuring.withdraw(*garages, import_id=first.record.id, reason="another file")
    assert await standing(garages) == {}
    await import_jobs(garages, tmp_path, JOBS.replace("3,G1,2025-01-31,false,", "3,G1,2025-01-31,true,"))
    assert (await standing(garages))["again_share"].value == Fraction(200, 3)


async def test_a_correction_outlives_measuring_again(garages: Seat, tmp_path: Path) -> None:
    """Measuring unchanged records again does not touch what a person recorded since; other records do."""
    await import_jobs(garages, tmp_path)
    where = {"scheme": SCHEME, "unit": "G1", "period": "2025-01"}
    await measurements.record(*garages, **where, measure="jobs", value="7")
    await remeasuring.measure_table(*garages, table=TABLE)
    assert (await standing(garages))["jobs"].value == 7
    await import_jobs(
        garages, tmp_path, "number,garage,done,again,invoice\n6,G1,2025-01-09,,\n", name="b.csv"
    )
    assert (await standing(garages))["jobs"].value == 4


async def test_reopened_months_lose_what_was_withdrawn(garages: Seat, tmp_path: Path) -> None:
    """A withdrawal waits while a month is closed; measuring after it was reopened takes its values back."""
    first = await import_jobs(garages, tmp_path)
    assert first.record is not None
    await set_january(garages, PeriodState.CLOSED)
    await remeasuring.withdraw(*garages, import_id=first.record.id, reason="another file")
    assert (await standing(garages))["jobs"].value == 3
    await set_january(garages, PeriodState.OPEN)
    await remeasuring.measure_table(*garages, table=TABLE)
    assert await standing(garages) == {}


async def test_a_month_of_values_taken_back_is_not_there(garages: Seat, tmp_path: Path) -> None:
    view, _, scope = garages
    first = await import_jobs(garages, tmp_path)
    whole = await structure.load(*garages)
    units = {"repair": [unit.id for unit in whole.units]}
    async with view.context.database.read(scope) as reader:
        assert len(await measured.period_ids(reader, scope, units)) == 2
    assert first.record is not None
    await remeasuring.withdraw(*garages, import_id=first.record.id, reason="another file")
    async with view.context.database.read(scope) as reader:
        assert await measured.period_ids(reader, scope, units) == frozenset()
