"""`steelyard person`: pseudonyms, and the names behind them for as long as they are kept."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.deeds import Reason, do
from steelyard.cli.listing import Form, ListFormat, Row, show
from steelyard.cli.tenant import DEFAULT_TENANT, Seat, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration import listing
from steelyard.services.administration.persons import (
    ErasePerson,
    ExpirePersons,
    NamePerson,
    RegisterPerson,
    RetainPerson,
    new_pseudonym,
)
from steelyard.store.persons import PersonKind, PersonRecord

HEADS = {
    "pseudonym": Text("代号", "Pseudonym"),
    "kind": Text("类别", "Kind"),
    "name": Text("姓名", "Name"),
    "contact": Text("联系方式", "Contact"),
    "retain_until": Text("保留至", "Kept until"),
    "erased_at": Text("删除（UTC）", "Erased (UTC)"),
}
ERASED = Text("已删除 {count} 人的个人信息。", "Erased: {count}.")

Pseudonym = Annotated[str, typer.Argument(help="What records carry. 代号。")]
Name = Annotated[str | None, typer.Option(help="Kept here and nowhere else. 姓名，只存于此处。")]
Contact = Annotated[str | None, typer.Option(help="Such as an e-mail address. 联系方式。")]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The policy decides if left out. 保留到何日。")
]

person_app = typer.Typer(no_args_is_help=True, help="Persons: names behind pseudonyms. 人员。")


@person_app.callback()
def persons() -> None:
    """Persons: names behind pseudonyms. 人员。"""


@person_app.command("register")
def register(
    context: typer.Context,
    kind: Annotated[PersonKind, typer.Argument(help="Whom it stands for. 类别。")],
    reason: Reason,
    pseudonym: Annotated[str | None, typer.Option(help="Drawn if left out. 代号，不写则生成。")] = None,
    name: Name = None,
    contact: Contact = None,
    reference: Annotated[str | None, typer.Option(help="The key in a source system. 来源系统编号。")] = None,
    until: Until = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Register a person and print the pseudonym. 登记人员并打印代号。"""
    day = None if until is None else until.date()
    deed = RegisterPerson(pseudonym or new_pseudonym(), kind, name, contact, reference, day)
    made = do(database, tenant, deed, reason, context.obj)
    if made is not None:
        typer.echo(made.pseudonym)


@person_app.command("list")
def list_persons(
    context: typer.Context,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List persons by pseudonym. 列出人员。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            return [
                {
                    "pseudonym": each.pseudonym,
                    "kind": each.kind.value,
                    "name": each.name,
                    "contact": each.contact,
                    "reference": each.reference,
                    "retain_until": each.retain_until,
                    "erased_at": each.erased_at,
                }
                for each in await _all(seat)
            ]

    show(asyncio.run(run()), HEADS, form, context.obj)


@person_app.command("name")
def rename(
    context: typer.Context,
    pseudonym: Pseudonym,
    reason: Reason,
    name: Name = None,
    contact: Contact = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Correct name and contact; what is left out is emptied. 更正姓名与联系方式，不写的清空。"""
    do(database, tenant, NamePerson(pseudonym, name, contact), reason, context.obj)


@person_app.command("retain")
def retain(
    context: typer.Context,
    pseudonym: Pseudonym,
    reason: Reason,
    until: Until = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Say until when a name is kept. 设定保留期限。"""
    day = None if until is None else until.date()
    do(database, tenant, RetainPerson(pseudonym, day), reason, context.obj)


@person_app.command("erase")
def erase(
    context: typer.Context,
    pseudonym: Pseudonym,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Erase name, contact and reference for good; the pseudonym stays. 永久删除个人信息，代号保留。"""
    do(database, tenant, ErasePerson(pseudonym), reason, context.obj)


@person_app.command("expire")
def expire(
    context: typer.Context,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Erase all whose time is over today; meant to be run daily. 删除今日到期的个人信息，宜每日运行。"""
    erased = do(database, tenant, ExpirePersons(date.today()), reason, context.obj)
    if erased is not None:
        typer.echo(ERASED.format({"count": len(erased)}).get(context.obj))


async def _all(seat: Seat) -> list[PersonRecord]:
    found: list[PersonRecord] = []
    while (page := await listing.persons_after(*seat, after=found[-1].pseudonym if found else None))[0]:
        found += page[0]
    return found
