"""`steelyard db`, and the option by which every command that needs a database is told which."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steelyard.errors import Locale, Text
from steelyard.store import migrate
from steelyard.store.address import parse_address

VARIABLE = "STEELYARD_DATABASE"
DEFAULT_DATABASE = "sqlite:///steelyard.db"
"""A file in the working directory: what a command reads and writes is seen where it is run."""

DatabaseUrl = Annotated[
    str,
    typer.Option("--database", envvar=VARIABLE, help="URL of the database. 数据库地址。", show_default=True),
]

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
