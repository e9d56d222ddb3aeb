"""`steelyard pack schema`: what editors need to check a pack's files while they are written."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from steelyard.packs.json_schema import FileKind, json_schema


def schema(
    of: Annotated[
        FileKind, typer.Option("--of", help="Which file it is for. 用于哪种文件。")
    ] = FileKind.SCHEME,
) -> None:
    """Print the JSON Schema of a pack's file, for editors. 输出供编辑器使用的 JSON Schema。"""
    out = typer.get_binary_stream("stdout")
    out.write(written(of))
    out.flush()


def written(kind: FileKind) -> bytes:
    """The schema as a file holds it."""
    return orjson.dumps(json_schema(kind), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
