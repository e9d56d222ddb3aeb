"""Python values of spreadsheets and databases as the canonical text of a cell."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal


def value_text(value: object) -> str | None:
    """ISO dates and times, plain decimals, true/false, durations as [h]:mm:ss; None for nothing.

    Bytes become hexadecimal; lists and mappings JSON.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal, float)):
        return number_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, default=value_text, separators=(",", ":"))
    return str(value)


def number_text(value: float | Decimal) -> str:
    """A number without exponent; a float by its shortest text, without `.0`. NaN and inf by name."""
    if isinstance(value, int):
        return str(value)
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        return str(exact)
    text = format(exact, "f")
    return text.removesuffix(".0") if isinstance(value, float) else text


def duration_text(value: timedelta) -> str:
    """Hours, minutes and seconds, the hours beyond a day too: `30:00:00`."""
    micro = value // timedelta(microseconds=1)
    sign, micro = ("-", -micro) if micro < 0 else ("", micro)
    seconds, rest = divmod(micro, 1_000_000)
    text = f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}.{rest:06d}" if rest else text
