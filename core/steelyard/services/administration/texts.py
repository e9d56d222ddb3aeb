"""Texts that people write: reasons, titles, codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from steelyard.errors import Place, Problem
from steelyard.services.administration.problems import (
    REASON_REQUIRED,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    TEXT_UNPRINTABLE,
)

LONGEST_REASON = 2000
LONGEST_TITLE = 300
LONGEST_CODE = 100
_UNPRINTABLE = frozenset({"Cc", "Cs"})


def text_problems(field: str, text: str, most: int = LONGEST_TITLE) -> Iterator[Problem]:
    """What is wrong with a text that must say something."""
    if not text.strip():
        yield Problem(TEXT_EMPTY, Place(field=field), {"field": field})
    yield from _form(field, text, most)


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
