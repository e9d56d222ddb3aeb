"""A new pack: the files of the template, under a name of the author's."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from steelyard.errors import InvalidInput, Place, Problem, system_reason
from steelyard.packs import problems as p
from steelyard.packs.json_schema import FileKind, json_schema
from steelyard.packs.pack_file import is_pack_name

PLACE = "NAME"
SCHEMAS = ".schema"


def draft_pack(name: str, folder: Path) -> list[Path]:
    """Write a pack that can be checked and scored with at once; return its files.

    Raises InvalidInput for a name that a pack cannot have (PACK_BAD_NAME), for a folder that holds something
    already (PACK_EXISTS), and where it cannot be written (PACK_UNWRITABLE).
    """
    if not is_pack_name(name):
        raise InvalidInput(Problem(p.BAD_PACK_NAME, values={"name": name}))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InvalidInput(Problem(p.EXISTS, values={"folder": str(folder)}))
        template = files(__package__).joinpath("template")
        written = _copy(template, folder, name)
        for kind in FileKind:
            path = folder / SCHEMAS / f"{kind}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        values = {"reason": system_reason(error)}
        raise InvalidInput(Problem(p.UNWRITABLE, Place(str(folder)), values)) from error
    return written


def _copy(source: Traversable, folder: Path, name: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        target = folder / entry.name.replace(PLACE, name)
        if entry.is_dir():
            written += _copy(entry, target, name)
        else:
            target.write_text(entry.read_text("utf-8").replace(PLACE, name), "utf-8")
            written.append(target)
    return written
