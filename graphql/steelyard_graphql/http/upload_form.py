"""An operation with files: the GraphQL multipart request specification, read strictly.

First `operations`, the request as JSON; then `map`, which says where each file belongs; then the files.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from steelyard.errors import Problem, TransientError
from steelyard.services.room import full_disk_told, require_room
from steelyard_graphql.execution import Operation
from steelyard_graphql.http.asked import DRAINED, MOST, json_in, operation_in
from steelyard_graphql.http.multipart import Part, PartWriter, malformed
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.problems import (
    UPLOAD_FILE_MISSING,
    UPLOAD_MAP,
    UPLOAD_PREFLIGHT,
    UPLOAD_TOO_LARGE,
)
from steelyard_graphql.uploads import UploadedFile

FORM = "multipart/form-data"
PREFLIGHT = "graphql-require-preflight"
ROOM_EVERY = 1 << 24
"""Bytes of a body after which the room on the disk is looked at again."""
FILES_MOST = 8
_DIGITS = 16
"""A length of more digits is no length."""
SHOWN = 80


@asynccontextmanager
async def uploaded(request: Request, most: int) -> AsyncIterator[Operation]:
    """Read an operation with its files, which are there until the end of the block.

    most: bytes of the body. Raises Refusal.
    """
    if not {PREFLIGHT, "authorization"} & set(request.headers):
        raise Refusal(400, Problem(UPLOAD_PREFLIGHT))
    with TemporaryDirectory(prefix="steelyard-upload-", ignore_cleanup_errors=True) as folder:
        try:
            with full_disk_told():
                operation = await _received(request, Path(folder), most)
        except TransientError as error:
            raise Refusal(507, error.problems[0], {"connection": "close"}) from error
        yield operation


async def _received(request: Request, folder: Path, most: int) -> Operation:
    _, options = parse_options_header(request.headers.get("content-type"))
    said = request.headers.get("content-length", "")
    length = int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS else 0
    require_room(folder, min(length, most))
    form = _Form()
    writer = PartWriter(options.get(b"boundary", b""), folder, form.begin)
    try:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                await _drain(request)
                raise Refusal(413, Problem(UPLOAD_TOO_LARGE, values={"most": most}), {"connection": "close"})
            if size // ROOM_EVERY > (size - len(piece)) // ROOM_EVERY:
                # Others write, too, and a body may come without saying how long it is.
                require_room(folder, 0)
            await asyncio.to_thread(writer.write, piece)
        writer.finish()
    finally:
        writer.close()
    return form.operation()


async def _drain(request: Request) -> None:
    """Read on for a while: who is cut off while sending may not see the answer."""
    left = DRAINED * MOST
    async for piece in request.stream():
        left -= len(piece)
        if left < 0:
            return


class _Form:
    """The parts as they come."""

    def __init__(self) -> None:
        self._operations: Part | None = None
        self._map: Part | None = None
        self._places: Mapping[str, Sequence[str]] | None = None
        self._files: dict[str, Part] = {}

    def begin(self, part: Part) -> None:
        """Take a part that begins; those before it are complete. Raises Refusal where it does not belong."""
        if part.file_name is None:
            self._begin_field(part)
            return
        if self._map is None:
            raise malformed("文件先于 map", "a file comes before the map")
        name = part.name[:SHOWN]
        if part.name not in self._mapped():
            raise _wrong_map(f"其中没有文件“{name}”", f"the file “{name}” is not in it")
        if part.name in self._files:
            raise malformed(f"文件“{name}”发了两次", f"the file “{name}” comes twice")
        self._files[part.name] = part

    def operation(self) -> Operation:
        """The operation with the files in its variables. Raises Refusal."""
        if self._operations is None or self._map is None:
            raise malformed("缺少 operations 或 map", "operations or map is missing")
        places = self._mapped()
        for name in places:
            if name not in self._files:
                raise Refusal(400, Problem(UPLOAD_FILE_MISSING, values={"name": name[:SHOWN]}))
        fields = json_in(bytes(self._operations.data), "operations")
        operation_in(fields)
        for name, paths in places.items():
            for path in paths:
                _put(fields, path, _file(self._files[name]))
        return operation_in(fields)

    def _begin_field(self, part: Part) -> None:
        if part.name == "operations" and self._operations is None:
            self._operations = part
        elif part.name == "map" and self._map is None and self._operations is not None:
            self._map = part
        else:
            name = part.name[:SHOWN]
            raise malformed(f"“{name}”不该在此处", f"“{name}” does not belong where it is")

    def _mapped(self) -> Mapping[str, Sequence[str]]:
        if self._places is None:
            data = b"" if self._map is None else bytes(self._map.data)
            self._places = _places(json_in(data, "map"))
        return self._places


def _places(found: Any) -> Mapping[str, Sequence[str]]:
    """The map: name of a file → where it belongs."""
    if not isinstance(found, dict) or not all(_are_paths(paths) for paths in found.values()):
        raise _wrong_map("应为对象，每个值是路径的列表", "it should be an object of lists of paths")
    if len(found) > FILES_MOST:
        raise _wrong_map(f"文件多于 {FILES_MOST} 个", f"it has more than {FILES_MOST} files")
    every = [path for paths in found.values() for path in paths]
    if len(set(every)) < len(every):
        raise _wrong_map("两个文件指向同一处", "two files belong to one path")
    return found


def _are_paths(found: object) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(path, str) for path in found)


def _put(fields: Any, path: str, file: UploadedFile) -> None:
    """Put a file where a path leads: to a null in the variables and nowhere else."""
    first, *steps = path.split(".")
    holder: Any = fields if first == "variables" else None
    last = first
    for step in steps:
        holder, last = _at(holder, last), step
    if not steps or not _has(holder, last) or _at(holder, last) is not None:
        raise _wrong_map(
            f"“{path[:SHOWN]}”不是值为 null 的变量", f"“{path[:SHOWN]}” leads to no variable that is null"
        )
    holder[_key(holder, last)] = file


def _has(holder: Any, step: str) -> bool:
    if isinstance(holder, list):
        return step.isascii() and step.isdecimal() and len(step) < 4 and int(step) < len(holder)
    return isinstance(holder, dict) and step in holder


def _at(holder: Any, step: str) -> Any:
    return holder[_key(holder, step)] if _has(holder, step) else None


def _key(holder: Any, step: str) -> str | int:
    return int(step) if isinstance(holder, list) else step


def _file(part: Part) -> UploadedFile:
    # Whatever is in the map has begun as a file.
    return UploadedFile(cast("Path", part.path), part.file_name or "", part.size)


def _wrong_map(zh: str, en: str) -> Refusal:
    return Refusal(400, Problem(UPLOAD_MAP, values={"reason_zh": zh, "reason_en": en}))
