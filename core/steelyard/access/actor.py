"""Actors: who reads or writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from steelyard.access.permissions import MEANINGS, WHOLE_TENANT, Permission
from steelyard.access.problems import FORBIDDEN
from steelyard.access.rights import ALL_RIGHTS, Rights, UnitSet
from steelyard.access.scope import Scope
from steelyard.errors import Forbidden, Problem, Text

LOCAL = "local"
"""The id of whoever sits at the machine; no account has it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or writes.

    id: the account's code, a pseudonym for persons; what the rows they record carry. rated: the units with
    which they are rated themselves. token: the key of the token they came with, for the log. account_rights:
    what the account may do where its token leaves less of it; None where nothing does. maker: who created
    that token, by the id of their account, where it is a program's. endings: what remains of the rights after
    each moment at which a grant ends, the earliest first.
    """

    id: str
    title: Text
    rights: Rights
    rated: frozenset[int] = frozenset()
    token: str | None = None
    account_rights: Rights | None = None
    maker: str | None = None
    endings: tuple[tuple[datetime, Rights], ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether they sit at the machine on which Steelyard runs."""
        return self.id == LOCAL

    def after(self, rights: Rights) -> Actor:
        """Themselves with what remains of their rights."""
        return replace(self, rights=rights, endings=())

    def units(self, permission: Permission) -> UnitSet:
        """The units on which a permission holds; None for the whole tenant, empty for none."""
        return self.rights.get(permission, frozenset())

    def may(self, permission: Permission, unit_ids: Iterable[int] | None = None) -> bool:
        """Tell whether a permission holds on all these units; on the whole tenant for None."""
        held = self.units(permission)
        if held is None:
            return True
        return unit_ids is not None and held.issuperset(unit_ids) and bool(held)

    def require(self, permission: Permission, unit_ids: Iterable[int] | None = None) -> None:
        """Raise Forbidden unless a permission holds on all these units; on the whole tenant for None."""
        if not self.may(permission, unit_ids):
            raise _forbidden(permission, whole=unit_ids is None)

    def require_somewhere(self, permission: Permission) -> None:
        """Raise Forbidden unless a permission holds on any unit; for what is asked before units are known."""
        held = self.units(permission)
        if held is not None and not held:
            raise _forbidden(permission, whole=permission in WHOLE_TENANT)

    def scope(self, tenant_id: int) -> Scope:
        """What they may see of a tenant: the units whose scores they may read."""
        return Scope(tenant_id, self.units(Permission.SCORE_READ))

    def account_scope(self, scope: Scope) -> Scope:
        """What their account shows them, whatever the token leaves of it; the scope where nothing is cut."""
        if self.account_rights is None:
            return scope
        return Scope(scope.tenant_id, self.account_rights.get(Permission.SCORE_READ, frozenset()))


def _forbidden(permission: Permission, *, whole: bool) -> Forbidden:
    meaning = MEANINGS[permission]
    values = {
        "permission": permission.value,
        "meaning_zh": meaning.zh,
        "meaning_en": meaning.en,
        "where_zh": "（授权范围须为整个租户）" if whole else "",
        "where_en": " on the whole tenant" if whole else "",
    }
    return Forbidden(Problem(FORBIDDEN, values=values))


LOCAL_ADMINISTRATOR = Actor(LOCAL, Text(zh="本机管理员", en="Local administrator"), ALL_RIGHTS)
"""Whoever sits at the machine on which Steelyard runs."""
