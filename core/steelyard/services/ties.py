"""Ties: what ties those who come in to the units that they are rated with; kept while accounts stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.access.actor import LOCAL
from steelyard.access.rights import Below
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.services.context import View
from steelyard.services.structure import Structure
from steelyard.store import principals, stamps
from steelyard.store.accounts import AccountKind
from steelyard.store.credentials import Credential
from steelyard.store.principals import Tie


@dataclass(frozen=True, slots=True)
class Tied:
    """By what somebody is rated: who they are, where they belong, and what they manage (None: all units)."""

    persons: frozenset[int]
    homes: frozenset[int]
    managed: frozenset[int | None]

    def units(self, known: Structure, below: Below, today: date) -> Iterator[int]:
        """The units, by database id: homes, those that stand for them, all above, and the managed."""
        for unit in known.units:
            is_own = unit.person_id in self.persons or unit.id in self.homes
            above = unit if is_own else None
            while above is not None:
                yield above.id
                above = known.parent(above, today)
        for each in self.managed:
            yield from (unit.id for unit in known.units) if each is None else below(each)


class _Ties:
    """The ties of a tenant's accounts, by account and by person."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self._by_account = defaultdict[str, list[Tie]](list)
        self._by_person = defaultdict[int, list[Tie]](list)
        for each in ties:
            self._by_account[each.account].append(each)
            if each.person_id is not None:
                self._by_person[each.person_id].append(each)

    def of(self, account: str | None, person_id: int | None) -> Iterator[Tie]:
        """Those of an account and its person, and of another person."""
        own = () if account is None else self._by_account.get(account, ())
        yield from own
        for each in _known([person_id, *(tie.person_id for tie in own)]):
            yield from self._by_person.get(each, ())


def maker(found: Credential) -> str | None:
    """Who created the token in use of a program, and so may be who uses it; by the code of their account."""
    is_program = found.account.kind is AccountKind.SERVICE
    return found.token.created_by if is_program and found.token is not None else None


async def tied(view: View, scope: Scope, found: Credential, now: datetime) -> Tied:
    """By what an account is rated: itself, the other accounts of its person, and who created its token."""
    account, made_by, tenant = found.account, maker(found), Scope(scope.tenant_id)

    async def load() -> _Ties:
        async with view.context.database.read(tenant) as reader:
            return _Ties(await principals.ties(reader, tenant))

    managing = (each for each in found.grants if each.role is Role.BRANCH_MANAGER and each.holds_at(now))
    persons, homes, managed = {account.person_id}, {account.unit_id}, {each.unit_id for each in managing}
    if account.person_id is not None or made_by not in (None, LOCAL, account.code):
        for tie in (await view.kept(tenant, "ties", [stamps.ACCESS], load)).of(made_by, account.person_id):
            persons.add(tie.person_id)
            homes.add(tie.unit_id)
            if tie.manages_at(now):
                managed.add(tie.managed_id)
    return Tied(_known(persons), _known(homes), frozenset(managed))


def _known(ids: Iterable[int | None]) -> frozenset[int]:
    return frozenset(each for each in ids if each is not None)
