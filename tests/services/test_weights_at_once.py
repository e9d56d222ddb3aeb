"""Weight sets published at once by processes of their own: one wins, and nothing is half done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from services.record_kills import FORKED
from services.shop_pack import SCHEME, shop_packs
from services.weight_race import discard, evaluate, publish_all
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.services import evaluating, runs
from steelyard.services.administration import verify
from steelyard.services.context import open_context
from steelyard.services.weights import drafting, sets
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.store.weight_sets import WeightSetState


def _race(*turns: tuple[Callable[..., None], tuple[Any, ...]]) -> list[list[str]]:
    """Run each in a process of its own; what they said."""
    start, ends, processes = FORKED.Barrier(len(turns)), [], []
    for target, arguments in turns:
        hears, says = FORKED.Pipe(duplex=False)
        process = FORKED.Process(target=target, args=(*arguments, start, says))
        process.start()
        says.close()
        ends.append(hears)
        processes.append(process)
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(turns)
    return [_all(each) for each in ends]


def _all(hears: Any) -> list[str]:
    said = []
    try:
        while True:
            said.append(hears.recv())
    except EOFError:
        return said


async def _drafts(url: str, count: int) -> list[int]:
    async with open_context(url, shop_packs()) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        weights = [[ProposedWeight("SERVICE", Fraction(weight))] for weight in range(1, count + 1)]
        made = [
            await drafting.draft(*seat, scheme=SCHEME, weights=each, reason="at once") for each in weights
        ]
        return [each.number for each in made]


async def _states(url: str) -> tuple[dict[int, WeightSetState], tuple[object, ...]]:
    async with open_context(url, shop_packs()) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        known = await sets.load(*seat, SCHEME)
        return {each.number: each.state for each in known}, (await verify.verify(*seat)).findings


def test_of_two_processes_one_publishes(own_shops_url: str) -> None:
    """Each has two drafts, and saw the scheme's own weights in force."""
    numbers = asyncio.run(_drafts(own_shops_url, 4))
    told = _race(
        (publish_all, (own_shops_url, numbers[:2])),
        (publish_all, (own_shops_url, numbers[2:])),
    )
    said = sorted(each for process in told for each in process)
    assert said == ["WEIGHTS_SUPERSEDED"] * 3 + ["published"]
    states, findings = asyncio.run(_states(own_shops_url))
    assert sorted(states.values()).count(WeightSetState.PUBLISHED) == 1
    assert len(states) == 4
    assert findings == ()


def test_a_draft_is_published_or_discarded_once(own_shops_url: str) -> None:
    [number] = asyncio.run(_drafts(own_shops_url, 1))
    told = _race((publish_all, (own_shops_url, [number])), (publish_all, (own_shops_url, [number])))
    assert sorted(each for process in told for each in process) == ["WEIGHT_SET_PUBLISHED", "published"]


def test_who_publishes_while_another_discards_is_told(own_shops_url: str) -> None:
    [number] = asyncio.run(_drafts(own_shops_url, 1))
    published, discarded = _race((publish_all, (own_shops_url, [number])), (discard, (own_shops_url, number)))
    states, findings = asyncio.run(_states(own_shops_url))
    if published == ["published"]:
        assert (discarded, list(states)) == (["WEIGHT_SET_PUBLISHED"], [number])
    else:
        assert (published, discarded, states) == (["WEIGHT_SET_NOT_FOUND"], ["discarded"], {})
    assert findings == ()


def test_a_run_names_the_set_that_its_scores_are_of(own_shops_url: str) -> None:
    """Evaluated while somebody publishes, and once more: what is current is of the set in force."""
    [number] = asyncio.run(_drafts(own_shops_url, 1))
    _race((publish_all, (own_shops_url, [number])), (evaluate, (own_shops_url,)))

    async def look() -> tuple[set[int | None], int]:
        async with open_context(own_shops_url, shop_packs()) as context:
            seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
            await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
            heads = await runs.heads(*seat, scheme=SCHEME)
            made = await sets.find(*seat, SCHEME, number)
            return {each.weight_set_id for each in heads}, made.id

    used, made = asyncio.run(look())
    assert used == {made}
