"""The console script: core's commands, and those that need GraphQL."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.app import app
from steelyard.packs import load_packs
from steelyard.services.context import open_context
from steelyard_graphql.app import PATH, create_app
from steelyard_graphql.demo import run_demo
from steelyard_graphql.schema import sdl
from steelyard_graphql.serving import address, bind, log_to_stderr, run

DATABASE = "sqlite:///steelyard.db"
HOST = "127.0.0.1"
PORT = 8000

schema_app = typer.Typer(no_args_is_help=True, help="The GraphQL schema. GraphQL 模式。")


@app.command("serve")
def serve_command(
    host: Annotated[
        str, typer.Option(help="Address to listen at: the loopback only. 监听地址，仅限本机。")
    ] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any. 端口，0 为任意。")] = PORT,
    database: Annotated[
        str, typer.Option(envvar="STEELYARD_DATABASE", help="URL of the database. 数据库地址。")
    ] = DATABASE,
) -> None:
    """Serve the GraphQL API. 启动 GraphQL 服务。"""
    log_to_stderr()
    opened = bind(host, port)
    asyncio.run(_serve(database, opened))


async def _serve(database: str, opened: socket.socket) -> None:
    async with open_context(database, load_packs()) as context:
        where = address(opened)
        await run(create_app(context), opened, lambda: typer.echo(f"GraphQL: {where}{PATH}"))


@app.command("demo")
def demo_command(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; another if it is taken. 端口。")] = PORT,
    database: Annotated[
        str | None, typer.Option(help="URL of a new database; a temporary one if left out. 新数据库的地址。")
    ] = None,
) -> None:
    """Load the samples into a fresh database and serve them with an explorer. 示例演示。"""
    run_demo(port, database, context.obj)


@schema_app.command("export")
def export_command(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write. 输出文件。")] = None,
) -> None:
    """Print the schema in SDL. 输出 SDL。"""
    if output is None:
        typer.echo(sdl(), nl=False)
    else:
        output.write_text(sdl(), encoding="utf-8")


app.add_typer(schema_app, name="schema")


def main() -> None:
    """Run the command line of this process."""
    app()
