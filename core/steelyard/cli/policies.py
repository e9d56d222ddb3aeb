"""`steelyard policy`: what a tenant decides otherwise than usual."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.problems import POLICY_UNREADABLE
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Problem, Text, UsageError
from steelyard.services.administration import policy
from steelyard.services.administration.policies import SetPolicy

HEADS = {
    "name": Text("策略", "Policy"),
    "title": Text("内容", "What it decides"),
    "value": Text("值", "Value"),
}
TITLES = {
    policy.SECOND_PERSON: Text("需要第二人同意的操作", "Deeds that need a second person's consent"),
    policy.PEER_MINIMUM: Text("公布同类统计所需的最少对象数", "Units that peers must have to be told of"),
    policy.RETENTION: Text("各类人员姓名保存天数", "Days that names are kept, by kind of person"),
    policy.OBJECTION_DAYS: Text("提出与裁定异议的天数", "Days to object, and to decide on it"),
    policy.NOTICE_DAYS: Text("通知保存与放弃送达的天数", "Days that notices are kept, and wait"),
}

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
        values: dict[str, Any] = {
            policy.SECOND_PERSON: sorted(now.second_person),
            policy.PEER_MINIMUM: now.peer_minimum,
            policy.RETENTION: [f"{kind}={days}" for kind, days in now.retention.items()],
            policy.OBJECTION_DAYS: [f"{what}={days}" for what, days in asdict(now.objection_days).items()],
            policy.NOTICE_DAYS: [f"{what}={days}" for what, days in asdict(now.notice_days).items()],
        }
        titles = {name: title.get(context.obj) for name, title in TITLES.items()}
        return [{"name": name, "title": titles[name], "value": value} for name, value in values.items()]

    show(asyncio.run(run()), HEADS, form, context.obj)


@policy_app.command("set")
def set_policy(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="second_person, peer_minimum, retention, objection_days or notice_days. 策略。"),
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
        if name in (policy.RETENTION, policy.OBJECTION_DAYS, policy.NOTICE_DAYS):
            pairs = [text.split("=") for text in texts]
            return {kind: int(days) for kind, days in pairs}
    except ValueError as error:
        raise UsageError(Problem(POLICY_UNREADABLE, values={"found": " ".join(texts)[:100]})) from error
    return tuple(texts)
