"""Receipts of closed periods: told by acts, recomputed, and whatever was changed by hand is found."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import ByHand, Seat
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Conflict, Problem
from steelyard.services import evaluating, importing, receipts
from steelyard.services.administration import listing, verify
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CreateUnit, SetAttribute
from steelyard.services.context import Context, context_on
from steelyard.services.weights import drafting
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication

WHY = "the month is over"


@pytest.fixture
async def closed(writing_seat: Seat) -> Seat:
    """January is closed and evaluated; February is a period to come of the rest."""
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    return writing_seat


async def found(seat: Seat) -> list[str]:
    return [problem.kind.code for problem in (await receipts.recompute(*seat)).findings]


async def test_the_evaluation_of_a_closed_period_is_an_act(closed: Seat) -> None:
    [act] = await listing.acts_before(*closed, deed=receipts.EVALUATED)
    assert (act.subject, act.reason) == (f"batch:score.evaluate/{SCHEME}", "month/2025-01")


async def test_an_evaluation_of_open_periods_is_none(writing_seat: Seat) -> None:
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    assert not await listing.acts_before(*writing_seat, deed=receipts.EVALUATED)


async def test_a_receipt_is_recomputed(closed: Seat) -> None:
    assert await receipts.recompute(*closed) == receipts.Recomputed(1, ())
    assert (await verify.verify(*closed)).findings == ()


async def test_units_may_have_come_in_any_order(writing_seat: Seat) -> None:
    table = b"unit,period,SPEED\nB9,2025-01,80%\nA1,2025-01,70%\n"
    for at in (1, 2):
        rows = b"\n".join([table.split(b"\n")[0], table.split(b"\n")[at]])
        await importing.import_table(
            *writing_seat, scheme=SCHEME, data=rows, file=f"{at}.csv", create_units=True
        )
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    assert await found(writing_seat) == []


async def test_it_stands_when_later_periods_get_other_weights(closed: Seat) -> None:
    weights = [ProposedWeight("SERVICE", Fraction(0))]
    draft = await drafting.draft(*closed, scheme=SCHEME, weights=weights, reason=WHY)
    wanted: dict[str, Any] = {"scheme": SCHEME, "number": draft.number, "revision": 0}
    await perform(*closed, await publication(*closed, **wanted, period="2025-02"), reason=WHY)
    assert await found(closed) == []


async def test_it_stands_when_the_pack_has_another_version(closed: Seat, writing: Context) -> None:
    newer = shop_packs(SOURCE.replace("1.0.0", "2.0.0").replace("pass: 70%", "pass: 50%"))
    async with context_on(writing.database, newer) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        assert await found(seat) == []


async def test_a_changed_measurement_is_found(closed: Seat, by_hand: ByHand) -> None:
    await by_hand("UPDATE measurement SET value = '0.5'")
    assert await found(closed) == ["RECEIPT_INPUTS"]


async def test_a_changed_score_is_found(closed: Seat, by_hand: ByHand) -> None:
    await by_hand("UPDATE run_root SET score = 100")
    assert await found(closed) == ["RECEIPT_FIGURES"]


async def test_a_changed_receipt_is_found(closed: Seat, by_hand: ByHand) -> None:
    await by_hand("UPDATE run SET result_hash = 'other'")
    assert await found(closed) == ["RECEIPT_RESULT"]
    findings: tuple[Problem, ...] = (await verify.verify(*closed)).findings
    assert {problem.kind.code for problem in findings} == {"ROW_CHANGED"}


async def test_a_changed_scheme_version_is_found(closed: Seat, writing: Context, by_hand: ByHand) -> None:
    await by_hand("UPDATE scheme_version SET source = replace(source, 'pass: 70%', 'pass: 10%')")
    newer = shop_packs(SOURCE.replace("1.0.0", "2.0.0"))
    async with context_on(writing.database, newer) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        assert await found(seat) == ["RECEIPT_INPUTS"]


async def test_an_attribute_of_a_closed_period_does_not_change(closed: Seat) -> None:
    for unit, value in (("S4", "small"), ("S4", None), ("S5", "large")):
        deed = SetAttribute(unit, "size", value, date(2025, 1, 31))
        with pytest.raises(Conflict) as raised:
            await perform(*closed, deed, reason=WHY)
        assert [problem.kind.code for problem in raised.value.problems] == ["ATTRIBUTE_OF_CLOSED_PERIOD"]
    await perform(*closed, SetAttribute("S4", "size", "small", date(2025, 2, 1)), reason=WHY)
    assert await found(closed) == []


async def test_an_attribute_of_a_unit_that_is_new_may_be_of_always(closed: Seat) -> None:
    await perform(*closed, CreateUnit("S6", "六店", "Shop 6", "shop"), reason=WHY)
    await perform(*closed, SetAttribute("S6", "size", "large"), reason=WHY)
    assert await found(closed) == []


async def test_a_run_that_cannot_be_read_hides_nothing_else(closed: Seat, by_hand: ByHand) -> None:
    await by_hand("UPDATE run SET arrays = substr(arrays, 1, 20)")
    assert await found(closed) == ["RECEIPT_FIGURES"]
