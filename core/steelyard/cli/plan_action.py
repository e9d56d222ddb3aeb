"""`steelyard plan action`: the actions of a plan added, changed, dropped, and backed with files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.plan import Number
from steelyard.cli.plan_change import Revision, tell
from steelyard.cli.source import read_input
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import parse_decimal
from steelyard.services.plans import editing, evidence
from steelyard.services.plans.plan import Plan
from steelyard.services.plans.problems import PLAN_FIELD_INVALID

action_app = typer.Typer(no_args_is_help=True, help="The actions of a plan. 措施。")
ActionNumber = Annotated[int, typer.Argument(help="The number of the action. 措施编号。")]
Owner = Annotated[str | None, typer.Option(help="The account whose it is; empty for nobody's. 负责人。")]
Due = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is due. 期限。")]
Days = Annotated[str | None, typer.Option("--days", help="The effort in person-days. 人日。")]
Effect = Annotated[
    str | None, typer.Option("--effect", help="What it adds to the rate: 0.1 is a tenth. 预期效果。")
]
Node = Annotated[str | None, typer.Option(help="The indicator. 指标。")]
Description = Annotated[str | None, typer.Option(help="More about it. 说明。")]
Answers = Annotated[list[str] | None, typer.Option("--answers", help="The key of a finding. 所答弱项。")]
Reason = Annotated[str, typer.Option(help="Why; what was promised changes with a reason only. 理由。")]


@action_app.callback()
def actions() -> None:
    """The actions of a plan. 措施。"""


@action_app.command("add")
def add(
    context: typer.Context,
    number: Number,
    title: Annotated[str, typer.Option(help="What to do. 内容。")],
    node: Node = None,
    description: Description = None,
    owner: Owner = None,
    due: Due = None,
    days: Days = None,
    effect: Effect = None,
    answers: Answers = None,
    reason: Reason = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Add an action to a plan. 增加措施。"""
    fields = _fields(title, node, description, owner, due, days, effect, answers)
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Plan:
        async with local_seat(database, tenant, packs) as seat:
            return await editing.add_action(*seat, number=number, fields=fields, reason=reason)

    tell(asyncio.run(run()), context.obj)


@action_app.command("change")
def change(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    revision: Revision,
    title: Annotated[str | None, typer.Option(help="What to do. 内容。")] = None,
    node: Node = None,
    description: Description = None,
    owner: Owner = None,
    due: Due = None,
    days: Days = None,
    effect: Effect = None,
    answers: Answers = None,
    reason: Reason = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Change fields of an action; those not named stay. 修改措施。"""
    fields = _fields(title, node, description, owner, due, days, effect, answers)
    packs = chosen_packs(packs_dir, allow_pack)

    async def run() -> Plan:
        async with local_seat(database, tenant, packs) as seat:
            return await editing.change_action(
                *seat, number=number, action=action, revision=revision, fields=fields, reason=reason
            )

    tell(asyncio.run(run()), context.obj)


@action_app.command("drop")
def drop(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    revision: Revision,
    reason: Reason = "",
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Drop an action; it stays on record. 放弃措施。"""

    async def run() -> Plan:
        async with local_seat(database, tenant) as seat:
            return await editing.drop_action(
                *seat, number=number, action=action, revision=revision, reason=reason
            )

    tell(asyncio.run(run()), context.obj)


@action_app.command("attach")
def attach(
    context: typer.Context,
    number: Number,
    action: ActionNumber,
    file: Annotated[str, typer.Argument(help="A file that shows that it was done. 依据文件。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: Annotated[
        Path | None, typer.Option(envvar="STEELYARD_PARTS", help="The folder of files. 文件目录。")
    ] = None,
) -> None:
    """Attach a file to an action. 添加依据文件。"""
    data, name = read_input(file)

    async def run() -> Plan:
        async with local_seat(database, tenant, parts=parts) as seat:
            return await evidence.attach(*seat, number=number, action=action, data=data, file=name)

    tell(asyncio.run(run()), context.obj)


def _fields(
    title: str | None,
    node: str | None,
    description: str | None,
    owner: str | None,
    due: datetime | None,
    days: str | None,
    effect: str | None,
    answers: list[str] | None,
) -> Mapping[str, Any]:
    """The fields that were named; an empty text empties one."""
    given: dict[str, Any] = {
        "title": title,
        "node": node,
        "description": description,
        "owner": owner,
        "due": None if due is None else due.date(),
        "effort": None if days is None else _number("days", days),
        "expected_effect": None if effect is None else _number("effect", effect),
        "answers": answers,
    }
    named = {name: value for name, value in given.items() if value is not None}
    return {
        name: None if value == "" and name in ("owner", "description", "node") else value
        for name, value in named.items()
    }


def _number(field: str, text: str) -> Fraction:
    found = parse_decimal(text)
    if found is None:
        values = {"field": field, "found": text[:40], "expected_zh": "小数", "expected_en": "a decimal"}
        raise InvalidInput(Problem(PLAN_FIELD_INVALID, Place(field=field), values))
    return found
