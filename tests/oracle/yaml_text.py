"""Plain scheme data and tables as the texts that a user would write."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from oracle.table import Table

PLAIN = re.compile(r"(?!true$|false$|null$)\$?[A-Za-z][A-Za-z0-9_./]*|-?[0-9.]+%")


def scheme_text(scheme: Mapping[str, Any]) -> str:
    """Dump plain scheme data as YAML; numbers, percents and `$names` keep every digit."""
    return "\n".join(_lines(scheme)) + "\n"


def table_text(table: Table) -> str:
    """Dump a table as CSV; a cell that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return out.getvalue()


def _lines(value: Any) -> Iterator[str]:
    """Write a block: one line a key or item where it is short, else an indented block below."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if _is_short(item):
                yield f"{_scalar(key)}: {_flow(item)}"
            else:
                yield f"{_scalar(key)}:"
                yield from (f"  {line}" for line in _lines(item))
    else:
        for item in value:
            lines = [_flow(item)] if _is_short(item) else _lines(item)
            for number, line in enumerate(lines):
                yield f"{'  ' if number else '- '}{line}"


def _is_short(item: Any) -> bool:
    return not isinstance(item, Mapping | list | tuple) or len(_flow(item)) <= 80


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and not PLAIN.fullmatch(value):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
