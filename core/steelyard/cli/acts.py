"""`steelyard act` and `steelyard verify`: what was done, and that nobody changed it since."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import orjson
import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.progress import progress_bars
from steelyard.cli.report import report
from steelyard.cli.source import read_input
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration import listing
from steelyard.services.administration.head import Head, read_heads
from steelyard.services.administration.verify import Verification
from steelyard.services.administration.verify import verify as verify_tenant
from steelyard.services.receipts import Recomputed, recompute
from steelyard.store.acts import ActRecord, ChainEnd

HEADS = {
    "number": Text("序号", "Act"),
    "acted_at": Text("时间（UTC）", "At (UTC)"),
    "actor": Text("操作者", "Actor"),
    "drafted_by": Text("提出", "Drafted by"),
    "deed": Text("操作", "Deed"),
    "subject": Text("对象", "Subject"),
    "reason": Text("理由", "Reason"),
}
INTACT = Text(
    "租户 {tenant}：{acts} 条操作、{subjects} 个对象、{receipts} 张凭证，与 {heads} 个链首核对，未发现改动。",
    "Tenant {tenant}: acts {acts}, subjects {subjects}, receipts {receipts}, heads {heads}; "
    "nothing was changed by hand.",
)
FOUND = Text(
    "租户 {tenant}：{acts} 条操作、{subjects} 个对象、{receipts} 张凭证，与 {heads} 个链首核对，"
    "发现 {found} 处不符。",
    "Tenant {tenant}: acts {acts}, subjects {subjects}, receipts {receipts}, heads {heads}; "
    "differences found: {found}.",
)

act_app = typer.Typer(no_args_is_help=True, help="The chain of administrative acts. 管理操作链。")


@act_app.callback()
def acts() -> None:
    """The chain of administrative acts. 管理操作链。"""


@act_app.command("list")
def list_acts(
    context: typer.Context,
    before: Annotated[int | None, typer.Option(help="Acts before this number. 此序号之前。")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many. 最多几条。")] = 50,
    deed: Annotated[str | None, typer.Option(help="Such as unit.move. 操作。")] = None,
    subject: Annotated[str | None, typer.Option(help="Such as unit:S1. 对象。")] = None,
    by: Annotated[str | None, typer.Option(help="The account's code. 操作者。")] = None,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List acts, the latest first. 列出操作，最近的在前。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            found = await listing.acts_before(
                *seat, before=before, limit=limit, deed=deed, subject=subject, by=by
            )
            return list(map(_row, found))

    show(asyncio.run(run()), HEADS, form, context.obj)


@act_app.command("head")
def head(database: DatabaseUrl = DEFAULT_DATABASE, tenant: TenantCode = DEFAULT_TENANT) -> None:
    """Print the head of the chain, to be kept elsewhere. 打印链首，请另行保存。

    One line, tenant:number:hash; nothing where there are no acts yet.
    """

    async def run() -> ChainEnd:
        async with local_seat(database, tenant) as seat:
            return await listing.head(*seat)

    end = asyncio.run(run())
    if end.hash is not None:
        typer.echo(str(end))


def verify(
    context: typer.Context,
    head: Annotated[
        list[str] | None,
        typer.Option(help="A head kept elsewhere, or @FILE with one a line. 另行保存的链首，或 @文件。"),
    ] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Verify the chain of acts and all that it governs. 核对操作链及其所管的数据。

    Every act's hash is computed anew; rows must be as the last act left them; receipts of closed periods are
    recomputed. Without --head a chain that was cut short or rewritten as a whole cannot be told. Exit code 1
    where something differs.
    """
    heads = _heads(head or ())
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> tuple[Verification, Recomputed]:
        with progress_bars(context.obj) as progress:
            async with local_seat(database, tenant, packs) as seat:
                return await verify_tenant(*seat, heads), await recompute(*seat, progress=progress)

    verified, recomputed = asyncio.run(run())
    findings = (*verified.findings, *recomputed.findings)
    report(findings, context.obj)
    values = {
        "tenant": verified.end.tenant,
        "acts": verified.end.number,
        "subjects": verified.subjects,
        "heads": verified.heads,
        "receipts": recomputed.receipts,
        "found": len(findings),
    }
    typer.echo((FOUND if findings else INTACT).format(values).get(context.obj))
    if findings:
        raise typer.Exit(1)


def _heads(given: Sequence[str]) -> list[Head]:
    texts = (
        read_input(each[1:])[0].decode(errors="replace") if each.startswith("@") else each for each in given
    )
    return read_heads("\n".join(texts))


def _row(act: ActRecord) -> Row:
    fields = {name: getattr(act, name) for name in ActRecord.__slots__}
    states = {
        name: None if fields[name] is None else orjson.loads(fields[name]) for name in ("before", "after")
    }
    return {**fields, **states}
