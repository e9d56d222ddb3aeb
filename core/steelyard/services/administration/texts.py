"""Texts that people write: reasons, titles, codes."""

from __future__ import annotations

import re
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
# By category letters, marks and symbols, but nothing of them shows.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_ALIKE = ("LATIN ", "CYRILLIC ", "GREEK ")
_WORD = re.compile(r"[^\W\d_]+")


def text_problems(field: str, text: str, most: int = LONGEST_TITLE) -> Iterator[Problem]:
    """What is wrong with a text that must say something."""
    if not text.strip():
        yield Problem(TEXT_EMPTY, Place(field=field), {"field": field})
    yield from _form(field, text, most)


def code_problems(field: str, code: str) -> Iterator[Problem]:
    """What is wrong with a code: it is one word that can be read, no two look alike in, and names a file.

    A colon divides subjects. A word of letters that look alike is of one alphabet.
    """
    blank = " " in code or not code.isprintable() or _INVISIBLE.search(code) is not None
    mixed = any(_is_mixed(word) for word in _WORD.findall(code))
    if not 0 < len(code) <= LONGEST_CODE or blank or mixed or ":" in code or code in (".", ".."):
        values = {"field": field, "found": shown(code), "most": LONGEST_CODE}
        yield Problem(CODE_INVALID, Place(field=field), values)


def likeness(code: str) -> str:
    """What codes that differ in width or case alone have in common."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", code).casefold())


def _is_mixed(word: str) -> bool:
    names = [unicodedata.name(letter, "") for letter in word]
    return sum(any(name.startswith(alphabet) for name in names) for alphabet in _ALIKE) > 1


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
