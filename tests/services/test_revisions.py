"""Corrections: another revision, both stay, and verdicts that depend on the corrected period are listed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import orjson
import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME, SOURCE, TABLE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import Conflict
from steelyard.services import (
    dependents,
    evaluating,
    exemptions,
    measurements,
    receipts,
    revisions,
    sampling,
    scorecards,
)
from steelyard.services.administration import listing
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.verify import verify
from steelyard.services.context import context_on
from steelyard.services.evaluating import EvaluatedRun
from steelyard.store.engine import Database

WHY = "a ticket was counted twice"
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")
C_EACH_MONTH = "".join(f"S2,{month},50%,60%,1,0\n" for month in MONTHS[2:])


@pytest.fixture
async def closed(database: Database) -> AsyncIterator[Seat]:
    """Four months, closed and evaluated after a provisional run; S2 is in band C, from March on suspended."""
    packs = shop_packs(SOURCE, TABLE + C_EACH_MONTH)
    async with context_on(database, packs) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*seat)
        for month in MONTHS:
            await perform(*seat, ClosePeriod("month", month), reason=WHY)
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
        yield seat


async def corrected(seat: Seat, month: str = "2025-01") -> EvaluatedRun:
    """S2 was better in a month than recorded."""
    await perform(*seat, ReopenPeriod("month", month, correct=True), reason=WHY)
    for measure in ("SPEED", "KINDNESS"):
        await measurements.record(*seat, scheme=SCHEME, unit="S2", period=month, measure=measure, value="95%")
    await perform(*seat, ClosePeriod("month", month), reason=WHY)
    [run] = await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period=month)
    return run


async def verdict(seat: Seat, month: str) -> str | None:
    return (await scorecards.card(*seat, scheme=SCHEME, unit="S2", period=month)).verdict


async def test_a_final_period_is_opened_to_be_corrected_alone(closed: Seat) -> None:
    with pytest.raises(Conflict, match="PERIOD_IS_FINAL"):
        await perform(*closed, ReopenPeriod("month", "2025-01"), reason=WHY)
    await perform(*closed, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)
    assert (await verify(*closed)).findings == ()


async def test_a_correction_is_a_revision_and_both_stay(closed: Seat) -> None:
    run = await corrected(closed)
    assert (run.record.revision, run.new) == (3, True)
    first, second = await revisions.revisions(*closed, scheme=SCHEME, period="2025-01")
    assert (first.record.revision, second.record.revision) == (2, 3)
    [unit] = second.units
    assert (unit.unit.code, unit.before and unit.before.band, unit.after and unit.after.band) == (
        "S2",
        "C",
        "A",
    )
    changes = {(each.unit.code, each.measure): (each.before, each.after) for each in second.inputs}
    assert changes == {("S2", "SPEED"): (0.6, 0.95), ("S2", "KINDNESS"): (0.6, 0.95)}
    assert (second.other_version, second.other_weights) == (False, False)


async def test_an_exemption_is_named_as_the_reason(closed: Seat) -> None:
    view, _, _ = closed
    await perform(*closed, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)
    days = {"starts": date(2025, 1, 1), "expires": date(2025, 2, 1)}
    deed = exemptions.granting(view, scheme=SCHEME, unit="S2", node="ROOMS", rule=None, **days, why=WHY)
    granted = await perform(*closed, deed, reason=WHY)
    assert isinstance(granted, Performed)
    await perform(*closed, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*closed, scheme=SCHEME, period="2025-01")
    first, second = await revisions.revisions(*closed, scheme=SCHEME, period="2025-01")
    assert [each.number for each in second.exemptions] == [granted.result.number]
    assert (first.exemptions, second.inputs) == ((), ())
    assert [each.unit.code for each in second.units] == ["S2"]


async def test_later_verdicts_that_count_it_are_listed_and_stay(closed: Seat) -> None:
    assert await dependents.list_dependents(*closed, scheme=SCHEME) == ()
    run = await corrected(closed)
    listed = await dependents.list_dependents(*closed, scheme=SCHEME, period="2025-01")
    found = [(each.unit.code, each.period.code, each.rules, each.stored, each.now) for each in listed]
    assert found == [("S2", "2025-03", ("three-times-c",), "suspended", "failed")]
    assert run.dependent == listed
    assert await verdict(closed, "2025-03") == "suspended"


async def test_the_act_of_the_correction_names_them(closed: Seat) -> None:
    await corrected(closed)
    [act, _] = await listing.acts_before(*closed, deed=receipts.EVALUATED)
    assert orjson.loads(act.after or "")["beside"]["dependent_verdicts"] == [
        {
            "period": "month/2025-03",
            "unit": "S2",
            "rules": ["three-times-c"],
            "stored": "suspended",
            "now": "failed",
        }
    ]


async def test_what_depends_on_a_corrected_period_is_verified_as_it_was(closed: Seat) -> None:
    await corrected(closed)
    assert (await receipts.recompute(*closed)).findings == ()
    assert (await verify(*closed)).findings == ()


async def test_evaluating_all_leaves_it_and_naming_it_makes_a_revision(closed: Seat) -> None:
    await corrected(closed)
    runs = await evaluating.evaluate_scheme(*closed, scheme=SCHEME)
    assert [run.period.code for run in runs if run.new] == []
    [run] = await evaluating.evaluate_scheme(*closed, scheme=SCHEME, period="2025-03")
    assert (run.new, run.record.revision) == (True, 3)
    assert await verdict(closed, "2025-03") == "failed"
    assert await dependents.list_dependents(*closed, scheme=SCHEME) == ()
    assert (await receipts.recompute(*closed)).findings == ()


async def test_a_part_of_the_units_sees_its_own_and_no_revisions(closed: Seat) -> None:
    await corrected(closed)
    view, actor, scope = closed
    everybody = {
        each.unit.code: each.unit.id for each in await dependents.list_dependents(*closed, scheme=SCHEME)
    }
    own = view, actor, Scope(scope.tenant_id, frozenset(everybody.values()))
    other = view, actor, Scope(scope.tenant_id, frozenset())
    assert len(await dependents.list_dependents(*own, scheme=SCHEME)) == 1
    assert await dependents.list_dependents(*other, scheme=SCHEME) == ()
    assert await revisions.revisions(*own, scheme=SCHEME, period="2025-01") == ()
