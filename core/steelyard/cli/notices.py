"""`steelyard notice`: what happened, and telling it to those who subscribed."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Text
from steelyard.services.notices import deadlines, listing, retention, settings
from steelyard.services.notices.courier import Round, open_courier
from steelyard.services.notices.want import NoticeKind
from steelyard.store.deliveries import DeliveryRecord

HEADS = {
    "key": Text("通知", "Notice"),
    "happened_at": Text("时间（UTC）", "When (UTC)"),
    "text": Text("内容", "What"),
    "deliveries": Text("送达", "Deliveries"),
}
SENT = Text("已送达 {delivered} 次，失败 {failed} 次。", "{delivered} delivered, {failed} failed.")
HELD = Text(
    "{count} 封邮件在等待：未设置 {variable}，本进程不发邮件。",
    "Mails that wait: {count}. {variable} is not set, so none are sent from here.",
)
AGAIN = Text("通知 {key} 将再次发送。", "The notice {key} is going to be sent again.")

notice_app = typer.Typer(no_args_is_help=True, help="Notices: what happened is told. 通知。")


@notice_app.callback()
def notices() -> None:
    """Notices: what happened is told. 通知。"""


@notice_app.command("list")
def list_notices(
    context: typer.Context,
    kind: Annotated[
        list[NoticeKind] | None, typer.Option(help="Of this kind only; may be repeated. 只限此类，可重复。")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many at most. 最多几条。")] = listing.AT_MOST,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List notices, the latest first, and whether they were delivered. 列出通知。"""
    locale: Locale = context.obj

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            page = await listing.notices_after(*seat, kinds=kind, limit=most)
            sent = await listing.deliveries_of(*seat, notice_ids=[each.id for each in page.rows])
        return [
            {
                "key": each.key,
                "happened_at": each.happened_at,
                "text": f"{each.payload['title'][locale]}",
                "deliveries": [_delivery(one, form, locale) for one in sent[each.id]],
                "payload": each.payload,
            }
            for each in page.rows
        ]

    show(asyncio.run(run()), HEADS, form, locale)


@notice_app.command("send")
def send(
    context: typer.Context,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Look at deadlines and deliver what is due, once. 查看期限并发送到期的通知。

    For whoever runs no server, from cron; a server does so by itself. What fails is tried again by a later
    run. Settings come from the environment: STEELYARD_WEBHOOK_PRIVATE, STEELYARD_SMTP_….
    """
    wanted = settings.from_environment()
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Round:
        async with (
            local_seat(database, tenant, packs) as (view, _, scope),
            open_courier(view.context.database, wanted) as courier,
        ):
            await deadlines.look(view, scope, date.today())
            await retention.clear(view, scope)
            return await courier.deliver(scope)

    done = asyncio.run(run())
    values = {"delivered": done.delivered, "failed": done.failed}
    typer.echo(SENT.format(values).get(context.obj))
    if done.held:
        said = HELD.format({"count": done.held, "variable": settings.HOST})
        typer.echo(said.get(context.obj), err=True)
    if done.failed:
        raise typer.Exit(1)


@notice_app.command("redeliver")
def redeliver(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The notice. 通知。")],
    subscriber: Annotated[
        int | None, typer.Option(help="To this one; else to all that gave up. 只发给此接收方。")
    ] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Send a notice again, with the same id. 重新发送通知。"""

    async def run() -> None:
        async with local_seat(database, tenant) as seat:
            await listing.redeliver(*seat, key=key, subscriber=subscriber)

    asyncio.run(run())
    typer.echo(AGAIN.format({"key": key}).get(context.obj), err=True)


def _delivery(found: DeliveryRecord, form: ListFormat, locale: Locale) -> Any:
    if form is ListFormat.JSON:
        return {
            "subscriber": found.subscriber,
            "state": found.state.value,
            "attempts": found.attempts,
            "due_at": found.due_at,
            "http_status": found.http_status,
            "error": found.error,
            "delivered_at": found.delivered_at,
        }
    told = f"{found.subscriber}: {states.DELIVERY[found.state.value].get(locale)}"
    return told if found.error is None else f"{told} ({found.attempts}×, {found.http_status or found.error})"
