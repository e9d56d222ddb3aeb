"""JSON values as the text of cells: numbers as they are written, nested values as compact JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

DEEPEST = 100
"""Lists and objects within each other: what can be read can also be written again."""


class Number(str):
    """A number of JSON, kept as the source wrote it."""

    __slots__ = ()


def parsed(text: str) -> object:
    """The value of a JSON text, numbers as `Number`. Raises ValueError for what is no JSON."""
    try:
        value: object = _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if text.count("[") + text.count("{") > DEEPEST and _is_deep(value):
        raise ValueError("nested too deep")
    return value


def cell(value: object) -> str | None:
    """The text of a cell: null for null."""
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    return dumped(value)


def dumped(value: object) -> str:
    """Compact JSON of a parsed value; numbers as they were written."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Mapping):
        members = (f"{json.dumps(key, ensure_ascii=False)}:{dumped(each)}" for key, each in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumped, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice")
    return members


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(
    parse_int=Number, parse_float=Number, parse_constant=_refuse, object_pairs_hook=_members
)
