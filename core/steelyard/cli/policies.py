"""`steelyard policy`: what a tenant decides otherwise than usual."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.problems import POLICY_UNREADABLE
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Problem, Text, UsageError
from steelyard.services.administration import policy
from steelyard.services.administration.policies import SetPolicy

HEADS = {"name": Text("策略", "Policy"), "value": Text("值", "Value")}

policy_app = typer.Typer(no_args_is_help=True, help="Policies of administration. 管理策略。")


@policy_app.callback()
def policies() -> None:
    """Policies of administration. 管理策略。"""


@policy_app.command("list")
def list_policies(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List what holds. 列出现行策略。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as (view, _, scope):
            now = await policy.current(view, scope)
        return [
            {"name": policy.SECOND_PERSON, "value": sorted(now.second_person)},
            {"name": policy.PEER_MINIMUM, "value": now.peer_minimum},
            {"name": policy.RETENTION, "value": [f"{kind}={days}" for kind, days in now.retention.items()]},
            {
                "name": policy.OBJECTION_DAYS,
                "value": [f"{k}={n}" for k, n in asdict(now.objection_days).items()],
            },
        ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@policy_app.command("set")
def set_policy(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="second_person, peer_minimum, retention or objection_days. 策略。")
    ],
    reason: Reason,
    values: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names of deeds; a number; KIND=DAYS …; as usual if left out. 值，不写则恢复默认。"
        ),
    ] = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Decide on a policy. 设定策略。"""
    do(database, tenant, SetPolicy(name, _value(name, values or ())), reason, context.obj)


def _value(name: str, texts: Sequence[str]) -> tuple[str, ...] | int | dict[str, int] | None:
    if not texts:
        return None
    try:
        if name == policy.PEER_MINIMUM:
            [number] = texts
            return int(number)
        if name in (policy.RETENTION, policy.OBJECTION_DAYS):
            pairs = [text.split("=") for text in texts]
            return {kind: int(days) for kind, days in pairs}
    except ValueError as error:
        raise UsageError(Problem(POLICY_UNREADABLE, values={"found": " ".join(texts)[:100]})) from error
    return tuple(texts)
