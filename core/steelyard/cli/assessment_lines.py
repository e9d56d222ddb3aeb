"""`steelyard assessment begin`, `save` and `discard`: a sheet without a form."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from steelyard.cli.assessment import Number, PeriodCode, UnitCode, tell
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.assessments import reading, writing
from steelyard.services.assessments.sheet import LineInput, Sheet

DISCARDED = Text("评估表 {number} 已作废。", "Assessment {number} is discarded.")

RaterCode = Annotated[str | None, typer.Option("--rater", help="Whose sheet it is. 评估人。")]
Values = Annotated[
    list[str] | None, typer.Option("--value", metavar="MEASURE=VALUE", help="What a line says. 度量的值。")
]
Comments = Annotated[
    list[str] | None, typer.Option("--comment", metavar="MEASURE=TEXT", help="Of a line. 备注。")
]


def begin(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(help="An installed scheme. 已安装的评价体系。")],
    unit: UnitCode,
    period: PeriodCode,
    rater: RaterCode = None,
    rater_type: Annotated[str | None, typer.Option(help="The sort of rater. 评估人类型。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Begin an empty sheet. 新建评估表。"""
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Sheet:
        async with local_seat(database, tenant, packs) as seat:
            return await writing.begin(
                *seat, scheme=scheme, unit=unit, period=period, rater=rater, rater_type=rater_type
            )

    tell(context, asyncio.run(run()))


def save(
    context: typer.Context,
    number: Number,
    value: Values = None,
    comment: Comments = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Write lines of a sheet that is not handed in; the others stay as they are. 填写评估表。

    `--value FD.5S=43`; `n/a` does not apply, nothing after = empties the line. A line that is given without
    a comment keeps the one that it has.
    """
    packs = chosen_packs(packs_dir, allow_pack)
    values, comments = _pairs(value or ()), dict(_pairs(comment or ()))
    if without := comments.keys() - dict(values).keys():
        raise typer.BadParameter(f"--comment {min(without)}=… : --value {min(without)}=…")

    async def run() -> Sheet:
        async with local_seat(database, tenant, packs) as seat:
            sheet = await reading.assessment(*seat, number=number)
            standing = {measure: line.comment for measure, line in sheet.lines.items()}
            said = {**standing, **comments}
            lines = [LineInput(measure, text, said.get(measure)) for measure, text in values]
            return await writing.save(*seat, number=number, revision=sheet.record.revision, lines=lines)

    tell(context, asyncio.run(run()))


def discard(
    context: typer.Context,
    number: Number,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Delete a draft that was never handed in. 作废草稿。"""

    async def run() -> None:
        async with local_seat(database, tenant) as seat:
            revision = (await reading.assessment(*seat, number=number)).record.revision
            await writing.discard(*seat, number=number, revision=revision)

    asyncio.run(run())
    typer.echo(DISCARDED.format({"number": number}).get(context.obj))


def _pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    pairs = [each.partition("=") for each in given]
    if not all(name and equals for name, equals, _ in pairs):
        raise typer.BadParameter("MEASURE=…")
    return [(name, text) for name, _, text in pairs]
