"""`steelyard subscriber`: who is told of notices."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.problems import THRESHOLD_UNREADABLE
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Locale, Problem, Text, UsageError
from steelyard.services import structure
from steelyard.services.administration.subscribers import (
    AddSubscriber,
    PauseSubscriber,
    RemoveSubscriber,
    ResumeSubscriber,
)
from steelyard.services.notices.listing import subscribers_in
from steelyard.services.notices.want import USUAL, NoticeKind, Want, wants_of
from steelyard.store.subscribers import Channel

HEADS = {
    "number": Text("编号", "Number"),
    "channel": Text("方式", "Channel"),
    "address": Text("地址", "Address"),
    "wants": Text("通知", "Notices"),
    "unit": Text("范围", "Unit"),
    "state": Text("状态", "State"),
    "waiting": Text("待送", "Waiting"),
    "failed": Text("放弃", "Given up"),
}
CHANNELS = {"webhook": Text("webhook", "webhook"), "mail": Text("邮件", "mail")}
ADDED = Text("接收方 {number}。", "Subscriber {number}.")
SECRET = Text(
    "下面的密钥用于核对签名。只显示这一次，请妥善保存。",
    "With the secret below its webhooks are signed. It is shown this once: keep it safe.",
)

Number = Annotated[int, typer.Argument(help="Its number. 编号。")]

subscriber_app = typer.Typer(no_args_is_help=True, help="Subscribers: who is told of notices. 通知接收方。")


@subscriber_app.callback()
def subscribers() -> None:
    """Subscribers: who is told of notices. 通知接收方。"""


@subscriber_app.command("add")
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A webhook's URL, or a mailbox. webhook 或邮箱地址。")],
    reason: Reason,
    on: Annotated[
        list[NoticeKind] | None, typer.Option(help="A kind of notices; may be repeated. 通知类型，可重复。")
    ] = None,
    below: Annotated[
        list[str] | None, typer.Option(metavar="NODE=SCORE", help="A threshold, 0 to 100. 低于该分数时通知。")
    ] = None,
    scheme: Annotated[str | None, typer.Option(help="Of this scheme only. 只限此体系。")] = None,
    unit: Annotated[str | None, typer.Option(help="Of this unit and those below. 只限此范围。")] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Tell somebody of notices, of all kinds if none is named. 新增通知接收方。

    For a webhook the secret that signs what it is sent goes to standard output, this once. Mails have the
    language of --lang first.
    """
    locale: Locale = context.obj
    wants = _wants(on, below, scheme)
    channel = Channel.WEBHOOK if "://" in address else Channel.MAIL
    made = do(database, tenant, AddSubscriber(channel, address, wants, unit, locale), reason, locale)
    if made is None:
        return
    typer.echo(ADDED.format({"number": made.record.number}).get(locale), err=True)
    if made.secret is not None:
        typer.echo(SECRET.get(locale), err=True)
        typer.echo(made.secret)


@subscriber_app.command("list")
def list_subscribers(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List subscribers, and how much waits for each. 列出通知接收方。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as (view, actor, scope):
            known = await structure.load(view, actor, scope)
            found = await subscribers_in(view, actor, scope)
        units = {each.id: each.code for each in known.units}
        return [
            {
                "number": each.record.number,
                "channel": term(each.record.channel.value, CHANNELS),
                "address": each.record.address,
                "wants": [_shown(want) for want in wants_of(each.record.kinds)],
                "unit": None if each.record.unit_id is None else units.get(each.record.unit_id),
                "state": term(each.record.state.value, states.SUBSCRIBER),
                "waiting": each.waiting,
                "failed": each.failed,
            }
            for each in found
        ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@subscriber_app.command("pause")
def pause(
    context: typer.Context,
    subscriber: Number,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Tell a subscriber nothing for now; what happens meanwhile waits. 暂停通知接收方。"""
    do(database, tenant, PauseSubscriber(subscriber), reason, context.obj)


@subscriber_app.command("resume")
def resume(
    context: typer.Context,
    subscriber: Number,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Tell a subscriber again, what waited first. 恢复通知接收方。"""
    do(database, tenant, ResumeSubscriber(subscriber), reason, context.obj)


@subscriber_app.command("remove")
def remove(
    context: typer.Context,
    subscriber: Number,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Tell a subscriber nothing any more; address and secret are forgotten. 移除通知接收方。"""
    do(database, tenant, RemoveSubscriber(subscriber), reason, context.obj)


def _wants(
    on: Sequence[NoticeKind] | None, below: Sequence[str] | None, scheme: str | None
) -> tuple[Want, ...]:
    thresholds = tuple(_threshold(each, scheme) for each in below or ())
    kinds = on if on or thresholds else USUAL
    return (*(Want(kind, scheme) for kind in kinds or ()), *thresholds)


def _threshold(text: str, scheme: str | None) -> Want:
    node, _, score = text.rpartition("=")
    try:
        return Want(NoticeKind.THRESHOLD, scheme, node, float(score))
    except ValueError as error:
        raise UsageError(Problem(THRESHOLD_UNREADABLE, values={"found": text[:100]})) from error


def _shown(want: Want) -> str:
    name = want.kind.value if want.below is None else f"{want.node}<{want.below:g}"
    return name if want.scheme is None else f"{name} ({want.scheme})"
