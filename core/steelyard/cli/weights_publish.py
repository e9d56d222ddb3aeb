"""`steelyard weights publish`: a draft decides from a period on."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.cli.weights import Number, Scheme
from steelyard.services.administration.weights import PublishWeights
from steelyard.services.weights import sets
from steelyard.services.weights.publishing import publication


def publish(
    context: typer.Context,
    scheme: Scheme,
    number: Number,
    start: Annotated[str, typer.Option("--from", help="The first period it holds for. 自此周期起生效。")],
    reason: Reason,
    seen: Annotated[
        int, typer.Option(help="The set in force there so far; 0 for the scheme's own. 现行方案的编号。")
    ] = sets.SCHEMES_OWN,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Let a draft decide from a period on; it does not change any more. 发布权重方案，不再更改。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def prepare() -> PublishWeights:
        async with local_seat(database, tenant, packs) as seat:
            revision = (await sets.find(*seat, scheme, number)).revision
            return await publication(
                *seat, scheme=scheme, number=number, revision=revision, period=start, seen=seen
            )

    do(database, tenant, asyncio.run(prepare()), reason, context.obj)
