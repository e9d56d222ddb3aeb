"""`steelyard provider`: the OpenID Connect issuers whose tokens a tenant trusts."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration.access_lists import providers_in
from steelyard.services.administration.providers import AddProvider, RemoveProvider

HEADS = {
    "issuer": Text("地址", "Issuer"),
    "audience": Text("受众", "Audience"),
    "created_at": Text("登记（UTC）", "Since (UTC)"),
}

Issuer = Annotated[str, typer.Argument(help="Its address, as in `iss`. 地址，与 iss 相同。")]
Audience = Annotated[str, typer.Argument(help="The audience that its tokens name. 受众，与 aud 相同。")]

provider_app = typer.Typer(no_args_is_help=True, help="Identity providers (OpenID Connect). 身份提供方。")


@provider_app.callback()
def providers() -> None:
    """Identity providers (OpenID Connect). 身份提供方。"""


@provider_app.command("add")
def add(
    context: typer.Context,
    issuer: Issuer,
    audience: Audience,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Trust the tokens that an issuer signs for an audience. 登记身份提供方。"""
    do(database, tenant, AddProvider(issuer, audience), reason, context.obj)


@provider_app.command("list")
def list_providers(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List identity providers. 列出身份提供方。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            return [
                {"issuer": each.issuer, "audience": each.audience, "created_at": each.created_at}
                for each in await providers_in(*seat)
            ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@provider_app.command("remove")
def remove(
    context: typer.Context,
    issuer: Issuer,
    audience: Audience,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Trust an identity provider no more, from the next request on. 移除身份提供方。"""
    do(database, tenant, RemoveProvider(issuer, audience), reason, context.obj)
