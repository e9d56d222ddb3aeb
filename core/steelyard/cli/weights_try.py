"""`steelyard weights try` and `back-test`: what other weights would make of periods. Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat
from steelyard.cli.new_file import write_new
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.cli.weights import Scheme
from steelyard.cli.weights_draft import KeepProportion, written
from steelyard.cli.weights_page import show_back_test, show_trial
from steelyard.errors import Locale
from steelyard.services import scorecards
from steelyard.services.weights import back_test, sets, what_if
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.sheet import Tried, csv_table, workbook
from steelyard.services.weights.what_if import WhatIf
from steelyard.store.weight_sets import WeightSetRecord

KINDS = (".xlsx", ".csv")

Period = Annotated[str, typer.Argument(help="The period, such as 2025-01. 周期。")]
Given = Annotated[
    list[str] | None, typer.Argument(metavar="NODE=WEIGHT", help="30, or 60% of its group. 权重。")
]
Which = Annotated[
    int | None, typer.Option("--set", help="Try this set; 0 is the scheme's own weights. 试用此方案。")
]
Units = Annotated[list[str] | None, typer.Option("--unit", help="Only this unit; may be repeated. 对象。")]
Most = Annotated[int, typer.Option("--most", min=0, help="At most so many units in a table. 最多列出。")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="An XLSX or CSV file to be made. 要写出的文件。")
]


def try_weights(
    context: typer.Context,
    scheme: Scheme,
    period: Period,
    given: Given = None,
    number: Which = None,
    unit: Units = None,
    keep_proportion: KeepProportion = False,
    most: Most = 20,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Try other weights on a period; nothing is stored. 试用权重，不保存。

    They take the place of those in force in the period, or of a set's. First how many units change in what,
    then who.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)

    async def run() -> WhatIf:
        async with local_seat(database, tenant, packs) as seat:
            weights = await weights_of(seat, scheme, given or (), number, period, keep_proportion)
            return await what_if.propose(
                *seat, scheme=scheme, period=period, weights=weights, weight_set=number, units=unit
            )

    show_trial(asyncio.run(run()), most, form, locale)


def back_test_weights(
    context: typer.Context,
    scheme: Scheme,
    until: Annotated[str, typer.Argument(metavar="PERIOD", help="The last period. 最后的周期。")],
    given: Given = None,
    periods: Annotated[int, typer.Option("--periods", min=1, help="So many with data. 周期数。")] = 6,
    number: Which = None,
    unit: Units = None,
    keep_proportion: KeepProportion = False,
    output: Output = None,
    most: Most = 20,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Try other weights on the last periods, side by side; nothing is stored. 回测，不保存。

    -o writes a sheet with all units in all periods; an XLSX file tells in a second sheet what was tried.
    """
    locale: Locale = context.obj
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)
    if output is not None and output.suffix.lower() not in KINDS:
        raise typer.BadParameter(" ".join(KINDS), param_hint="-o")

    async def run() -> tuple[tuple[WhatIf, ...], Tried]:
        async with local_seat(database, tenant, packs) as seat:
            weights = await weights_of(seat, scheme, given or (), number, until, keep_proportion)
            found = await _tested(seat, scheme, until, periods, weights, number, unit)
            used = await _used(seat, scheme, number)
            return found, Tried(weights, used, seat[1].id, datetime.now(UTC))

    found, tried = asyncio.run(run())
    if output is not None:
        write_new(output, csv_table(found) if output.suffix.lower() == ".csv" else workbook(found, tried))
    show_back_test(found, most, form, locale)


async def _tested(
    seat: Seat,
    scheme: str,
    until: str,
    periods: int,
    weights: Sequence[ProposedWeight],
    number: int | None,
    units: Sequence[str] | None,
) -> tuple[WhatIf, ...]:
    return await back_test.back_test(
        *seat,
        scheme=scheme,
        until=until,
        periods=periods,
        weights=weights,
        weight_set=number,
        units=units,
    )


async def weights_of(
    seat: Seat, scheme: str, given: Sequence[str], number: int | None, period: str, keep_proportion: bool
) -> tuple[ProposedWeight, ...]:
    """The weights of the arguments; their proportions are those of the set, or of the one in force."""
    if not given:
        return ()
    if number is None:
        in_force = await scorecards.weight_set(*seat, scheme=scheme, period=period)
        number = sets.SCHEMES_OWN if in_force is None else in_force.number
    return (await written(seat, scheme, given, number, keep_proportion)).weights


async def _used(seat: Seat, scheme: str, number: int | None) -> WeightSetRecord | int | None:
    return await sets.find(*seat, scheme, number) if number else number
