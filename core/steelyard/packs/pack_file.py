"""`pack.yaml`: who a pack is that is a folder of files.

format: steelyard-pack/1
name: parks
version: 1.0.0
api_version: 1
title: {zh: 公园, en: Parks}
"""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.files import read_file
from steelyard.packs.records import API_VERSION, PackInfo
from steelyard.scheme.base import Definition, Name, Whole, Words
from steelyard.scheme.document import Document, Mapping, Scalar
from steelyard.scheme.number import parse_decimal
from steelyard.scheme.problems.field import NOT_A_COUNT
from steelyard.scheme.suggestion import nearest
from steelyard.scheme.yaml import read_document

FILE = "pack.yaml"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


class PackFile(Definition):
    """`pack.yaml`.

    name: small letters, digits and hyphens; unique among the packs of an installation.
    version: the pack's own.
    api_version: the version of the packs' interface that it was written for.
    """

    format: Literal["steelyard-pack/1"]
    name: Name
    version: Name
    api_version: Whole
    title: Words

    def info(self) -> PackInfo:
        """The record that a pack without this file returns from `steelyard_pack`."""
        return PackInfo(self.name, self.version, self.api_version, self.title)


def read_pack_file(text: str, file: str) -> tuple[PackInfo, Document]:
    """Read the text of a `pack.yaml`; InvalidInput with all problems.

    A file for another version of the interface may well be written differently: that is told by its
    version, not by its fields.
    """
    document, _ = read_document(text, file)
    version = document.at(("api_version",))
    if isinstance(document.root, Mapping) and isinstance(version, Scalar):
        number = parse_decimal(str(version.value))
        if number is not None and number.denominator == 1 and number != API_VERSION:
            values = p.version_values(int(number), API_VERSION)
            name = document.at(("name",))
            pack = str(name.value) if isinstance(name, Scalar) else file
            raise InvalidInput(document.problem(p.API_VERSION, version.mark, pack=pack, **values))
    read, document = read_file(text, file, PackFile)
    if not is_pack_name(read.name):
        mark = document.mark(("name",))
        raise InvalidInput(document.problem(p.BAD_PACK_NAME, mark, name=read.name))
    if isinstance(version, Scalar) and str(version.value) != str(read.api_version):
        # `1.0` is a version of something else: this one is counted.
        values = {"field": "api_version", "found": version.value, "least": 1}
        raise InvalidInput(document.problem(NOT_A_COUNT, document.mark(("api_version",)), **values))
    return read.info(), document


def is_pack_name(name: str) -> bool:
    """Whether a pack can be called this."""
    return _NAME.fullmatch(name) is not None


def no_pack_file(folder: Traversable, name: str) -> Problem:
    """Say that a folder has no `pack.yaml`, and what may have been meant for it."""
    names = [entry.name for entry in folder.iterdir()]
    near = nearest(FILE, [name for name in names if name.casefold().startswith("pack")])
    below = (
        sorted([*folder.glob(f"*/{FILE}"), *folder.glob(f"*/*/{FILE}")]) if isinstance(folder, Path) else []
    )
    inner = below[0].parent.relative_to(folder).as_posix() if below and isinstance(folder, Path) else None
    values: dict[str, object] = {"folder": name, "hint_zh": "", "hint_en": ""}
    if near is not None:
        values |= {"hint_zh": f"（是否应将“{near}”改名？）", "hint_en": f" (is `{near}` meant to be it?)"}
    elif inner is not None:
        values |= {"hint_zh": f"（是否指其中的“{inner}”？）", "hint_en": f" (is `{inner}` in it meant?)"}
    return Problem(p.NO_PACK_FILE, Place(name), values)
