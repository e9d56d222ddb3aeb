"""What was proposed and waits while a pack is upgraded is checked again before it is approved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from fractions import Fraction

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from services.test_weights_upgraded import CUT, UPGRADED, WHY, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.errors import Conflict, Text
from steelyard.services import exemptions
from steelyard.services.administration import decide, listing
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.context import Context, context_on
from steelyard.services.weights import drafting, sets
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.publishing import publication
from steelyard.store.proposals import ProposalRecord
from steelyard.store.weight_sets import WeightSetState

SECOND = Actor("second", Text("第二人", "Second"), LOCAL_ADMINISTRATOR.rights)
DAYS = {"starts": date(2025, 3, 1), "expires": date(2025, 6, 1)}


@pytest.fixture
async def drafter(writing: Context) -> Seat:
    """Publications and exemptions take a second person."""
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    policy = SetPolicy("second_person", ("weights.publish", "exemption.grant"))
    done = await perform(*seat, policy, reason=WHY)
    if isinstance(done, ProposalRecord):
        await decide.approve(seat[0], SECOND, seat[2], done.id, reason=WHY)
    return seat


async def _publication(seat: Seat, node: str) -> Deed[object]:
    weights = [ProposedWeight(node, Fraction(3))]
    drafted = await drafting.draft(*seat, scheme=SCHEME, weights=weights, reason=WHY)
    wanted = {"scheme": SCHEME, "number": drafted.number, "revision": 0}
    return await publication(*seat, **wanted, period="2025-02")


async def _proposed(seat: Seat, deed: Deed[object]) -> ProposalRecord:
    proposal = await perform(*seat, deed, reason=WHY)
    assert isinstance(proposal, ProposalRecord)
    return proposal


@pytest.fixture
async def approver(drafter: Seat) -> AsyncIterator[Seat]:
    """The second person, where KINDNESS is gone from the scheme."""
    view, _, scope = drafter
    async with context_on(view.context.database, shop_packs(CUT)) as context:
        yield context.view(), SECOND, scope


async def _refused(approver: Seat, proposal: ProposalRecord) -> Conflict:
    before = await listing.acts_before(*approver)
    with pytest.raises(Conflict) as raised:
        await decide.approve(*approver, proposal.id, reason=WHY)
    assert await listing.acts_before(*approver) == before
    [found] = await listing.proposals_before(*approver)
    assert found == proposal
    return raised.value


async def test_weights_of_an_indicator_that_is_gone_are_not_published(drafter: Seat, approver: Seat) -> None:
    proposal = await _proposed(drafter, await _publication(drafter, "KINDNESS"))
    error = await _refused(approver, proposal)
    assert [each.kind.code for each in error.problems] == ["PROPOSAL_OUTDATED", "WEIGHT_SET_OUTDATED"]
    assert "KINDNESS" in error.problems[0].text("en")
    assert "2.0.0" in error.problems[0].text("zh")
    view, _, scope = approver
    [record] = await sets.every(view, scope, view.context.entry(SCHEME))
    assert record.state is WeightSetState.DRAFT


@pytest.mark.parametrize(("node", "rule"), [("KINDNESS", None), (None, "unkind")])
async def test_nobody_is_exempt_from_what_is_gone(node: str | None, rule: str | None, drafter: Seat) -> None:
    view, _, scope = drafter
    wanted = exemptions.granting(view, scheme=SCHEME, unit="S1", node=node, rule=rule, **DAYS, why=WHY)
    proposal = await _proposed(drafter, wanted)
    without = CUT.replace("  - {id: unkind", "  - {id: impolite")
    async with context_on(view.context.database, shop_packs(without)) as context:
        approver = context.view(), SECOND, scope
        error = await _refused(approver, proposal)
        assert await exemptions.every(approver[0], scope) == ()
    assert error.code == "PROPOSAL_OUTDATED"


async def test_what_still_fits_is_done(drafter: Seat) -> None:
    view, _, scope = drafter
    proposal = await _proposed(drafter, await _publication(drafter, "SPEED"))
    async with context_on(view.context.database, shop_packs(UPGRADED)) as context:
        approver = context.view(), SECOND, scope
        assert isinstance(await decide.approve(*approver, proposal.id, reason=WHY), Performed)
        with pytest.raises(Conflict, match="already approved"):
            await decide.approve(*approver, proposal.id, reason=WHY)
