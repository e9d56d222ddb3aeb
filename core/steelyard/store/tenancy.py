"""Tenancy: whose rows a transaction is about.  PostgreSQL is told, so that its policies hide all others.

The policies are made by the migrations: a row is there for the transaction whose setting `steelyard.tenant`
is the row's tenant.  The tables `tenant` and `identity_provider` are also there for the operator of the
installation (`steelyard.operator`), who has to find a tenant before there is one to name.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Executable, String, bindparam, func, select


@dataclass(frozen=True, slots=True)
class Tenancy:
    """The tenant of a transaction, None for none; `operator` opens the tables of the installation."""

    tenant_id: int | None
    operator: bool = False

    def settings(self) -> Executable:
        """What PostgreSQL has to be told; it forgets at the end of the transaction."""
        return select(
            func.set_config("steelyard.tenant", bindparam("tenant", str(self.tenant_id or ""), String), True),
            func.set_config(
                "steelyard.operator", bindparam("operator", _switch(self.operator), String), True
            ),
        )


def _switch(on: bool) -> str:
    return "on" if on else ""
