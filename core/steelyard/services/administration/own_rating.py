"""Own rating: nobody lifts what keeps them from recording what they are rated with themselves."""

from __future__ import annotations

from datetime import date

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Problem
from steelyard.services.administration.account_problems import OWN_RATING, RATED_THERE
from steelyard.store import parentage, principals
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


async def require_not_rated_there(reader: Reader, scope: Scope, actor: Actor, unit: UnitRecord) -> None:
    """Raise Forbidden (RATED_THERE) where the actor is rated with a unit or one below it."""
    if not actor.rated:
        return
    above = {
        link.unit_id: link.parent_id
        for link in await parentage.load(reader, Scope(scope.tenant_id), on=date.today())
    }
    for rated in actor.rated:
        at: int | None = rated
        while at is not None and at != unit.id:
            at = above.get(at)
        if at is not None:
            raise Forbidden(Problem(RATED_THERE, values={"unit": unit.code}))
