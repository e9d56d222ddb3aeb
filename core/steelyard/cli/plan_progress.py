"""`steelyard plan agree`, `drop`, `begin`, `done`, `reopen`, `judge`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.plan import Number
from steelyard.cli.plan_action import ActionNumber
from steelyard.cli.plan_change import Revision, tell
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.services.plans import agreeing, progress, verifying
from steelyard.services.plans.plan import Plan

WhyNot = Annotated[str, typer.Option("--reason", help="Why; may be left out. 理由。")]
Why = Annotated[str, typer.Option("--reason", help="Why. 理由。")]


class Verdict(StrEnum):
    """What an action brought."""

    VERIFIED = "verified"
    NOT_EFFECTIVE = "not_effective"


def agree(
    context: typer.Context,
    number: Number,
    revision: Revision,
    reason: WhyNot = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Agree to a draft. 批准改进计划。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return agreeing.agree(*seat, number=number, revision=revision, reason=reason)

    _done(context, database, tenant, change)


def drop(
    context: typer.Context,
    number: Number,
    revision: Revision,
    reason: Why,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Give a plan up; it stays on record. 放弃改进计划。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return agreeing.drop(*seat, number=number, revision=revision, reason=reason)

    _done(context, database, tenant, change)


def begin(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    revision: Revision,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Begin an action of an agreed plan. 开始措施。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return progress.begin(*seat, number=number, action=action, revision=revision)

    _done(context, database, tenant, change)


def done(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    revision: Revision,
    reason: WhyNot = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Say that an action was done. 完成措施。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return progress.finish(*seat, number=number, action=action, revision=revision, reason=reason)

    _done(context, database, tenant, change)


def reopen(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    revision: Revision,
    reason: Why,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Say that an action was not done after all. 重新打开措施。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return progress.reopen(*seat, number=number, action=action, revision=revision, reason=reason)

    _done(context, database, tenant, change)


def judge(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    verdict: Annotated[Verdict, typer.Argument(help="What it brought. 判定。")],
    revision: Revision,
    reason: Why,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Settle what an action brought, once it was measured again. 判定措施效果。"""

    def change(seat: Seat) -> Awaitable[Plan]:
        return verifying.judge(
            *seat,
            number=number,
            action=action,
            revision=revision,
            verdict="verified" if verdict is Verdict.VERIFIED else "not_effective",
            reason=reason,
        )

    _done(context, database, tenant, change)


def _done(
    context: typer.Context, database: str, tenant: str, change: Callable[[Seat], Awaitable[Plan]]
) -> None:
    async def run() -> Plan:
        async with local_seat(database, tenant) as seat:
            return await change(seat)

    tell(asyncio.run(run()), context.obj)
