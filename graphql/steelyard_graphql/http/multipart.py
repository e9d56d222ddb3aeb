"""A multipart body, taken apart while it arrives: short fields are kept, files go straight to disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from steelyard.errors import Problem
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.problems import HTTP_BODY_TOO_LARGE, UPLOAD_MALFORMED

FIELD_MOST = 1_000_000
"""Bytes of a field that is no file."""
NAME_MOST = 255


@dataclass(slots=True)
class Part:
    """One part: `data` of a field, or the file at `path`, called `file_name` by the client."""

    name: str
    file_name: str | None
    path: Path | None = None
    size: int = 0
    data: bytearray = field(default_factory=bytearray)


class PartWriter:
    """Takes a body piece by piece; `on_part` is told of each part when it begins and may refuse it.

    It works without waiting, in whatever thread it is called. Files are written into `folder`.
    """

    def __init__(self, boundary: bytes, folder: Path, on_part: Callable[[Part], None]) -> None:
        self._folder, self._on_part = folder, on_part
        self.parts: list[Part] = []
        self._complete = False
        self._file: IO[bytes] | None = None
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._headers.clear,
                    "on_header_field": self._on_header_name,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers,
                    "on_part_data": self._on_data,
                    "on_part_end": self.close,
                    "on_end": self._on_end,
                },
            )
        except FormParserError as error:
            raise malformed("没有可用的分隔符", "it has no usable boundary") from error

    def write(self, piece: bytes) -> None:
        """Take the next piece. Raises Refusal."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise malformed("无法按分隔符拆分", "it cannot be split at its boundary") from error

    def finish(self) -> None:
        """Say that there are no more pieces. Raises Refusal where the end is missing."""
        if not self._complete:
            raise malformed("没有结尾", "its end is missing")

    def close(self) -> None:
        """Finish the file that is being written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _on_end(self) -> None:
        self._complete = True

    def _on_header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name, self._value = bytearray(), bytearray()

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"name" not in options:
            raise malformed("有一部分没有名字", "one of its parts has no name")
        file_name = options.get(b"filename")
        part = Part(_text(options[b"name"]), None if file_name is None else _plain(_text(file_name)))
        self._on_part(part)
        if part.file_name is not None:
            # Never by the client's name: it may be any path.
            part.path = self._folder / str(len(self.parts))
            self._file = part.path.open("wb")
        self.parts.append(part)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        part = self.parts[-1]
        part.size += end - start
        if self._file is not None:
            self._file.write(data[start:end])
        elif part.size > FIELD_MOST:
            raise Refusal(413, Problem(HTTP_BODY_TOO_LARGE, values={"most": FIELD_MOST}))
        else:
            part.data += data[start:end]


def malformed(zh: str, en: str) -> Refusal:
    """The refusal of a body that is not as it should be; the words go on after a colon."""
    return Refusal(400, Problem(UPLOAD_MALFORMED, values={"reason_zh": zh, "reason_en": en}))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace")


def _plain(name: str) -> str:
    """A file's name without folders and without what no database takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:NAME_MOST] or "upload"
