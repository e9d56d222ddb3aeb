"""Second persons: what waits, who decides, and what the chain tells of it."""

from __future__ import annotations

import asyncio
from datetime import date

import orjson
import pytest
from sqlalchemy import update

from administration.conftest import Do
from administration.people import Seat, acting
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.roles import Role
from steelyard.errors import Conflict, Forbidden, NotFound
from steelyard.services.administration import decide, listing, policy
from steelyard.services.administration.accounts import CreateAccount
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.persons import RegisterPerson, RetainPerson
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.tokens import CreateToken
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_table import UnitRow
from steelyard.services.administration.units import CreateUnit
from steelyard.services.administration.verify import verify
from steelyard.store.persons import PersonKind
from steelyard.store.proposals import ProposalRecord, ProposalState
from steelyard.store.tables import PROPOSAL

DEED = SetPolicy("peer_minimum", 7)


@pytest.fixture
async def proposal(seat: Seat, do: Do) -> ProposalRecord:
    """What an administrator drafted where policies take a second person."""
    await do(SetPolicy("second_person", ("policy.set",)))
    drafted = await perform(*seat, DEED, reason="too small")
    assert isinstance(drafted, ProposalRecord)
    return drafted


async def test_what_waits_is_not_done(seat: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = seat
    assert (proposal.state, proposal.subject) == (ProposalState.OPEN, "policy:peer_minimum")
    assert (await policy.current(view, scope)).peer_minimum == 5
    assert await listing.proposals_before(*seat) == [proposal]
    [act, _] = await listing.acts_before(*seat)
    assert (act.deed, act.actor, act.subject) == ("proposal.draft", "ada", f"proposal:{proposal.id}")


async def test_another_person_approves(other: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = other
    done = await decide.approve(*other, proposal.id, reason="agreed")
    assert (done.act.actor, done.act.drafted_by, done.act.reason) == ("bob", "ada", "too small")
    assert (await policy.current(view, scope)).peer_minimum == 7
    _, approval, *_ = await listing.acts_before(*other)
    assert (approval.deed, approval.reason) == ("proposal.approve", "agreed")
    assert orjson.loads(approval.after or "")["decided_by"] == "bob"
    assert (await verify(*other)).findings == ()


async def test_who_drafts_neither_approves_nor_rejects(seat: Seat, proposal: ProposalRecord) -> None:
    for decision in (decide.approve, decide.reject):
        with pytest.raises(Forbidden) as raised:
            await decision(*seat, proposal.id, reason="agreed")
        assert raised.value.code == "SECOND_PERSON"


async def test_another_person_rejects(other: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = other
    decided = await decide.reject(*other, proposal.id, reason="no need")
    assert (decided.state, decided.decided_by, decided.decision_reason) == ("rejected", "bob", "no need")
    assert (await policy.current(view, scope)).peer_minimum == 5
    with pytest.raises(Conflict, match="already rejected"):
        await decide.approve(*other, proposal.id, reason="agreed")


async def test_only_who_drafted_it_withdraws(seat: Seat, other: Seat, proposal: ProposalRecord) -> None:
    with pytest.raises(Forbidden) as raised:
        await decide.withdraw(*other, proposal.id, reason="mine")
    assert raised.value.code == "ONLY_THE_DRAFTER"
    assert (await decide.withdraw(*seat, proposal.id, reason="mine")).state == "withdrawn"
    assert (await verify(*seat)).findings == ()


async def test_who_may_not_do_it_does_not_see_it(seat: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = seat
    stranger = view, acting("eve", Role.ANALYST), scope
    assert await listing.proposals_before(*stranger) == []
    with pytest.raises(NotFound):
        await decide.approve(*stranger, proposal.id, reason="agreed")
    with pytest.raises(NotFound):
        await decide.approve(*stranger, 99, reason="agreed")


async def test_who_only_reads_acts_sees_it_but_does_not_decide(seat: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = seat
    auditor = view, acting("eve", Role.AUDITOR), scope
    assert await listing.proposals_before(*auditor) == [proposal]
    with pytest.raises(Forbidden, match=r"policy\.edit"):
        await decide.approve(*auditor, proposal.id, reason="agreed")


async def test_a_draft_that_was_changed_by_hand_is_not_done(other: Seat, proposal: ProposalRecord) -> None:
    view, _, scope = other
    altered = proposal.input.replace("7", "9")
    async with view.context.database.write(scope) as writer:
        mine = PROPOSAL.c.tenant_id == scope.tenant_id
        await writer.run(update(PROPOSAL).where(mine).values(input=altered))
    with pytest.raises(Conflict) as raised:
        await decide.approve(*other, proposal.id, reason="agreed")
    assert raised.value.code == "PROPOSAL_ALTERED"


async def test_nobody_lifts_the_second_person_alone(seat: Seat, other: Seat, do: Do) -> None:
    await do(SetPolicy("second_person", ("unit.move",)))
    drafted = await perform(*seat, SetPolicy("second_person", None), reason="in the way")
    assert isinstance(drafted, ProposalRecord)
    assert isinstance(await decide.approve(*other, drafted.id, reason="agreed"), Performed)
    view, _, scope = seat
    assert (await policy.current(view, scope)).second_person == frozenset()


async def test_of_two_who_approve_at_once_one_does(other: Seat, proposal: ProposalRecord) -> None:
    view, actor, scope = other
    seats = [(view.context.view(), actor, scope), (view.context.view(), acting("cy"), scope)]
    tries = (decide.approve(*each, proposal.id, reason="agreed") for each in seats)
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Conflict", "Performed"]


async def test_the_same_persons_other_account_does_not_approve(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(
        RegisterPerson("P-1", PersonKind.EMPLOYEE),
        RegisterPerson("P-2", PersonKind.EMPLOYEE),
        CreateAccount("first", person="P-1"),
        CreateAccount("second", person="P-1"),
        CreateAccount("other", person="P-2"),
        SetPolicy("second_person", ("policy.set",)),
    )
    drafted = await perform(view, acting("first"), scope, DEED, reason="too small")
    assert isinstance(drafted, ProposalRecord)
    with pytest.raises(Forbidden, match="SECOND_PERSON"):
        await decide.approve(view, acting("second"), scope, drafted.id, reason="agreed")
    assert (
        await decide.approve(view, acting("other"), scope, drafted.id, reason="agreed")
    ).act.actor == "other"


# Who created the tokens of two programs, and whether one of them decides on what the other drafted.
MAKERS = [
    (("one", "ada"), ("ada",), False),
    (("ada",), ("two", "ada"), False),
    (("one", "ada"), ("two", "ada"), False),
    (("one", "ada"), ("two", "bob"), True),
    (("one", "local"), ("two", "local"), True),
    (("one", "local"), ("local",), False),
    (("one", "two"), ("ada",), True),
]


@pytest.mark.parametrize(("drafter", "decider", "is_other"), MAKERS, ids=str)
async def test_a_programs_account_is_who_created_its_tokens(
    seat: Seat, do: Do, drafter: tuple[str, ...], decider: tuple[str, ...], is_other: bool
) -> None:
    view, _, scope = seat
    await do(CreateAccount("one"), CreateAccount("two"))
    for program, *makers in (drafter, decider):
        for maker in makers:
            actor = LOCAL_ADMINISTRATOR if maker == "local" else acting(maker)
            await perform(view, actor, scope, CreateToken(program, "x"), reason="x")
    await do(SetPolicy("second_person", ("policy.set",)))
    drafted = await perform(view, acting(drafter[0]), scope, DEED, reason="too small")
    assert isinstance(drafted, ProposalRecord)
    deciding = view, acting(decider[0]), scope
    if is_other:
        assert (await decide.approve(*deciding, drafted.id, reason="agreed")).act.actor == decider[0]
        return
    with pytest.raises(Forbidden, match="SECOND_PERSON"):
        await decide.approve(*deciding, drafted.id, reason="agreed")


async def test_a_token_without_the_permission_neither_shows_nor_withdraws_ones_own(
    seat: Seat, proposal: ProposalRecord
) -> None:
    view, actor, scope = seat
    limited = view, acting(actor.id, Role.VIEWER), scope
    assert await listing.proposals_before(*limited) == []
    with pytest.raises(NotFound):
        await decide.withdraw(*limited, proposal.id, reason="gone")
    reading = view, acting(actor.id, Role.AUDITOR), scope
    with pytest.raises(Forbidden, match=r"policy\.edit"):
        await decide.withdraw(*reading, proposal.id, reason="gone")


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("listed", "deed"),
    [
        (
            "unit.close",
            ImportUnits("u.csv", (UnitRow(2, "R1", closed_on=date(2025, 1, 1)),), date(2025, 1, 1)),
        ),
        ("person.erase", RetainPerson("P-1", date(2020, 1, 1))),
    ],
)
async def test_there_is_no_way_round_a_second_person(
    seat: Seat, do: Do, listed: str, deed: Deed[object]
) -> None:
    first = CreateUnit("R1", "一区", "Region 1", "region"), RegisterPerson("P-1", PersonKind.EMPLOYEE)
    await do(*first, SetPolicy("second_person", (listed,)))
    assert isinstance(await perform(*seat, deed, reason="because"), ProposalRecord)
