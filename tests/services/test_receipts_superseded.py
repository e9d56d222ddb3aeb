"""Receipts that others took the place of are recomputed too, from what stood when they were made."""

from __future__ import annotations

from datetime import date

import pytest

from services.conftest import ByHand, Seat
from services.shop_pack import SCHEME
from steelyard.errors import Problem
from steelyard.services import evaluating, exemptions, measurements, receipts
from steelyard.services.administration import verify
from steelyard.services.administration.calendars import ClosePeriod, ReopenPeriod
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import SetAttribute

WHY = "a ticket was counted twice"
JANUARY = date(2025, 1, 1)


async def evaluated(seat: Seat) -> None:
    """January is closed and evaluated."""
    await perform(*seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period="2025-01")


async def reopened(seat: Seat) -> None:
    await perform(*seat, ReopenPeriod("month", "2025-01", correct=True), reason=WHY)


async def speed(seat: Seat, value: str) -> None:
    await measurements.record(*seat, scheme=SCHEME, unit="S2", period="2025-01", measure="SPEED", value=value)


@pytest.fixture
async def twice(writing_seat: Seat) -> Seat:
    """January was corrected twice, after a provisional run: three final revisions with three speeds of S2."""
    await evaluated(writing_seat)
    for value in ("70%", "80%"):
        await reopened(writing_seat)
        await speed(writing_seat, value)
        await evaluated(writing_seat)
    return writing_seat


async def found(seat: Seat) -> list[Problem]:
    return list((await receipts.recompute(*seat)).findings)


async def test_all_revisions_are_recomputed(twice: Seat) -> None:
    assert await receipts.recompute(*twice) == receipts.Recomputed(3, ())
    assert (await verify.verify(*twice)).findings == ()


async def test_a_period_that_is_open_again_has_receipts(twice: Seat) -> None:
    await reopened(twice)
    await speed(twice, "10%")
    assert await receipts.recompute(*twice) == receipts.Recomputed(3, ())


@pytest.mark.parametrize(("value", "revision"), [("0.6", 2), ("0.7", 3), ("0.8", 4)])
async def test_a_superseded_value_that_was_changed_is_found_and_named(
    value: str, revision: int, twice: Seat, by_hand: ByHand
) -> None:
    shop = "(SELECT id FROM unit WHERE code = 'S2')"
    january = "(SELECT id FROM period WHERE code = '2025-01')"
    await by_hand(
        f"UPDATE measurement SET value = '0.99' WHERE measure = 'SPEED' AND value = '{value}'"
        f" AND unit_id = {shop} AND period_id = {january}"
    )
    [problem] = await found(twice)
    assert problem.kind.code == "RECEIPT_INPUTS"
    assert problem.values["subject"] == f"test.shop, month/2025-01, {revision}"
    assert problem.values["found"] == "S2/SPEED"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE run_root SET score = 100 WHERE run_id = (SELECT min(id) FROM run WHERE state = 'final')",
            "RECEIPT_FIGURES",
        ),
        (
            "UPDATE run SET result_hash = 'x' WHERE id = (SELECT min(id) FROM run WHERE state = 'final')",
            "RECEIPT_RESULT",
        ),
        ("UPDATE measurement SET supersedes = NULL WHERE value = '0.7'", "RECEIPT_INPUTS"),
        ("UPDATE measurement SET recorded_at = '2020-01-01 00:00:00' WHERE value = '0.7'", "RECEIPT_INPUTS"),
    ],
)
async def test_what_was_changed_in_an_old_revision_is_found(
    statement: str, code: str, twice: Seat, by_hand: ByHand
) -> None:
    await by_hand(statement)
    assert [(each.kind.code, str(each.values["subject"])[-1]) for each in await found(twice)] == [(code, "2")]


async def test_attributes_count_as_they_were_known(writing_seat: Seat) -> None:
    """The size decides on the weights of SPEED: S1 becomes large, small again, and is moved meanwhile."""
    seat = writing_seat
    await evaluated(seat)
    for size in ("large", "small"):
        await reopened(seat)
        await perform(*seat, SetAttribute("S1", "size", size, JANUARY), reason=WHY)
        await perform(*seat, MoveUnit("S1", "SOUTH" if size == "large" else "NORTH", JANUARY), reason=WHY)
        await evaluated(seat)
    assert await receipts.recompute(*seat) == receipts.Recomputed(3, ())


async def test_an_attribute_that_was_superseded_and_changed_by_hand_is_found(
    writing_seat: Seat, by_hand: ByHand
) -> None:
    seat = writing_seat
    await evaluated(seat)
    for size in ("large", "small"):
        await reopened(seat)
        await perform(*seat, SetAttribute("S1", "size", size, JANUARY), reason=WHY)
        await evaluated(seat)
    await by_hand("UPDATE past_unit_attribute SET value = 'small' WHERE value = 'large'")
    [problem] = await found(seat)
    assert problem.values["subject"] == "test.shop, month/2025-01, 3"
    assert problem.values["found"] == "S1/SPEED, S1/KINDNESS"


async def test_an_attribute_cleared_in_a_correction_counts_before_it(writing_seat: Seat) -> None:
    await evaluated(writing_seat)
    await reopened(writing_seat)
    await perform(*writing_seat, SetAttribute("S4", "size", None), reason=WHY)
    await evaluated(writing_seat)
    assert await receipts.recompute(*writing_seat) == receipts.Recomputed(2, ())


async def test_exemptions_count_where_the_unit_stood_then(writing_seat: Seat) -> None:
    """Granted to a region, of which the shop is moved in a correction."""
    seat = writing_seat
    view, _, _ = seat
    wanted = {"scheme": SCHEME, "unit": "NORTH", "node": "ROOMS", "rule": None}
    days = {"starts": JANUARY, "expires": date(2026, 1, 1)}
    await perform(*seat, exemptions.granting(view, **wanted, **days, why=WHY), reason=WHY)
    await evaluated(seat)
    await reopened(seat)
    await perform(*seat, MoveUnit("S2", "SOUTH", JANUARY), reason=WHY)
    await evaluated(seat)
    assert await receipts.recompute(*seat) == receipts.Recomputed(2, ())
