"""Tenancy: whose rows a transaction is about.  PostgreSQL is told, so that its policies hide all others.

The policies are made by the migrations: a row is there for the transaction whose setting `steelyard.tenant`
is the row's tenant.  The tables `tenant` and `identity_provider` are also there for the operator of the
installation (`steelyard.operator`), who has to find a tenant before there is one to name.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

_TELL = "SELECT set_config('steelyard.tenant', $1, true), set_config('steelyard.operator', $2, true)"


@dataclass(frozen=True, slots=True)
class Tenancy:
    """The tenant of a transaction, None for none; `operator` opens the tables of the installation."""

    tenant_id: int | None
    operator: bool = False

    async def tell(self, connection: AsyncConnection) -> None:
        """Tell PostgreSQL, which forgets at the end of the transaction."""
        # Past the compiler: it is sent with every transaction.
        tenant = "" if self.tenant_id is None else str(self.tenant_id)
        await connection.exec_driver_sql(_TELL, (tenant, "on" if self.operator else ""))
