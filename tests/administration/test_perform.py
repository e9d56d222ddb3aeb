"""Doing deeds: what an act says, what is refused, and that nothing stays of what failed."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from administration.conftest import Do
from administration.people import Seat, acting
from steelyard.access.roles import Role
from steelyard.errors import Forbidden, InvalidInput
from steelyard.services.administration import chain, listing, policy
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy


async def test_an_act_tells_who_did_what_to_what_and_why(seat: Seat, do: Do) -> None:
    await do(SetPolicy("peer_minimum", 7))
    done = await do(SetPolicy("peer_minimum", 8), reason="too small")
    act = done.act
    assert (act.number, act.actor, act.deed, act.subject) == (2, "ada", "policy.set", "policy:peer_minimum")
    assert (act.reason, act.drafted_by) == ("too small", None)
    assert orjson.loads(act.before or "") == {"value": 7}
    assert orjson.loads(act.after or "") == {"value": 8}


async def test_each_act_covers_the_one_before(seat: Seat, do: Do) -> None:
    first = (await do(SetPolicy("peer_minimum", 7))).act
    second = (await do(SetPolicy("peer_minimum", 8))).act
    assert (first.previous, second.previous) == (chain.first_previous("default"), first.hash)
    assert chain.act_hash("default", second) == second.hash
    listed = await listing.acts_before(*seat)
    assert listed == [second, first]
    assert str(await listing.head(*seat)) == f"default:2:{second.hash}"


async def test_what_was_decided_holds_at_once(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    assert (await policy.current(view, scope)).peer_minimum == 5
    await do(SetPolicy("peer_minimum", 7))
    assert (await policy.current(view, scope)).peer_minimum == 7
    await do(SetPolicy("peer_minimum", None))
    assert (await policy.current(view, scope)).peer_minimum == 5


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", "REASON_REQUIRED"),
        (" \n ", "REASON_REQUIRED"),
        ("x" * 2001, "TEXT_TOO_LONG"),
        ("a\0b", "TEXT_UNPRINTABLE"),
    ],
)
async def test_a_reason_is_required(seat: Seat, reason: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await perform(*seat, SetPolicy("peer_minimum", 7), reason=reason)
    assert raised.value.code == code
    assert await listing.acts_before(*seat) == []


async def test_all_problems_come_at_once(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await perform(*seat, SetPolicy("second_person", ("unit.mvoe", "token.create")), reason="")
    assert [each.code for each in raised.value.problems] == ["REASON_REQUIRED", "POLICY_DEED", "POLICY_DEED"]
    assert "unit.move" in raised.value.text()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_who_may_not_is_told_which_permission_it_takes(seat: Seat, role: Role) -> None:
    view, _, scope = seat
    with pytest.raises(Forbidden, match=r"policy\.edit"):
        await perform(view, acting("eve", role), scope, SetPolicy("peer_minimum", 7), reason="because")
    assert await listing.acts_before(*seat) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("peer_minimum", 2),
        ("peer_minimum", ("a",)),
        ("second_person", 3),
        ("retention", {"employee": 0}),
        ("retention", {"dog": 3}),
        ("retention", 5),
    ],
)
async def test_a_policy_takes_values_of_its_own_form(seat: Seat, name: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as raised:
        await perform(*seat, SetPolicy(name, value), reason="because")
    assert raised.value.code == "POLICY_VALUE"
