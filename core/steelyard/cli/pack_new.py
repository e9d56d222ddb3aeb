"""`steelyard pack new`: a folder to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from steelyard.errors import Text
from steelyard.packs.draft import draft_pack

WRITTEN = Text(
    "已在 {folder} 写入 {count} 个文件。接下来：\n\n"
    "  steelyard pack check {folder}\n"
    "  steelyard pack explain {folder}\n"
    "  steelyard score {folder}/schemes/service.yaml {folder}/samples/{name}.service.csv\n"
    "  steelyard demo --packs-dir {folder}",
    "{count} files are in {folder}. Next:\n\n"
    "  steelyard pack check {folder}\n"
    "  steelyard pack explain {folder}\n"
    "  steelyard score {folder}/schemes/service.yaml {folder}/samples/{name}.service.csv\n"
    "  steelyard demo --packs-dir {folder}",
)


def new(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Small letters, digits, hyphens. 小写字母、数字、连字符。")
    ],
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Folder to write; NAME if left out. 文件夹，省略则同名。")
    ] = None,
) -> None:
    """Write a new pack to begin with. 生成一个新的指标包。"""
    chosen = folder or Path(name)
    files = draft_pack(name, chosen)
    values = {"count": len(files), "folder": str(chosen), "name": name}
    typer.echo(WRITTEN.format(values).get(context.obj))
