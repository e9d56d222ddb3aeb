"""Forms: what the value of a setting may look like, as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from steelyard.errors import Text

_ADDRESS = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Form:
    """What values look like. between: what joins the items of a list in a variable; None for no list."""

    expected: Text
    admits: Callable[[str], bool]
    between: str | None = None


def one_of(*words: str) -> Form:
    """One of a few words."""
    return Form(Text(f"{'、'.join(words)} 之一", f"one of {', '.join(words)}"), frozenset(words).__contains__)


def integer(least: int, most: int) -> Form:
    """A whole number within bounds, both included."""

    def admits(text: str) -> bool:
        return text.isascii() and text.isdecimal() and len(text) <= 18 and least <= int(text) <= most

    return Form(Text(f"{least} 至 {most} 的整数", f"a whole number from {least} to {most}"), admits)


def decimal(least: float, most: float) -> Form:
    """A number within bounds, both included; no exponent."""

    def admits(text: str) -> bool:
        return re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", text) is not None and least <= float(text) <= most

    return Form(Text(f"{least:g} 至 {most:g} 的数", f"a number from {least:g} to {most:g}"), admits)


def items(between: str, expected: Text) -> Form:
    """A list of words, none of them empty."""
    return Form(expected, lambda text: all(part.strip() for part in text.split(between)), between)


def split_address(text: str) -> tuple[str, int]:
    """Take host and port of an address apart; ValueError for what is none."""
    found = _ADDRESS.fullmatch(text)
    if found is None or int(found["port"]) > 65535:
        raise ValueError(text)
    return found["host"].strip("[]"), int(found["port"])


def _is_address(text: str) -> bool:
    try:
        split_address(text)
    except ValueError:
        return False
    return True


TEXT = Form(Text("文字", "text"), lambda text: bool(text.strip()))
PORT = integer(0, 65535)
ADDRESS = Form(Text("主机:端口，如 127.0.0.1:9464", "host:port, as 127.0.0.1:9464"), _is_address)
SWITCH = one_of("on", "off")
