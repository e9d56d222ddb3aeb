"""Relay connections over sorted rows: pages, keyset cursors, and the limits of a page.

A cursor holds the sorting key of a row, not its number: rows that come or go meanwhile neither repeat
nor hide others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

import strawberry

from steelyard.errors import InvalidInput, Place, Problem
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.ids import SHOWN, packed, unpacked
from steelyard_graphql.problems import CURSOR_INVALID, PAGE_SIZE_INVALID, PAGE_TOO_LARGE, PAGE_TWO_WAYS

MOST = 100
USUAL = 20

T = TypeVar("T")
R = TypeVar("R")
Key = tuple[str | float, ...]
"""What a list is sorted by: the same kinds of values for each of its rows."""
Kinds = tuple[type[str] | type[float], ...]
First = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many to return, going forward: at most {MOST}, {USUAL} if left out."
    ),
]
After = Annotated[
    str | None, strawberry.argument(description="Return those after this cursor, going forward.")
]
Last = Annotated[
    int | None,
    strawberry.argument(description=f"How many to return, going backward: at most {MOST}. Not with `first`."),
]
Before = Annotated[
    str | None, strawberry.argument(description="Return those before this cursor, going backward.")
]


@plain
@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """The page info of the Relay convention."""

    has_next_page: bool = strawberry.field(description="Whether there are more after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are more before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item, if there is one.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item, if there is one.")


@plain
@strawberry.type(description="One item of a page.")
class Edge(Generic[T]):
    """An item with its cursor."""

    cursor: str = strawberry.field(description="Opaque: pass it as `after` or `before`.")
    node: T = strawberry.field(description="The item.")


@plain
@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    """A page in the Relay convention."""

    edges: list[Edge[T]] = strawberry.field(description="The items of the page with their cursors.")
    nodes: list[T] = strawberry.field(description="The items of the page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many items the whole list has.")


@dataclass(frozen=True, slots=True)
class PageArguments:
    """What a query asked for, as it asked."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Which of `total` rows a page has: those from `start` up to, not including, `end`."""

    start: int
    end: int
    total: int

    def info(self, cursors: Sequence[str]) -> PageInfo:
        """The page as GraphQL shows it, given the cursors of its rows."""
        return PageInfo(
            has_next_page=self.end < self.total,
            has_previous_page=self.start > 0,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )


def check(asked: PageArguments) -> None:
    """Raise InvalidInput with all that is wrong with the sizes and the direction of a page."""
    problems = [*_sizes(asked.first, "first"), *_sizes(asked.last, "last")]
    forward = [name for name in ("first", "after") if getattr(asked, name) is not None]
    backward = [name for name in ("last", "before") if getattr(asked, name) is not None]
    if (asked.last is not None and forward) or (asked.first is not None and backward):
        values = {"forward": ", ".join(forward), "backward": ", ".join(backward)}
        problems.append(Problem(PAGE_TWO_WAYS, Place(field=forward[0]), values))
    if problems:
        raise InvalidInput(problems)


def size_of(asked: PageArguments) -> int:
    """How many rows a page going forward has at most."""
    return USUAL if asked.first is None else asked.first


def window(total: int, asked: PageArguments, after: int | None, before: int | None) -> Window:
    """Place a page among `total` rows.

    after: the first row that may be in it. before: the first row that may not, counting from the front.
    """
    low = 0 if after is None else after
    high = max(low, total if before is None else before)
    if asked.last is not None:
        return Window(max(low, high - asked.last), high, total)
    return Window(low, min(high, low + size_of(asked)), total)


def page(
    rows: Sequence[R], key: Callable[[R], str], name: str, asked: PageArguments
) -> tuple[Window, list[str]]:
    """Cut a page out of rows sorted by a text; `name` tells the list's cursors from others'.

    Return where it is and the cursors of its rows. Raises InvalidInput with all that is wrong.
    """
    return page_by(rows, lambda row: (key(row),), (str,), name, asked)


def page_by(
    rows: Sequence[R], key: Callable[[R], Key], kinds: Kinds, name: str, asked: PageArguments
) -> tuple[Window, list[str]]:
    """The same of rows sorted by several texts and numbers; kinds: what each of them is."""
    check(asked)
    after = before = None
    if asked.after is not None:
        after = bisect_right(rows, _key(asked.after, kinds, name, "after"), key=key)
    if asked.before is not None:
        before = bisect_left(rows, _key(asked.before, kinds, name, "before"), key=key)
    chosen = window(len(rows), asked, after, before)
    return chosen, [write_cursor(name, *key(row)) for row in rows[chosen.start : chosen.end]]


def write_cursor(name: str, *key: str | float) -> str:
    """Return the cursor of a row of the list `name`."""
    return packed((name, *key))


def read_cursor(cursor: str, name: str, argument: str) -> list[str | float]:
    """Return the key in a cursor of the list `name`; InvalidInput (CURSOR_INVALID) for other texts."""
    parts = unpacked(cursor)
    if not parts or parts[0] != name:
        raise wrong_cursor(cursor, argument)
    return parts[1:]


def wrong_cursor(cursor: str, argument: str) -> InvalidInput:
    """The error for a text that is not a cursor of the list."""
    return InvalidInput(Problem(CURSOR_INVALID, Place(field=argument), {"cursor": cursor[:SHOWN]}))


def _key(cursor: str, kinds: Kinds, name: str, argument: str) -> Key:
    found = tuple(read_cursor(cursor, name, argument))
    if [isinstance(part, str) for part in found] != [kind is str for kind in kinds]:
        raise wrong_cursor(cursor, argument)
    return found


def _sizes(size: int | None, argument: str) -> list[Problem]:
    if size is None or 0 <= size <= MOST:
        return []
    kind = PAGE_TOO_LARGE if size > MOST else PAGE_SIZE_INVALID
    return [Problem(kind, Place(field=argument), {"argument": argument, "found": size, "most": MOST})]
