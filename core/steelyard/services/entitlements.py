"""Entitlements: what an account may do, by its grants and the tree; kept while both stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.access.actor import Actor
from steelyard.access.rights import UNLIMITED, Limit, Rights, rights_of
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.structure import Structure
from steelyard.services.ties import Tied, maker, tied
from steelyard.store.credentials import Credential
from steelyard.store.grants import GrantRecord

LIMIT = 1024
"""Accounts and limits of which the rights are kept."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What rights depend on, the tree left out."""

    tenant_id: int
    account_id: int
    grants: tuple[GrantRecord, ...]
    limit: Limit
    tied: Tied
    today: date


@dataclass(frozen=True, slots=True)
class _Held:
    """What an account holds with a token; `account_rights` where that leaves less than the account has.

    endings: the rights that remain after each moment at which a grant ends, the earliest first.
    """

    rights: Rights
    rated: frozenset[int]
    account_rights: Rights | None
    endings: tuple[tuple[datetime, Rights], ...]


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
            tuple(each for each in found.grants if each.holds_at(now)),
            UNLIMITED if token is None else token.limit,
            await tied(view, scope, found, now),
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
        return Actor(
            account.code,
            account.title,
            held.rights,
            held.rated,
            key,
            held.account_rights,
            maker(found),
            held.endings,
        )


def _worked_out(known: Structure, basis: _Basis) -> _Held:
    def below(unit_id: int) -> Iterable[int]:
        unit = known.unit_by_id(unit_id)
        return () if unit is None else (each.id for each in known.below(unit, basis.today))

    def rights(limit: Limit, after: datetime | None = None) -> Rights:
        lasting = (each for each in basis.grants if after is None or each.holds_at(after))
        return rights_of((each.granted for each in lasting), below, limit)

    ends = sorted({each.expires_at for each in basis.grants if each.expires_at is not None})
    return _Held(
        rights(basis.limit),
        frozenset(basis.tied.units(known, below, basis.today)),
        None if basis.limit == UNLIMITED else rights(UNLIMITED),
        tuple((end, rights(basis.limit, end)) for end in ends),
    )
