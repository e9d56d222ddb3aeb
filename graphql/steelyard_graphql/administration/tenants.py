"""Tenants: who keeps data here. The tenant `default` operates the installation and administers the others."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services.administration.tenant_list import all_tenants
from steelyard.store.tenants import TenantRecord
from steelyard.store.tenants import TenantState as State
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said

EXPORT_PATH = "/tenants/{code}/export"


@strawberry.enum(description="Whether a tenant is served.")
class TenantState(Enum):
    """The states of the store."""

    ACTIVE = strawberry.enum_value(State.ACTIVE.value, description="It is served.")
    SUSPENDED = strawberry.enum_value(
        State.SUSPENDED.value, description="Nobody of it is let in; its data stay."
    )


@strawberry.type(description="Who keeps data here, strictly apart from all others.")
class Tenant:
    """A tenant."""

    code: str = strawberry.field(description="Its code.")
    state: TenantState = strawberry.field(description="Whether it is served.")
    created_at: datetime.datetime = strawberry.field(description="Since when it is here.")
    words: strawberry.Private[Text]

    @computed("Its title.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)

    @computed(
        'Where a POST of `{"reason": "…"}` with the same token answers a zip file of all that is kept of it.'
    )
    def export_path(self) -> str:
        """Return the path of the export."""
        return EXPORT_PATH.format(code=self.code)

    @classmethod
    def of(cls, record: TenantRecord) -> Self:
        """Show a tenant."""
        return cls(
            code=record.code,
            state=TenantState(record.state.value),
            created_at=record.created_at,
            words=record.title,
        )


@strawberry.type
class TenantQueries:
    """The query about tenants."""

    @computed(
        "All tenants, by code; only for accounts of the tenant `default`.", needs=Permission.TENANT_MANAGE
    )
    async def tenants(self, info: Info) -> list[Tenant] | None:
        """Return all tenants."""
        return [Tenant.of(record) for record in await all_tenants(*info.context.seat)]
