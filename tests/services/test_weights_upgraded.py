"""Weight sets of a scheme whose pack was upgraded: indicators that they name are gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME, SOURCE, TABLE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import InvalidInput
from steelyard.packs import Packs
from steelyard.services import rankings, scorecards
from steelyard.services.administration import verify
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.context import Context, context_on
from steelyard.services.weights import back_test, drafting, finding, robustness, sets, what_if
from steelyard.services.weights.fitting import gone
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication
from steelyard.services.weights.robustness import Asked
from steelyard.services.weights.wanted import ByHand, Equal, Wanted
from steelyard.store.weight_sets import Standard

WHY = "review 2025"
GONE = "      - {code: KINDNESS, weight: 1, rubric: {kind: rate}}\n"
UPGRADED = (
    SOURCE.replace("version: 1.0.0", "version: 2.0.0")
    .replace(GONE, GONE.replace("KINDNESS", "POLITE"))
    .replace("any_of: [KINDNESS]", "any_of: [POLITE]")
)
CUT = UPGRADED.replace(GONE.replace("KINDNESS", "POLITE"), "").replace("any_of: [POLITE]", "any_of: [SPEED]")
WEIGHTS = [ProposedWeight(node, Fraction(weight)) for node, weight in (("KINDNESS", 3), ("SPEED", 0))]


@pytest.fixture
async def upgraded(writing: Context) -> AsyncIterator[Seat]:
    """Set 1, in force from February on, and draft 2 name KINDNESS, which version 2 does not have."""
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    standards = [Standard("KINDNESS", pass_line=Fraction(1, 2)), Standard("ROOMS", target=Fraction(9, 10))]
    wanted = [Wanted("SERVICE", Equal())]
    found = await finding.find(*seat, scheme=SCHEME, wanted=wanted)
    for weights, method in ((found.weights, found.method), (WEIGHTS, None)):
        given: dict[str, Any] = {"scheme": SCHEME, "weights": weights, "reason": WHY, "method": method}
        await drafting.draft(*seat, **given, standards=standards)
    await _publish(seat, 1, 0)
    async with context_on(writing.database, _packs(UPGRADED)) as context:
        yield context.view(), LOCAL_ADMINISTRATOR, context.scope


def _packs(source: str) -> Packs:
    return shop_packs(source, TABLE.replace("KINDNESS", "POLITE"))


async def _publish(seat: Seat, number: int, revision: int, seen: int = 0) -> None:
    wanted: dict[str, Any] = {
        "scheme": SCHEME,
        "number": number,
        "revision": revision,
        "period": "2025-02",
        "seen": seen,
    }
    deed = await publication(*seat, **wanted)
    assert isinstance(await perform(*seat, deed, reason=WHY), Performed)


async def test_scores_are_there_and_what_has_no_effect_is_told(upgraded: Seat) -> None:
    card = await scorecards.card(*upgraded, scheme=SCHEME, unit="S2", period="2025-02")
    assert card.root.score is not None
    ranked = await rankings.rank_units(*upgraded, scheme=SCHEME, period="2025-02")
    assert ranked.scored == 2
    found = await sets.find(*upgraded, SCHEME, 1)
    assert gone(upgraded[0].context.entry(SCHEME), found.content) == ("KINDNESS",)
    assert (await verify.verify(*upgraded)).findings == ()


async def test_it_can_be_tried_compared_and_drawn_around(upgraded: Seat) -> None:
    assert await sets.differences(*upgraded, SCHEME, 1, 2)
    tried: dict[str, Any] = {"scheme": SCHEME, "weight_set": 2}
    assert await what_if.propose(*upgraded, **tried, period="2025-02")
    assert len(await back_test.back_test(*upgraded, **tried, until="2025-02", periods=2)) == 2
    assert await robustness.assess(*upgraded, Asked(SCHEME, "2025-02", weight_set=2, draws=5))
    percent = [Wanted("SERVICE", ByHand("percent", {"POLITE": "20"}))]
    found = await finding.find(*upgraded, scheme=SCHEME, wanted=percent, base=1)
    assert {each.node for each in found.weights} == {"SPEED", "POLITE"}


async def test_a_draft_that_names_it_is_not_published(upgraded: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await _publish(upgraded, 2, 0, seen=1)
    [problem] = raised.value.problems
    assert (problem.code, problem.values["nodes"]) == ("WEIGHT_SET_OUTDATED", "KINDNESS")


async def test_any_change_rids_a_draft_of_it(upgraded: Seat) -> None:
    which: dict[str, Any] = {"scheme": SCHEME, "number": 2, "revision": 0}
    changed = await drafting.change(*upgraded, **which, weights=[ProposedWeight("POLITE", Fraction(2))])
    assert changed.weights == {"SPEED": 0, "POLITE": 2}
    assert [each.node for each in changed.content.standards] == ["ROOMS"]
    await _publish(upgraded, 2, 1, seen=1)


async def test_a_draft_based_on_a_published_set_leaves_it_out(upgraded: Seat) -> None:
    weights = [ProposedWeight("ROOMS", Fraction(2))]
    made = await drafting.draft(*upgraded, scheme=SCHEME, weights=weights, reason=WHY, base=1)
    assert made.weights == {"SPEED": 1, "ROOMS": 2}


async def test_a_group_that_would_weigh_nothing_is_not_published(upgraded: Seat) -> None:
    """Of SERVICE only SPEED is left, which the draft lets weigh 0."""
    context = upgraded[0].context
    async with context_on(context.database, _packs(CUT)) as cut:
        seat = cut.view(), LOCAL_ADMINISTRATOR, cut.scope
        with pytest.raises(InvalidInput) as raised:
            await _publish(seat, 2, 0, seen=1)
    assert [each.code for each in raised.value.problems] == ["WEIGHT_SET_OUTDATED", "WEIGHT_ALL_ZERO"]
