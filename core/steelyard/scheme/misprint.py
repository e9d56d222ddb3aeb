"""Texts that are meant as numbers but cannot be read as such: what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto

from steelyard.scheme.number import parse_quantity

_NOT_FINITE = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d+(?:[,'’_\s]\d+)+(?:\.\d*)?|[+-]?\d+(?:\.\d{3})+,\d+", re.ASCII)
_ANY_LENGTH = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


class Misprint(Enum):
    """The ways of writing a number that are not read; a percent is, but not everywhere."""

    FULL_WIDTH = auto()
    NOT_FINITE = auto()
    GROUPED = auto()
    TOO_LONG = auto()
    PERCENT = auto()
    OTHER = auto()


def misprint(text: str) -> Misprint:
    """Say what is wrong with a text that is no number."""
    number = text[:-1] if text.endswith("%") else text
    if half_width(text) != text and parse_quantity(half_width(text)) is not None:
        return Misprint.FULL_WIDTH
    if _NOT_FINITE.fullmatch(number):
        return Misprint.NOT_FINITE
    if _GROUPED.fullmatch(number):
        return Misprint.GROUPED
    if number != text and parse_quantity(text) is not None:
        return Misprint.PERCENT
    if _ANY_LENGTH.fullmatch(number):
        return Misprint.TOO_LONG
    return Misprint.OTHER


def half_width(text: str) -> str:
    """The same in plain characters: `１２％` is 12%."""
    return unicodedata.normalize("NFKC", text).replace("−", "-")
