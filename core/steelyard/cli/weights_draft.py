"""`steelyard weights draft`, `change` and `discard`: weights as somebody writes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.report import report
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.cli.weights import Number, Scheme
from steelyard.errors import Locale, Text
from steelyard.services.weights import drafting, finding, sets
from steelyard.services.weights.finding import FoundWeights
from steelyard.services.weights.wanted import by_hand
from steelyard.store.weight_sets import WeightSetRecord

DRAFTED = Text(
    "{scheme} 权重方案 {number}：草案，第 {revision} 版。",
    "{scheme}, weight set {number}: a draft at revision {revision}.",
)
DISCARDED = Text("权重方案 {number} 已作废。", "Weight set {number} is discarded.")

Given = Annotated[list[str], typer.Argument(metavar="NODE=WEIGHT", help="30, or 60% of its group. 权重。")]
KeepProportion = Annotated[
    bool,
    typer.Option("--keep-proportion", help="The others of the group share the rest. 同级其余按原比例调整。"),
]
Base = Annotated[
    int, typer.Option("--base", help="The set it starts from; 0 for the scheme's own. 以此方案为基础。")
]
WhyDraft = Annotated[str, typer.Option("--reason", help="What it is for. 理由。")]


def draft(
    context: typer.Context,
    scheme: Scheme,
    given: Given,
    reason: WhyDraft,
    base: Base = sets.SCHEMES_OWN,
    keep_proportion: KeepProportion = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Draft a weight set; it decides nothing until it is published. 起草权重方案。

    A weight is relative to the others of its group, such as the points of the scheme; who is not named keeps
    theirs. 60% is of the group, and the others share the rest as before.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[FoundWeights, WeightSetRecord]:
        async with local_seat(database, tenant, packs) as seat:
            found = await written(seat, scheme, given, base, keep_proportion)
            return found, await drafted(seat, found, base, reason)

    found, record = asyncio.run(run())
    report(found.warnings, locale)
    tell(record, locale)


def change(
    context: typer.Context,
    scheme: Scheme,
    number: Number,
    given: Given,
    reason: Annotated[str | None, typer.Option(help="Another one; else it stays. 新的理由。")] = None,
    keep_proportion: KeepProportion = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Change weights of a draft; those not named stay. 更改草案。"""
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> tuple[FoundWeights, WeightSetRecord]:
        async with local_seat(database, tenant, packs) as seat:
            revision = (await sets.find(*seat, scheme, number)).revision
            found = await written(seat, scheme, given, number, keep_proportion)
            return found, await drafting.change(
                *seat,
                scheme=scheme,
                number=number,
                revision=revision,
                weights=found.weights,
                reason=reason,
                method=found.method,
            )

    found, record = asyncio.run(run())
    report(found.warnings, locale)
    tell(record, locale)


def discard(
    context: typer.Context,
    scheme: Scheme,
    number: Number,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Drop a draft. 作废草案。"""
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> None:
        async with local_seat(database, tenant, packs) as seat:
            revision = (await sets.find(*seat, scheme, number)).revision
            await drafting.discard(*seat, scheme=scheme, number=number, revision=revision)

    asyncio.run(run())
    typer.echo(DISCARDED.format({"number": number}).get(context.obj))


async def written(
    seat: Seat, scheme: str, given: Sequence[str], base: int, keep_proportion: bool
) -> FoundWeights:
    """The weights of `NODE=WEIGHT` arguments. Raises what `finding.find` does."""
    pairs = [each.partition("=") for each in given]
    if not all(node and equals for node, equals, _ in pairs):
        raise typer.BadParameter("NODE=WEIGHT")
    entry = seat[0].context.entry(scheme)
    wanted = by_hand(entry, [(node, text) for node, _, text in pairs], keep_proportion=keep_proportion)
    return await finding.find(*seat, scheme=scheme, wanted=wanted, base=base)


async def drafted(seat: Seat, found: FoundWeights, base: int, reason: str) -> WeightSetRecord:
    """Draft what was found over a set."""
    return await drafting.draft(
        *seat,
        scheme=found.entry.code,
        weights=found.weights,
        reason=reason,
        base=base,
        method=found.method,
    )


def tell(record: WeightSetRecord, locale: Locale) -> None:
    """Say which draft it is."""
    values = {"scheme": record.scheme, "number": record.number, "revision": record.revision}
    typer.echo(DRAFTED.format(values).get(locale))
