"""Weight sets: drafted, tried, published from a period on, and never changed after that."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import update

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import Conflict, InvalidInput, NotFound, SteelyardError
from steelyard.services import comparisons, editions, evaluating, runs, scorecards
from steelyard.services.administration import verify
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.context import Context
from steelyard.services.score_sheet import Scorecard
from steelyard.services.weights import back_test, drafting, sets, what_if
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication
from steelyard.store.proposals import ProposalRecord
from steelyard.store.tables import WEIGHT_SET
from steelyard.store.weight_sets import Standard, WeightSetRecord, WeightSetState

WHY = "review 2025"


def proposed(**given: int) -> list[ProposedWeight]:
    return [ProposedWeight(node, Fraction(weight)) for node, weight in given.items()]


async def draft(seat: Seat, **given: int) -> WeightSetRecord:
    return await drafting.draft(*seat, scheme=SCHEME, weights=proposed(**given), reason=WHY)


async def publish(seat: Seat, record: WeightSetRecord, period: str, seen: int = 0) -> WeightSetRecord:
    wanted = {"scheme": SCHEME, "number": record.number, "revision": record.revision}
    deed = await publication(*seat, **wanted, period=period, seen=seen)
    done = await perform(*seat, deed, reason=WHY)
    assert isinstance(done, Performed)
    return done.result


async def scores(seat: Seat, unit: str = "S2") -> dict[str, float]:
    view, _, scope = seat
    found = await editions.load(view, scope, view.context.entry(SCHEME))
    by_period = {
        each.code: found.evaluation.score("SHOP")[found.row(found.unit(unit), each)] for each in found.periods
    }
    return {code: round(float(score), 6) for code, score in by_period.items() if score == score}


def codes(raised: pytest.ExceptionInfo[SteelyardError]) -> list[str]:
    return [problem.kind.code for problem in raised.value.problems]


async def test_a_draft_changes_no_score(writing_seat: Seat) -> None:
    before = await scores(writing_seat)
    record = await draft(writing_seat, SERVICE=0)
    assert (record.number, record.state, record.revision) == (1, WeightSetState.DRAFT, 0)
    assert await scores(writing_seat) == before


async def test_a_published_set_holds_from_its_period_on(writing_seat: Seat) -> None:
    before = await scores(writing_seat)
    await publish(writing_seat, await draft(writing_seat, SERVICE=0), "2025-02")
    after = await scores(writing_seat)
    assert after["2025-01"] == before["2025-01"] == 65
    assert (before["2025-02"], after["2025-02"]) == (61.25, 80)


async def test_of_two_sets_for_one_start_the_last_published_holds(writing_seat: Seat) -> None:
    first = await draft(writing_seat, SERVICE=0)
    second = await draft(writing_seat, SERVICE=1)
    await publish(writing_seat, second, "2025-01")
    await publish(writing_seat, first, "2025-01", seen=second.number)
    assert (await scores(writing_seat))["2025-01"] == 80


async def test_a_run_names_the_set_that_it_used(writing_seat: Seat) -> None:
    made = await publish(writing_seat, await draft(writing_seat, SERVICE=0), "2025-02")
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    used = {run.period_id: run.weight_set_id for run in await runs.heads(*writing_seat, scheme=SCHEME)}
    view, _, scope = writing_seat
    found = await editions.load(view, scope, view.context.entry(SCHEME))
    assert {each.code: used[each.id] for each in found.measured} == {
        "2025-01": None,
        "2025-02": made.id,
        "2025-Q1": None,
    }


async def test_a_draft_is_based_on_another_set(writing_seat: Seat) -> None:
    first = await draft(writing_seat, SERVICE=2, SPEED=5)
    second = await drafting.draft(
        *writing_seat, scheme=SCHEME, weights=proposed(SERVICE=4), reason=WHY, base=first.number
    )
    assert second.weights == {"SERVICE": 4, "SPEED": 5}


async def test_nobody_overwrites_what_somebody_else_changed(writing_seat: Seat) -> None:
    record = await draft(writing_seat, SERVICE=2)
    which: dict[str, Any] = {"scheme": SCHEME, "number": record.number, "revision": 0}
    changed = await drafting.change(*writing_seat, **which, weights=proposed(ROOMS=2))
    assert (changed.revision, changed.weights) == (1, {"SERVICE": 2, "ROOMS": 2})
    with pytest.raises(Conflict) as raised:
        await drafting.change(*writing_seat, **which, weights=proposed(ROOMS=3))
    assert codes(raised) == ["WEIGHT_SET_CHANGED"]
    with pytest.raises(Conflict) as raised:
        await drafting.discard(*writing_seat, **which)
    assert codes(raised) == ["WEIGHT_SET_CHANGED"]


async def test_a_discarded_draft_is_gone(writing_seat: Seat) -> None:
    record = await draft(writing_seat, SERVICE=2)
    await drafting.discard(*writing_seat, scheme=SCHEME, number=record.number, revision=0)
    with pytest.raises(NotFound) as raised:
        await sets.find(*writing_seat, SCHEME, record.number)
    assert codes(raised) == ["WEIGHT_SET_NOT_FOUND"]


async def test_a_published_set_is_neither_changed_nor_discarded_nor_published_again(
    writing_seat: Seat,
) -> None:
    made = await publish(writing_seat, await draft(writing_seat, SERVICE=2), "2025-02")
    which: dict[str, Any] = {"scheme": SCHEME, "number": made.number, "revision": 0}
    tries = [
        drafting.change(*writing_seat, **which, weights=proposed(ROOMS=3)),
        drafting.discard(*writing_seat, **which),
        publish(writing_seat, made, "2025-01"),
    ]
    for each in tries:
        with pytest.raises(Conflict) as raised:
            await each
        assert codes(raised) == ["WEIGHT_SET_PUBLISHED"]


async def test_the_weights_of_a_closed_period_stand(writing_seat: Seat) -> None:
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    record = await draft(writing_seat, SERVICE=0)
    with pytest.raises(Conflict) as raised:
        await publish(writing_seat, record, "2025-01")
    assert codes(raised) == ["WEIGHTS_OF_CLOSED_PERIOD"]
    await publish(writing_seat, record, "2025-02")
    assert (await scores(writing_seat))["2025-01"] == 65


async def test_who_did_not_see_what_is_in_force_does_not_publish_over_it(writing_seat: Seat) -> None:
    first = await publish(writing_seat, await draft(writing_seat, SERVICE=0), "2025-01")
    second = await draft(writing_seat, SERVICE=1)
    with pytest.raises(Conflict) as raised:
        await publish(writing_seat, second, "2025-02")
    [problem] = raised.value.problems
    assert problem.kind.code == "WEIGHTS_SUPERSEDED"
    assert (problem.values["found"], problem.values["nodes"]) == (first.number, "SERVICE")


async def test_of_two_who_publish_at_once_one_wins(writing: Context) -> None:
    seats = [(writing.view(), LOCAL_ADMINISTRATOR, writing.scope) for _ in range(2)]
    records = [await draft(seats[0], SERVICE=weight) for weight in (0, 1)]
    pairs = zip(seats, records, strict=True)
    done = await asyncio.gather(
        *(publish(seat, record, "2025-01") for seat, record in pairs), return_exceptions=True
    )
    won = [each for each in done if isinstance(each, WeightSetRecord)]
    lost = [each for each in done if isinstance(each, Conflict)]
    assert len(won) == len(lost) == 1
    assert [problem.kind.code for problem in lost[0].problems] == ["WEIGHTS_SUPERSEDED"]
    states = [each.state for each in await sets.load(writing.view(), *seats[0][1:], SCHEME)]
    assert sorted(states) == [WeightSetState.DRAFT, WeightSetState.PUBLISHED]


async def test_publishing_may_wait_for_a_second_person(writing_seat: Seat) -> None:
    await perform(*writing_seat, SetPolicy("second_person", ("weights.publish",)), reason=WHY)
    record = await draft(writing_seat, SERVICE=0)
    deed = await publication(*writing_seat, scheme=SCHEME, number=record.number, revision=0, period="2025-01")
    assert isinstance(await perform(*writing_seat, deed, reason=WHY), ProposalRecord)
    assert (await scores(writing_seat))["2025-01"] == 65


async def test_verification_finds_a_published_set_that_was_changed(writing_seat: Seat) -> None:
    made = await publish(writing_seat, await draft(writing_seat, SERVICE=2), "2025-01")
    view, _, scope = writing_seat
    async with view.context.database.write(scope) as writer:
        table = WEIGHT_SET.c
        mine = (table.tenant_id == scope.tenant_id) & (table.id == made.id)
        await writer.run(update(WEIGHT_SET).where(mine).values(weights={"SERVICE": "9"}))
    found = await verify.verify(*writing_seat)
    assert [problem.values["subject"] for problem in found.findings] == [f"weights:{SCHEME}/{made.number}"]


async def test_a_draft_is_tried_whole(writing_seat: Seat) -> None:
    record = await draft(writing_seat, SERVICE=0)
    found = await what_if.propose(
        *writing_seat, scheme=SCHEME, period="2025-01", weight_set=record.number, units=["S2"]
    )
    [change] = found.changes
    assert (change.current.score, change.proposed.score) == (65, 80)


async def test_what_is_tried_is_compared_with_what_is_in_force(writing_seat: Seat) -> None:
    await publish(writing_seat, await draft(writing_seat, SERVICE=0), "2025-01")
    found = await what_if.propose(
        *writing_seat, scheme=SCHEME, period="2025-01", weight_set=sets.SCHEMES_OWN, units=["S2"]
    )
    [change] = found.changes
    assert (change.current.score, change.proposed.score) == (80, 65)
    assert {each.node: each.current_local for each in found.nodes}["SERVICE"] == 0


async def test_a_draft_is_tried_on_the_last_periods(writing_seat: Seat) -> None:
    record = await draft(writing_seat, SERVICE=0)
    found = await back_test.back_test(
        *writing_seat, scheme=SCHEME, until="2025-02", periods=3, weight_set=record.number, units=["S2"]
    )
    assert [(each.period.code, each.changes[0].proposed.score) for each in found] == [
        ("2025-01", 80),
        ("2025-02", 80),
    ]


async def test_there_is_something_to_try_on(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await back_test.back_test(
            *seat, scheme=SCHEME, until="2025-02", periods=0, weights=proposed(SERVICE=0)
        )
    assert codes(raised) == ["WEIGHTS_NOTHING_TO_TRY"]


async def test_two_sets_differ_in_shares(writing_seat: Seat) -> None:
    record = await draft(writing_seat, SERVICE=0)
    found = await sets.differences(*writing_seat, SCHEME, sets.SCHEMES_OWN, record.number)
    shares = {each.node: (each.current_local, each.proposed_local) for each in found}
    assert shares["ROOMS"] == (0.25, 1)


async def card(seat: Seat, unit: str, period: str = "2025-01") -> Scorecard:
    return await scorecards.card(*seat, scheme=SCHEME, unit=unit, period=period)


async def with_standards(seat: Seat, *standards: Standard) -> WeightSetRecord:
    return await drafting.draft(*seat, scheme=SCHEME, weights=(), standards=standards, reason=WHY)


async def test_a_pass_line_of_its_own_decides_for_a_unit(writing_seat: Seat) -> None:
    assert (await card(writing_seat, "S2")).verdict == "failed"
    lower = Standard("SHOP", pass_line=Fraction("0.65"), target=Fraction("0.8"), unit="S2")
    await publish(writing_seat, await with_standards(writing_seat, lower), "2025-01")
    second, third = await card(writing_seat, "S2"), await card(writing_seat, "S3")
    assert (second.root.line, second.root.target, second.verdict) == (0.65, 0.8, "passed")
    assert (third.root.line, third.root.target, third.verdict) == (0.7, None, "failed")


async def test_a_comparison_tells_the_distance_to_the_target(writing_seat: Seat) -> None:
    aimed = Standard("SHOP", target=Fraction("0.8"), unit="S2")
    await publish(writing_seat, await with_standards(writing_seat, aimed), "2025-01")
    table = await comparisons.compare(*writing_seat, scheme=SCHEME, units=["S2", "S3"], periods=["2025-01"])
    second, third = table.cell(0, 0, 0), table.cell(1, 0, 0)
    assert second.score is not None
    assert (second.to_target, third.to_target) == (pytest.approx(second.score - 80), None)


async def test_what_is_nearer_to_a_unit_holds(writing_seat: Seat) -> None:
    lines = {"0.1": {}, "0.2": {"unit": "CO"}, "0.3": {"unit": "SOUTH"}, "0.4": {"unit": "S3"}}
    standards = [Standard("SHOP", pass_line=Fraction(line), **where) for line, where in lines.items()]
    large = Standard("ROOMS", pass_line=Fraction("0.5"), attribute="size", value="large")
    await publish(writing_seat, await with_standards(writing_seat, *standards[::-1], large), "2025-01")
    found = {unit: (await card(writing_seat, unit)).root.line for unit in ("S1", "S3", "S4")}
    assert found == {"S1": 0.2, "S3": 0.4, "S4": 0.3}
    rooms = {unit: (await card(writing_seat, unit)).node("ROOMS").line for unit in ("S3", "S4")}
    assert rooms == {"S3": 0.7, "S4": 0.5}


async def test_standards_of_a_draft_are_tried(writing_seat: Seat) -> None:
    record = await with_standards(writing_seat, Standard("SHOP", pass_line=Fraction("0.6")))
    found = await what_if.propose(
        *writing_seat, scheme=SCHEME, period="2025-01", weight_set=record.number, units=["S2"]
    )
    [change] = found.changes
    assert (change.current.verdict, change.proposed.verdict) == ("failed", "passed")


WRONG = {
    "WEIGHT_UNKNOWN_NODE": Standard("NOTHING", target=Fraction(1)),
    "STANDARD_UNKNOWN_UNIT": Standard("SHOP", target=Fraction(1), unit="S9"),
    "STANDARD_FOR_WHOM": Standard("SHOP", target=Fraction(1), attribute="size"),
    "STANDARD_EMPTY": Standard("SHOP"),
    "STANDARD_NO_RATE": Standard("SHOP", target=Fraction(70)),
}


@pytest.mark.parametrize("code", WRONG)
async def test_standards_are_checked(writing_seat: Seat, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await with_standards(writing_seat, WRONG[code])
    assert codes(raised) == [code]


async def test_standards_of_one_node_do_not_contradict(writing_seat: Seat) -> None:
    twice = Standard("SHOP", target=Fraction(1))
    sized = Standard("SHOP", target=Fraction(1), attribute="size", value="large")
    other = Standard("SHOP", target=Fraction(1), attribute="kind", value="old")
    with pytest.raises(InvalidInput) as raised:
        await with_standards(writing_seat, twice, twice, sized, other)
    assert codes(raised) == ["STANDARD_TWICE", "STANDARD_TWO_ATTRIBUTES"]


async def test_a_period_that_is_not_on_record_is_to_be_put_there(writing_seat: Seat) -> None:
    with pytest.raises(NotFound) as raised:
        await publish(writing_seat, await draft(writing_seat, SERVICE=0), "2026-07")
    [problem] = raised.value.problems
    assert problem.code == "WEIGHTS_PERIOD_NOT_ON_RECORD"
    assert "steelyard period add month 2026-07" in problem.text("en")


async def test_attributes_of_standards_can_be_kept(writing_seat: Seat) -> None:
    standards = [Standard("SPEED", pass_line=Fraction(1, 2), attribute="a" * 301, value="")]
    with pytest.raises(InvalidInput) as raised:
        await drafting.draft(*writing_seat, scheme=SCHEME, weights=[], reason=WHY, standards=standards)
    assert codes(raised) == ["TEXT_TOO_LONG", "TEXT_EMPTY"]
