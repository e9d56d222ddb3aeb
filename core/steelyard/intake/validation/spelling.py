"""What counts as the same word: headers, choices and flags, however they are typed."""

from __future__ import annotations

import unicodedata

from steelyard.records.column import RecordColumn

FLAGS = dict.fromkeys(("是", "yes", "true", "1", "y", "√"), True) | dict.fromkeys(
    ("否", "no", "false", "0", "n", "×"), False
)
"""The words of a flag, in small letters."""


def normal(text: str) -> str:
    """Fold what does not tell words apart: capitals, full and half width, all kinds of blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def header_words(column: RecordColumn) -> set[str]:
    """What may head a column: its code, its titles and the headers that it declares, all normal."""
    return {normal(word) for word in (column.column, column.title.zh, column.title.en, *column.headers)}


def choice_words(column: RecordColumn) -> dict[str, str]:
    """The code of a choice by each normal word for it; codes come before titles, these before `also`."""
    words = {normal(code): code for code in column.choices}
    for code, title in column.choices.items():
        for word in (title.zh, title.en):
            words.setdefault(normal(word), code)
    for code, others in column.also.items():
        for word in others:
            words.setdefault(normal(word), code)
    return words
