"""The proof that a block of CSV holds nothing on which readers disagree, by masks of all its bytes."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTE, LF, CR = 34, 10, 13
Data = bytes | bytearray
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Plain:
    """A block with so many quotes and this length of line ends, if no quote turns out to be text.

    Half of the quotes stand behind an edge (a separator, a line end or an end of the block), the others
    before one. Where none is text, a reader takes them in pairs, and each pair begins behind an edge, where
    a cell does; so the others are those that end a pair, and each of them ends a cell.
    """

    quotes: int
    line_end: int


class Masks:
    """Masks of a block's bytes, used again for the next: to get memory takes longer than to use it."""

    def __init__(self) -> None:
        self._held = np.empty((4, 0), np.bool_)

    def of(self, size: int) -> tuple[Mask, Mask, Mask, Mask]:
        """Four masks of so many bytes, of which nothing is known."""
        if size > self._held.shape[1]:
            # More than asked for, as the next block may be a little longer.
            self._held = np.empty((4, 1 << size.bit_length()), np.bool_)
        first, second, third, fourth = self._held[:, :size]
        return first, second, third, fourth


def provable_end(
    data: Data, separator: str, *, final: bool, masks: Masks | None = None
) -> tuple[int, Plain | None]:
    """Up to where `data` is whole, well-formed records; 0 where that is not proven.

    With a `Plain` it is so if no quote turns out to be text.
    """
    end = len(data) if final else data.rfind(b"\n") + 1
    if not end or data[0] in (LF, CR) or data.startswith(BOM_UTF8) or data.find(b"\x00", 0, end) >= 0:
        return 0, None
    chars = np.frombuffer(data, dtype=np.uint8, count=end)
    ends, edges, quotes, found = (masks or Masks()).of(end)
    np.equal(chars, LF, out=ends)
    if np.logical_and(ends[1:], ends[:-1], out=found[1:]).any():
        return 0, None
    line_end: int | None = 1
    np.logical_or(ends, np.equal(chars, ord(separator), out=edges), out=edges)
    if data.find(b"\r", 0, end) >= 0:
        returns = chars == CR
        # A bare CR, or a blank line.
        if returns[-1] or np.any(returns[:-1] & ~ends[1:]) or np.any(ends[:-1] & returns[1:]):
            return 0, None
        edges |= returns
        line_end = 2 if np.count_nonzero(returns) == np.count_nonzero(ends) else None
    np.equal(chars, QUOTE, out=quotes)
    number = int(np.count_nonzero(quotes))
    if not number:
        return end, None
    if line_end is not None and _plainly_quoted(quotes, number, edges, found, ends):
        return end, Plain(number, line_end)
    return _quoted_end(chars, quotes, edges, final=final), None


def _plainly_quoted(quotes: Mask, number: int, edges: Mask, opening: Mask, closing: Mask) -> bool:
    """Whether half of the quotes stand behind an edge and half before one, none both; the ends are edges.

    What is in the last two masks is not looked at, but overwritten.
    """
    opening[0], closing[-1] = quotes[0], quotes[-1]
    np.logical_and(quotes[1:], edges[:-1], out=opening[1:])
    np.logical_and(quotes[:-1], edges[1:], out=closing[:-1])
    half = np.count_nonzero(opening)
    if half != np.count_nonzero(closing) or 2 * half != number:
        return False
    return not np.logical_and(opening, closing, out=opening).any()


def _quoted_end(chars: Bytes, quotes: Mask, edges: Mask, *, final: bool) -> int:
    """Quotes open and close by turns: openers must stand behind, closers before an edge or a quote."""
    places = np.flatnonzero(quotes)
    end = len(chars)
    if not final and len(places) % 2:
        outside = np.flatnonzero(chars == LF)
        outside = outside[np.searchsorted(places, outside) % 2 == 0]
        end = int(outside[-1]) + 1 if len(outside) else 0
        places = places[: np.searchsorted(places, end)]
    if len(places) % 2:
        return 0
    edges = edges | quotes
    before, after = places[0::2] - 1, places[1::2] + 1
    good = edges[before[before >= 0]].all() and edges[after[after < end]].all()
    return end if good else 0
