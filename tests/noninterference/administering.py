"""Administration in a world: accounts, grants, tokens and proposals; outside the sides have others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from noninterference.drawing import drawn_from
from noninterference.industry import BRANCH
from noninterference.worlds import Member, World
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.services.administration.accounts import CreateAccount, SuspendAccount
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.exemptions import GrantExemption
from steelyard.services.administration.grants import AddGrant, RevokeGrant
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.tokens import CreateToken
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_table import UnitRow
from steelyard.services.administration.units import CloseUnit
from steelyard.services.context import Context

INSIDE, OUTSIDE = ("R1.B1", "R1.B1.D1"), ("R2.B1", "R2.B1.D1", "R2.B2", "R2", "CO")
"""The units whose accounts and proposals both sides have, and those of which they have others."""
_END, _MAY = date(2031, 1, 1), date(2025, 5, 1)


async def administer(context: Context, scope: Scope, world: World) -> None:
    """Do the deeds; what is out of scope comes last on one side and first on the other."""
    waiting = SetPolicy("second_person", ("unit.close", "unit.import"))
    await _do(context, scope, [waiting], "policy")
    hidden = [key for key in OUTSIDE if not world.sees(_member(key))]
    theirs = [(key, number) for key in hidden for number in range(1 + 2 * world.side)]
    for first in (world.side == 1, world.side == 0):
        if first:
            for key, number in theirs:
                await _do(
                    context, scope, _deeds(world, key, f"{world.side}-{number}"), f"{world.side}{number}"
                )
        else:
            for key in INSIDE:
                await _do(context, scope, _deeds(world, key, "in"), "in")


def account_code(key: str, salt: str) -> str:
    """What the account of a unit is called."""
    return f"svc-{key}-{salt}"


def _member(key: str) -> Member:
    return Member(key, "branch")


def _deeds(world: World, key: str, salt: str) -> Iterator[Deed[object]]:
    unit, account = world.codes[key], account_code(key, salt)
    yield CreateAccount(account, unit=unit)
    yield AddGrant(account, Role.VIEWER, unit=unit)
    yield AddGrant(account, Role.ASSESSOR, unit=unit)
    yield RevokeGrant(account, Role.ASSESSOR, unit=unit)
    yield CreateToken(account, f"of {unit}", unit=unit)
    yield CreateToken(account, "another")
    if salt.endswith("2"):
        yield SuspendAccount(account)
    if key.endswith("D1"):
        yield CloseUnit(unit, _END)
    if key != "CO":
        # What is granted at the top concerns units in scope, whose exemptions both sides have alike.
        yield _exemption(unit, salt)
    yield ImportUnits(f"{unit}.csv", (UnitRow(2, unit, title_en=f"Title {salt}"),), _MAY)


def _exemption(unit: str, salt: str) -> GrantExemption:
    """In scope an exemption that holds in what is measured; outside some for years to come."""
    first = date(2025, 1, 1) if salt == "in" else date(2031 + int(salt[-1]), 1, 1)
    until = date(first.year, 3, 1)
    return GrantExemption(BRANCH, unit, "ROOMS", None, first, until, f"as said by {salt}", ("month",))


async def _do(
    context: Context, scope: Scope, deeds: Iterator[Deed[object]] | list[Deed[object]], salt: str
) -> None:
    for number, deed in enumerate(deeds):
        with drawn_from(Random(f"{salt} {number} {deed}")):
            await perform(context.view(), LOCAL_ADMINISTRATOR, scope, deed, reason=f"as said by {salt}")
