"""Own rating: nobody lifts what keeps them from recording what they are rated with themselves."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Problem
from steelyard.services.administration.account_problems import OWN_RATING
from steelyard.store import principals
from steelyard.store.transaction import Reader
from steelyard.store.units import UnitRecord


async def require_not_own_account(reader: Reader, scope: Scope, actor: Actor, account: str) -> None:
    """Raise Forbidden (OWN_RATING) where the actor may be who an account, by code, is."""
    if not actor.is_local and await principals.same(reader, scope, actor.id, account):
        raise Forbidden(Problem(OWN_RATING))


async def require_not_own_person(reader: Reader, scope: Scope, actor: Actor, unit: UnitRecord) -> None:
    """Raise Forbidden (OWN_RATING) where a unit stands for the person that the actor may be."""
    if unit.person_id is None or actor.is_local:
        return
    if unit.person_id in (await principals.behind(reader, scope, actor.id)).persons:
        raise Forbidden(Problem(OWN_RATING))


def require_not_own_place(actor: Actor, unit: UnitRecord) -> None:
    """Raise Forbidden (OWN_RATING) where the actor is rated with a unit that another place is meant for."""
    if unit.id in actor.rated:
        raise Forbidden(Problem(OWN_RATING))
