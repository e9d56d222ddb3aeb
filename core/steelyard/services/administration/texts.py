"""Texts that people write: reasons, titles, codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from steelyard.errors import Place, Problem
from steelyard.services.administration.problems import (
    CODE_INVALID,
    REASON_REQUIRED,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    TEXT_UNPRINTABLE,
)

LONGEST_REASON = 2000
LONGEST_TITLE = 300
LONGEST_CODE = 100
_UNPRINTABLE = frozenset({"Cc", "Cs"})
_NOT_IN_CODES = _UNPRINTABLE | {"Zs", "Zl", "Zp"}


def text_problems(field: str, text: str, most: int = LONGEST_TITLE) -> Iterator[Problem]:
    """What is wrong with a text that must say something."""
    if not text.strip():
        yield Problem(TEXT_EMPTY, Place(field=field), {"field": field})
    yield from _form(field, text, most)


def code_problems(field: str, code: str) -> Iterator[Problem]:
    """What is wrong with a code: it is one word, and has no colon, which divides subjects."""
    letters = (unicodedata.category(letter) for letter in code)
    if not 0 < len(code) <= LONGEST_CODE or ":" in code or any(each in _NOT_IN_CODES for each in letters):
        values = {"field": field, "found": shown(code), "most": LONGEST_CODE}
        yield Problem(CODE_INVALID, Place(field=field), values)


def reason_problems(reason: str) -> Iterator[Problem]:
    """What is wrong with the reason of an act; it may have several lines."""
    if not reason.strip():
        yield Problem(REASON_REQUIRED, Place(field="reason"))
    yield from _form("reason", reason.replace("\n", " "), LONGEST_REASON)


def _form(field: str, text: str, most: int) -> Iterator[Problem]:
    if len(text) > most:
        yield Problem(TEXT_TOO_LONG, Place(field=field), {"field": field, "found": len(text), "most": most})
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in text):
        yield Problem(TEXT_UNPRINTABLE, Place(field=field), {"field": field})


def shown(text: str) -> str:
    """A text for a message, cut where it is long."""
    return text if len(text) <= LONGEST_CODE else f"{text[:LONGEST_CODE]}…"
