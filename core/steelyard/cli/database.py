"""`steelyard db`, and the option by which every command that needs a database is told which."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from steelyard.errors import Locale, Text
from steelyard.store import migrate, service_role
from steelyard.store.address import parse_address

VARIABLE = "STEELYARD_DATABASE"
DEFAULT_DATABASE = "sqlite:///steelyard.db"
"""A file in the working directory: what a command reads and writes is seen where it is run."""

DatabaseUrl = Annotated[
    str,
    typer.Option("--database", envvar=VARIABLE, help="URL of the database. 数据库地址。", show_default=True),
]

PartsFolder = Annotated[
    Path | None,
    typer.Option(
        "--parts",
        envvar="STEELYARD_PARTS",
        help="Folder of files with records and evidence; beside a SQLite database if left out. 记录文件夹。",
    ),
]

GRANTED = Text(
    "角色 {role} 已可供服务连接 {database}。",
    "The service can now connect to {database} as the role {role}.",
)
UPGRADED = Text("{database} 已是版本 {version}。", "{database} is at version {version}.")

database_app = typer.Typer(no_args_is_help=True, help="The database. 数据库。")


@database_app.callback()
def databases() -> None:
    """The database. 数据库。"""


@database_app.command("upgrade")
def upgrade(context: typer.Context, database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """Create the database or bring it up to date. 建立数据库或升级到当前版本。

    All of it is done or nothing; a database that is up to date is left as it is.
    """
    locale: Locale = context.obj
    name = parse_address(database).name
    asyncio.run(migrate.upgrade(database))
    typer.echo(UPGRADED.format({"database": name, "version": migrate.head()}).get(locale))


@database_app.command("grant")
def grant(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help="A role of PostgreSQL. PostgreSQL 角色。")],
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """Let the service connect as an existing role that owns nothing. 让服务以一个不拥有任何表的角色连接。

    Connect as the owner of the tables here. Run it again after each upgrade.
    """
    locale: Locale = context.obj
    name = parse_address(database).name
    asyncio.run(service_role.grant(database, role))
    typer.echo(GRANTED.format({"database": name, "role": role}).get(locale))
