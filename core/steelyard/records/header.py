"""What a column or a choice may be called: the words, and when two of them are the same."""

from __future__ import annotations

from steelyard.records.column import RecordColumn


def folded(words: str) -> str:
    """Words without spaces and without upper and lower case: what is equal then is the same header or choice.

    >>> folded(" Repair  Type") == folded("repairtype")
    True
    """
    return "".join(words.casefold().split())


def header_words(column: RecordColumn) -> tuple[str, ...]:
    """What the header of a column may be: its code, its titles, `headers`."""
    return column.column, column.title.zh, column.title.en, *column.headers


def choice_words(column: RecordColumn, code: str) -> tuple[str, ...]:
    """What a cell may say for a choice: its code, its titles, the words of `also`."""
    title = column.choices[code]
    return code, title.zh, title.en, *column.also.get(code, ())
