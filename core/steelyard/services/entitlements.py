"""Entitlements: what an account may do, by its grants and the tree; kept while both stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.access.actor import Actor
from steelyard.access.rights import UNLIMITED, Below, Granted, Limit, Rights, rights_of
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.structure import Structure
from steelyard.store.credentials import Credential
from steelyard.store.grants import holding

LIMIT = 1024
"""Accounts and limits of which the rights are kept."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What rights depend on, the tree left out."""

    tenant_id: int
    account_id: int
    person_id: int | None
    unit_id: int | None
    granted: tuple[Granted, ...]
    limit: Limit
    today: date


@dataclass(frozen=True, slots=True)
class _Held:
    """What an account holds with a token; `account_rights` where that leaves less than the account has."""

    rights: Rights
    rated: frozenset[int]
    account_rights: Rights | None


class Entitlements:
    """The rights of accounts; those asked for longest ago are forgotten."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._kept: OrderedDict[_Basis, tuple[Structure, _Held]] = OrderedDict()

    async def actor(self, view: View, scope: Scope, found: Credential, now: datetime) -> Actor:
        """Make the actor that an account is, with the token that it came with."""
        account, token = found.account, found.token
        known = await structure.load_whole(view, scope)
        basis = _Basis(
            scope.tenant_id,
            account.id,
            account.person_id,
            account.unit_id,
            holding(found.grants, now),
            UNLIMITED if token is None else token.limit,
            date.today(),
        )
        kept = self._kept.get(basis)
        if kept is None or kept[0] is not known:
            kept = known, _worked_out(known, basis)
            self._kept[basis] = kept
        self._kept.move_to_end(basis)
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        held, key = kept[1], None if token is None else token.key
        return Actor(account.code, account.title, held.rights, held.rated, key, held.account_rights)


def _worked_out(known: Structure, basis: _Basis) -> _Held:
    def below(unit_id: int) -> Iterable[int]:
        unit = known.unit_by_id(unit_id)
        return () if unit is None else (each.id for each in known.below(unit, basis.today))

    return _Held(
        rights_of(basis.granted, below, basis.limit),
        frozenset([*_own(known, basis), *_managed(known, basis, below)]),
        None if basis.limit == UNLIMITED else rights_of(basis.granted, below),
    )


def _own(known: Structure, basis: _Basis) -> Iterator[int]:
    """The units that an account belongs to or that stand for its person, and all above them."""
    for unit in known.units:
        is_person = unit.person_id is not None and unit.person_id == basis.person_id
        above = unit if is_person or unit.id == basis.unit_id else None
        while above is not None:
            yield above.id
            above = known.parent(above, basis.today)


def _managed(known: Structure, basis: _Basis, below: Below) -> Iterator[int]:
    """The units at or below those that an account manages, whatever its token leaves of its rights."""
    for each in basis.granted:
        if each.role is Role.BRANCH_MANAGER:
            yield from (unit.id for unit in known.units) if each.unit_id is None else below(each.unit_id)
