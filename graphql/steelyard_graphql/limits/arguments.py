"""How much one field may ask for: numbers within their bounds, lists not too long."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.errors import InvalidInput, Place, Problem
from steelyard_graphql.problems import LIST_EMPTY, LIST_TOO_LONG, NUMBER_OUT_OF_RANGE

LIST_MOST = 200
"""Items of a list of codes."""


def within(number: int, least: int, most: int, argument: str) -> int:
    """Return a number that lies in its bounds; InvalidInput (NUMBER_OUT_OF_RANGE)."""
    if not least <= number <= most:
        values = {"argument": argument, "found": number, "least": least, "most": most}
        raise InvalidInput(Problem(NUMBER_OUT_OF_RANGE, Place(field=argument), values))
    return number


def some(items: Sequence[str], argument: str, most: int = LIST_MOST) -> list[str]:
    """Return the items without repetitions; InvalidInput where there are none or too many."""
    chosen = list(dict.fromkeys(items))
    if not chosen:
        raise InvalidInput(Problem(LIST_EMPTY, Place(field=argument), {"argument": argument}))
    if len(chosen) > most:
        values = {"argument": argument, "found": len(chosen), "most": most}
        raise InvalidInput(Problem(LIST_TOO_LONG, Place(field=argument), values))
    return chosen
