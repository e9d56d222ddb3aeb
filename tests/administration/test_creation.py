"""What imports, samples and single measurements make by the way: one act tells of it."""

from __future__ import annotations

import orjson
import pytest

from administration.conftest import ByHand
from administration.people import Seat
from services.shop_pack import SCHEME, TABLE
from steelyard.services import importing, measurements, sampling
from steelyard.services.administration import listing
from steelyard.services.administration.verify import verify

LATER = "unit,period,SPEED,size\nS1,2025-05,90%,large\nS7,2025-05,80%,\n"


async def deeds(seat: Seat) -> list[str]:
    return [act.deed for act in reversed(await listing.acts_before(*seat))]


async def test_an_import_that_makes_units_and_periods_has_one_act(seat: Seat, by_hand: ByHand) -> None:
    await importing.import_table(*seat, scheme=SCHEME, data=TABLE.encode(), file="t.csv", create_units=True)
    [act] = await listing.acts_before(*seat)
    assert (act.deed, act.reason, act.actor) == ("measurement.import", "t.csv", "ada")
    members = orjson.loads(act.after or "")["members"]
    assert {"unit:S1", "period:month/2025-01", "calendar:month"} <= members.keys()
    assert (await verify(*seat)).findings == ()
    await by_hand("UPDATE unit SET unit_type = 'x' WHERE code = 'S1'")
    [finding] = (await verify(*seat)).findings
    assert (finding.code, finding.values["subject"]) == ("ROW_CHANGED", "unit:S1")


async def test_an_import_that_makes_nothing_has_none(seat: Seat) -> None:
    for file, value in (("a.csv", "90%"), ("b.csv", "91%")):
        data = f"unit,period,SPEED\nS1,2025-01,{value}\n".encode()
        await importing.import_table(*seat, scheme=SCHEME, data=data, file=file, create_units=True)
    assert await deeds(seat) == ["measurement.import"]


async def test_a_dry_run_leaves_no_act(seat: Seat) -> None:
    data = TABLE.encode()
    order = {"scheme": SCHEME, "data": data, "file": "t.csv", "create_units": True, "dry_run": True}
    await importing.import_table(*seat, **order)
    assert await deeds(seat) == []


async def test_new_attributes_of_known_units_are_told(seat: Seat) -> None:
    for data in (TABLE, LATER):
        await importing.import_table(*seat, scheme=SCHEME, data=data.encode(), file="t", create_units=True)
    act = (await listing.acts_before(*seat))[0]
    before, after = orjson.loads(act.before or "")["members"], orjson.loads(act.after or "")["members"]
    assert (before.keys(), after.keys()) == ({"unit:S1"}, {"unit:S1", "unit:S7", "period:month/2025-05"})
    assert (await verify(*seat)).findings == ()


async def test_a_first_measurement_in_a_period_has_an_act(seat: Seat) -> None:
    await importing.import_table(*seat, scheme=SCHEME, data=TABLE.encode(), file="t.csv", create_units=True)
    for value in ("90%", "80%"):
        await measurements.record(
            *seat, scheme=SCHEME, unit="S1", period="2025-07", measure="SPEED", value=value
        )
    assert await deeds(seat) == ["measurement.import", "measurement.record"]
    assert (await verify(*seat)).findings == ()


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_samples_are_loaded_by_acts(seat: Seat) -> None:
    await sampling.load_samples(*seat)
    assert (await verify(*seat)).findings == ()
    count = len(await deeds(seat))
    await sampling.load_samples(*seat)
    assert len(await deeds(seat)) == count
