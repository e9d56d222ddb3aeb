"""Exemptions: what does not count for a unit until a day, and never in a closed period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, SteelyardError
from steelyard.scoring import Outcome, Reason, RuleState
from steelyard.services import evaluating, exemptions, receipts, scorecards, structure
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.verify import verify
from steelyard.services.exemptions import ending, granting
from steelyard.services.score_sheet import Scorecard
from steelyard.store.exemptions import ExemptionRecord

WHY = "the room is being rebuilt"
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


async def granted(seat: Seat, unit: str, *, node: str | None = None, **more: Any) -> ExemptionRecord:
    wanted = {"rule": None, "starts": JANUARY, "expires": FEBRUARY, **more}
    deed = granting(seat[0], scheme=SCHEME, unit=unit, node=node, why=WHY, **wanted)
    return await done(seat, deed)


async def done(seat: Seat, deed: Deed[ExemptionRecord]) -> ExemptionRecord:
    performed = await perform(*seat, deed, reason=WHY)
    assert isinstance(performed, Performed)
    return performed.result


async def card(seat: Seat, unit: str, period: str = "2025-01") -> Scorecard:
    return await scorecards.card(*seat, scheme=SCHEME, unit=unit, period=period)


async def reasons(seat: Seat, unit: str, period: str = "2025-01") -> dict[str, Reason]:
    return {node.code: node.reason for node in (await card(seat, unit, period)).nodes}


async def test_an_indicator_does_not_count(writing_seat: Seat) -> None:
    before = (await card(writing_seat, "S1")).node("SERVICE").score
    await granted(writing_seat, "S1", node="KINDNESS")
    after = await card(writing_seat, "S1")
    assert before == 85
    assert after.node("SERVICE").score == 90
    assert (after.node("KINDNESS").outcome, after.node("KINDNESS").reason) == (
        Outcome.NOT_APPLICABLE,
        Reason.EXEMPT,
    )


async def test_with_a_group_all_below_it_is_exempt(writing_seat: Seat) -> None:
    await granted(writing_seat, "S1", node="SERVICE")
    found = await reasons(writing_seat, "S1")
    exempt = {code for code, reason in found.items() if reason is Reason.EXEMPT}
    assert exempt == {"SERVICE", "SPEED", "KINDNESS"}


async def test_it_holds_for_units_below_in_periods_that_begin_in_its_days(writing_seat: Seat) -> None:
    await granted(writing_seat, "NORTH", node="SPEED", expires=FEBRUARY)
    speed = [
        (await reasons(writing_seat, unit, period))["SPEED"]
        for unit, period in (("S1", "2025-01"), ("S2", "2025-01"), ("S3", "2025-01"), ("S1", "2025-02"))
    ]
    assert speed == [Reason.EXEMPT, Reason.EXEMPT, Reason.MEASURED, Reason.MEASURED]


async def test_a_rule_does_not_hold_and_is_listed(writing_seat: Seat) -> None:
    before = (await card(writing_seat, "S4")).uncut
    await granted(writing_seat, "S4", rule="bonus")
    after = await card(writing_seat, "S4")
    states = {each.rule.id: (each.state, each.reason.en) for each in after.rules}
    assert states["bonus"] == (RuleState.EXEMPT, "the unit is exempt from it")
    assert before == after.uncut


async def test_what_a_unit_is_exempt_from_is_told_with_its_end(writing_seat: Seat) -> None:
    record = await granted(writing_seat, "NORTH", node="SERVICE")
    view, _, scope = writing_seat
    found = await card(writing_seat, "S1")
    held = await exemptions.of_unit(view, scope, found.entry, unit=found.unit, period=found.period)
    assert {code: each.number for code, each in held.nodes.items()} == dict.fromkeys(
        ("SERVICE", "SPEED", "KINDNESS"), record.number
    )
    assert held.nodes["SPEED"].until == FEBRUARY


async def test_it_ends_early(writing_seat: Seat) -> None:
    record = await granted(writing_seat, "S1", node="SPEED", expires=MARCH)
    view, _, scope = writing_seat
    await done(writing_seat, await ending(view, scope, number=record.number, ended=FEBRUARY, why=WHY))
    found = [(await reasons(writing_seat, "S1", period))["SPEED"] for period in ("2025-01", "2025-02")]
    assert found == [Reason.EXEMPT, Reason.MEASURED]
    with pytest.raises(Conflict, match="EXEMPTION_HAS_ENDED"):
        await done(writing_seat, await ending(view, scope, number=record.number, ended=JANUARY, why=WHY))


async def test_no_closed_period_changes(writing_seat: Seat) -> None:
    record = await granted(writing_seat, "S1", node="SPEED", expires=MARCH)
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    view, _, scope = writing_seat
    with pytest.raises(Conflict, match="EXEMPTION_OF_CLOSED_PERIOD"):
        await granted(writing_seat, "S2", node="SPEED")
    with pytest.raises(Conflict, match="EXEMPTION_OF_CLOSED_PERIOD"):
        await done(writing_seat, await ending(view, scope, number=record.number, ended=JANUARY, why=WHY))
    await done(writing_seat, await ending(view, scope, number=record.number, ended=FEBRUARY, why=WHY))


async def test_a_receipt_is_recomputed_with_it(writing_seat: Seat) -> None:
    await granted(writing_seat, "S1", node="SPEED")
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    assert await receipts.recompute(*writing_seat) == receipts.Recomputed(1, ())
    assert (await verify(*writing_seat)).findings == ()


async def test_it_is_part_of_what_a_run_was_computed_from(writing_seat: Seat) -> None:
    await granted(writing_seat, "S4", node="KINDNESS")
    [first] = await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    await granted(writing_seat, "S5", rule="unkind")
    [second] = await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    assert first.record.inputs_hash != second.record.inputs_hash


REFUSED: Sequence[tuple[dict[str, Any], type[SteelyardError], str]] = [
    ({}, InvalidInput, "EXEMPTION_OF_WHAT"),
    ({"node": "SPEED", "rule": "bonus"}, InvalidInput, "EXEMPTION_OF_WHAT"),
    ({"node": "SPEED", "expires": JANUARY}, InvalidInput, "EXEMPTION_DAYS"),
    ({"node": "NOWHERE"}, NotFound, "NODE_NOT_FOUND"),
    ({"rule": "nothing"}, NotFound, "RULE_NOT_FOUND"),
    ({"node": "SERVICE", "starts": date(2024, 12, 1)}, Conflict, "EXEMPTION_EXISTS"),
]


@pytest.mark.parametrize(("what", "error", "code"), REFUSED, ids=[code for _, _, code in REFUSED])
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_cannot_be_granted(
    writing_seat: Seat, what: dict[str, Any], error: type[SteelyardError], code: str
) -> None:
    await granted(writing_seat, "S1", node="SERVICE")
    with pytest.raises(error) as raised:
        await granted(writing_seat, "S1", **what)
    assert raised.value.code == code


async def branch(seat: Seat, *codes: str, rated: Sequence[str] = ()) -> Seat:
    """Somebody with all rights on some units alone."""
    view, actor, scope = seat
    known = await structure.load(*seat)
    ids = frozenset(known.unit(code).id for code in codes)
    own = frozenset(known.unit(code).id for code in rated)
    rights = dict.fromkeys(actor.rights, ids)
    someone = Actor("eve", actor.title, rights, rated=own)
    return view, someone, Scope(scope.tenant_id, ids)


async def test_a_branch_exempts_itself_alone_and_sees_what_concerns_it(writing_seat: Seat) -> None:
    north = await branch(writing_seat, "NORTH", "S1", "S2")
    await granted(north, "S1", node="SPEED")
    with pytest.raises(NotFound, match="UNIT_NOT_FOUND"):
        await granted(north, "S3", node="SPEED")
    hidden = await granted(writing_seat, "S3", node="SPEED")
    await granted(writing_seat, "CO", node="KINDNESS")
    seen = await exemptions.list_exemptions(*north)
    assert {(each.record.node, each.unit and each.unit.code) for each in seen} == {
        ("KINDNESS", None),
        ("SPEED", "S1"),
    }
    assert hidden.number not in {each.record.number for each in seen}
    view, _, scope = north
    with pytest.raises(NotFound, match="EXEMPTION_NOT_FOUND"):
        await done(north, await ending(view, scope, number=hidden.number, ended=JANUARY, why=WHY))


async def test_nobody_exempts_what_they_are_rated_with(writing_seat: Seat) -> None:
    with pytest.raises(Forbidden, match="RATED_THERE"):
        await granted(await branch(writing_seat, "NORTH", "S1", rated=["S1"]), "NORTH", node="SPEED")
