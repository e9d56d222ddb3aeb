"""Evaluations become runs."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import numpy as np
import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import NotFound, SteelyardError, TransientError
from steelyard.packs import Packs
from steelyard.services import editions, evaluating, measurements, runs
from steelyard.services.context import Context, open_context
from steelyard.services.run_hash import inputs_hash, result_hash
from steelyard.store import runs as store

SHOP: dict[str, Any] = {"scheme": SCHEME, "unit": "S2"}


async def test_every_period_with_data_is_evaluated(seat: Seat) -> None:
    found = await runs.heads(*seat, scheme=SCHEME)
    assert [(run.revision, run.weight_set_id, run.state) for run in found] == [(1, None, "provisional")] * 3
    assert await runs.heads(*seat, scheme="other") == ()


async def test_nothing_new_is_no_new_run(writing_seat: Seat) -> None:
    again = await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    assert [(run.period.code, run.new, run.record.revision) for run in again] == [
        ("2025-01", False, 1),
        ("2025-02", False, 1),
        ("2025-Q1", False, 1),
    ]


async def test_new_data_make_the_next_revision(writing_seat: Seat) -> None:
    await measurements.record(*writing_seat, **SHOP, period="2025-01", measure="SPEED", value="1")
    (run,) = await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    assert (run.new, run.record.revision) == (True, 2)
    history = await runs.history(*writing_seat, scheme=SCHEME, period="2025-01")
    assert [each.revision for each in history] == [1, 2]
    assert len({each.inputs_hash for each in history}) == len({each.result_hash for each in history}) == 2


async def test_a_streak_makes_earlier_periods_part_of_the_inputs(writing_seat: Seat) -> None:
    await measurements.record(*writing_seat, **SHOP, period="2025-01", measure="SPEED", value="59%")
    found = await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    assert {run.period.code: run.new for run in found} == {"2025-01": True, "2025-02": True, "2025-Q1": False}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_evaluations_take_turns_and_only_so_many_wait(writing_seat: Seat) -> None:
    view, actor, scope = writing_seat
    asked = [
        evaluating.evaluate_scheme(view.context.view(), actor, scope, scheme=SCHEME, period="2025-01")
        for _ in range(6)
    ]
    found = await asyncio.gather(*asked, return_exceptions=True)
    refused = [each for each in found if isinstance(each, BaseException)]
    assert [(type(each), each.code) for each in refused if isinstance(each, SteelyardError)] == [
        (TransientError, "EVALUATIONS_TOO_MANY")
    ] * 2
    assert len(refused) == 2
    assert await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")


async def test_the_roots_and_the_table_are_stored(seat: Seat) -> None:
    view, _, scope = seat
    head = (await runs.heads(*seat, scheme=SCHEME))[0]
    async with view.context.database.read(scope) as reader:
        roots = (await store.roots(reader, scope, [head.id]))[head.id]
        table = await store.table(reader, scope, head.id)
    found = await editions.load(view, scope, view.context.entry(SCHEME))
    assert [(root.outcome, root.band, root.verdict, root.passed) for root in roots] == [
        ("SCORED", "B", "passed", True),
        ("SCORED", "C", "failed", False),
        ("SCORED", "C", "failed", False),
        ("SCORED", "B", "passed", True),
        ("MISSING", None, None, None),
    ]
    assert roots[0].score == pytest.approx(88.75)
    assert table.nodes == found.evaluation.codes
    first = found.rows(found.units, found.periods[0])
    for name in ("rates", "outcomes", "passes"):
        expected = getattr(found.evaluation, name)[:, first]
        assert np.array_equal(table.arrays[name], expected, equal_nan=True)


async def test_hashes_are_the_same_wherever_they_are_computed(seat: Seat) -> None:
    view, _, scope = seat
    found = await editions.load(view, scope, view.context.entry(SCHEME))
    for run in await runs.heads(*seat, scheme=SCHEME):
        period = found.structure.period_by_id(run.period_id)
        assert period is not None
        assert (run.inputs_hash, run.result_hash) == (inputs_hash(found, period), result_hash(found, period))


async def test_a_period_without_data(seat: Seat) -> None:
    with pytest.raises(NotFound) as caught:
        await evaluating.evaluate_scheme(*seat, scheme=SCHEME, period="2026-01")
    assert caught.value.code == "PERIOD_WITHOUT_DATA"


async def test_without_data_there_is_nothing_to_evaluate(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    assert await evaluating.evaluate_scheme(*seat, scheme=SCHEME) == ()


async def test_evaluations_of_one_scheme_take_turns(own_shops_url: str, packs: Packs) -> None:
    async with AsyncExitStack() as stack:
        contexts = [await stack.enter_async_context(open_context(own_shops_url, packs)) for _ in range(2)]
        seats = [(each.view(), LOCAL_ADMINISTRATOR, each.scope) for each in contexts]
        await measurements.record(*seats[0], **SHOP, period="2025-01", measure="SPEED", value="1")
        twice = [evaluating.evaluate_scheme(*seat, scheme=SCHEME) for seat in (*seats, *seats)]
        found = await asyncio.gather(*twice)
        assert sorted(run.new for each in found for run in each if run.period.code == "2025-01") == [
            False,
            False,
            False,
            True,
        ]
        history = await runs.history(*seats[1], scheme=SCHEME, period="2025-01")
    assert [each.revision for each in history] == [1, 2]


async def test_who_waited_evaluates_what_was_written_meanwhile(own_shops_url: str, packs: Packs) -> None:
    async with open_context(own_shops_url, packs) as first, open_context(own_shops_url, packs) as second:
        seats = [(each.view(), LOCAL_ADMINISTRATOR, each.scope) for each in (first, second)]
        await evaluating.evaluate_scheme(*seats[1], scheme=SCHEME)
        async with first.database.exclusive(first.scope, f"evaluate:{SCHEME}"):
            waiting = asyncio.create_task(
                evaluating.evaluate_scheme(*seats[1], scheme=SCHEME, period="2025-01")
            )
            await asyncio.sleep(0)
            await measurements.record(*seats[0], **SHOP, period="2025-01", measure="SPEED", value="1")
        (run,) = await waiting
    assert (run.new, run.record.revision) == (True, 2)


async def test_what_changes_while_it_is_evaluated_is_read_before_it_is_stored(
    own_shops_url: str, packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, values = evaluating._prepare_all, iter(["59%"])
    async with open_context(own_shops_url, packs) as first, open_context(own_shops_url, packs) as second:
        seats = [(each.view(), LOCAL_ADMINISTRATOR, each.scope) for each in (first, second)]
        for month in ("2025-01", "2025-02"):
            await measurements.record(*seats[0], **SHOP, period=month, measure="SPEED", value="1")
        await evaluating.evaluate_scheme(*seats[0], scheme=SCHEME)
        await measurements.record(*seats[0], **SHOP, period="2025-02", measure="SPEED", value="58%")

        async def interrupted(*given: Any) -> Any:
            work = await prepare(*given)
            for value in values:
                # February looks back at January.
                await measurements.record(*seats[1], **SHOP, period="2025-01", measure="SPEED", value=value)
            return work

        monkeypatch.setattr(evaluating, "_prepare_all", interrupted)
        (run,) = await evaluating.evaluate_scheme(*seats[0], scheme=SCHEME, period="2025-02")
        now = await editions.load(first.view(), first.scope, first.entry(SCHEME))
        assert run.record.inputs_hash == inputs_hash(now, now.period("2025-02"))
        assert run.record.result_hash == result_hash(now, now.period("2025-02"))
        history = await runs.history(*seats[1], scheme=SCHEME, period="2025-02")
    assert [each.revision for each in history] == [1, 2, 3]


async def test_who_changes_it_again_and_again_waits_at_last(
    own_shops_url: str, packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, waiting, goes = evaluating._prepare_all, list[asyncio.Task[Any]](), 0
    async with open_context(own_shops_url, packs) as first, open_context(own_shops_url, packs) as second:
        seats = [(each.view(), LOCAL_ADMINISTRATOR, each.scope) for each in (first, second)]

        async def interrupted(*given: Any) -> Any:
            nonlocal goes
            goes += 1
            work, value = await prepare(*given), f"{goes}%"
            change = measurements.record(*seats[1], **SHOP, period="2025-01", measure="SPEED", value=value)
            waiting.append(asyncio.create_task(change))
            if goes < 3:
                await waiting[-1]
            return work

        monkeypatch.setattr(evaluating, "_prepare_all", interrupted)
        (run,) = await evaluating.evaluate_scheme(*seats[0], scheme=SCHEME, period="2025-01")
        assert goes == 3
        last = await waiting[-1]
        assert last.record.recorded_at > run.record.evaluated_at
        monkeypatch.undo()
        (after,) = await evaluating.evaluate_scheme(*seats[0], scheme=SCHEME, period="2025-01")
    assert after.new
