"""The options by which every command that uses packs is told which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from steelyard.packs import Packs, load_packs

FOLDERS_VARIABLE = "STEELYARD_PACKS"
ALLOWED_VARIABLE = "STEELYARD_ALLOWED_PACKS"
_BETWEEN = re.compile(r"[,\s]+")

PackFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--packs-dir",
        envvar=FOLDERS_VARIABLE,
        metavar="DIR",
        help="A pack's folder, or a folder of such; may be repeated. 指标包文件夹，或其上级，可重复。",
    ),
]
AllowedPacks = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-pack",
        envvar=ALLOWED_VARIABLE,
        metavar="NAME",
        help="Use this pack; if given, no others; may be repeated. 只允许所列的指标包，可重复。",
    ),
]


def chosen_packs(
    folders: Sequence[Path] | None, allowed: Sequence[str] | None, *, strict: bool = False
) -> Packs:
    """Load the installed packs and those of `folders`: the `allowed`, or all where none is named.

    Raises UsageError for a folder that cannot be read; with `strict` ConfigError for packs that cannot be
    used.
    """
    names = [name for words in allowed or () for name in _BETWEEN.split(words) if name]
    return load_packs(folders=folders or (), allow=names or None, strict=strict)
