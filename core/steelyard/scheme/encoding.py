"""From the bytes of a scheme file to text: UTF-8, or what the bytes look like instead."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.scheme.problems.text import NOT_UTF8

_UTF16 = Text("像是UTF-16", "looks like UTF-16")
_GB18030 = Text("像是GB18030（GBK）", "looks like GB18030 (GBK)")
_BINARY = Text("像是二进制文件，而非文本", "looks like a binary file, not a text")
_UNKNOWN = Text("编码无法辨认", "is in no encoding that can be told")
_MOSTLY = 0.4


def decode(data: bytes, file: str) -> str:
    """Return the text, without a byte order mark; raises InvalidInput at the first byte that is no UTF-8."""
    if _is_utf16(data):
        # Such bytes may be valid UTF-8 too, and their lines cannot be counted.
        raise InvalidInput(Problem(NOT_UTF8, Place(file), _values(0, _UTF16)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
    if b"\x00" in data:
        raise InvalidInput(Problem(NOT_UTF8, Place(file), _values(start, _BINARY)))
    before = data[:start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    raise InvalidInput(Problem(NOT_UTF8, place, _values(start, _GB18030 if _is_gb18030(data) else _UNKNOWN)))


def _values(start: int, likely: Text) -> dict[str, object]:
    return {"byte": start + 1, "likely_zh": likely.zh, "likely_en": likely.en}


def _is_utf16(data: bytes) -> bool:
    """Tell by the mark, or by every other byte of mostly Latin text being 0."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    head = data[:2000]
    zeros = [head[side::2].count(0) for side in (0, 1)]
    return len(head) >= 4 and min(zeros) == 0 and max(zeros) > _MOSTLY * len(head) / 2


def _is_gb18030(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
