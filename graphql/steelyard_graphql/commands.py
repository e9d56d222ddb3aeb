"""`steelyard serve`, `demo` and `schema`.

What a server needs is imported when one is run: the help of these commands is not to wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.deferred import importing
from steelyard.cli.new_file import write_new
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs

HOST = "127.0.0.1"
PORT = 8000

schema_app = typer.Typer(no_args_is_help=True, help="The GraphQL schema. GraphQL 模式。")


def serve(
    host: Annotated[
        str, typer.Option(envvar="STEELYARD_HOST", help="Address to listen at. 监听地址。")
    ] = HOST,
    port: Annotated[
        int,
        typer.Option(envvar="STEELYARD_PORT", min=0, max=65535, help="Port; 0 for any. 端口，0 为任意。"),
    ] = PORT,
    database: DatabaseUrl = DEFAULT_DATABASE,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Serve the GraphQL API to those with a token. 启动 GraphQL 服务，凭令牌访问。

    `steelyard token create` makes one. Without --host only this machine can reach the server.
    """
    with importing():
        from steelyard_graphql import serving

    serving.serve(database, chosen_packs(packs_dir, allow_pack), host, port, parts)


def demo(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; another if it is taken. 端口，被占用则另选。")
    ] = PORT,
    database: Annotated[
        str | None,
        typer.Option(help="URL of a new database, else a temporary one. 新数据库的地址，省略则为临时。"),
    ] = None,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Load the samples into a fresh database and serve them with an explorer. 示例演示。"""
    with importing():
        from steelyard_graphql import demo as served

    served.demo(port, database, chosen_packs(packs_dir, allow_pack), context.obj, parts)


def documents(
    folder: Annotated[Path, typer.Argument(help="Folder of .graphql files. 存放查询的文件夹。")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write. 输出文件。")] = None,
) -> None:
    """Write a manifest of trusted documents; the queries are checked first. 生成受信文档清单。

    With the setting `limit_documents` a server answers the queries of a manifest only.
    """
    with importing():
        from steelyard_graphql.limits.settings import from_environment
        from steelyard_graphql.manifest import manifest

    _write(manifest(folder, from_environment()), output)


@schema_app.callback()
def schemas() -> None:
    """The GraphQL schema. GraphQL 模式。"""


@schema_app.command("export")
def export_command(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write. 输出文件。")] = None,
) -> None:
    """Print the schema in SDL, or write it to a file. 输出 SDL。"""
    with importing():
        from steelyard_graphql.schema import sdl

    _write(sdl(), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    write_new(output, text.encode())
