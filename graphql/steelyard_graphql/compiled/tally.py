"""Tallies: the fields that a plan answers, counted as the usual way counts them, and the time it takes."""

from __future__ import annotations

from collections.abc import Callable

from steelyard_graphql.compiled.misfit import TooMany


class Tally:
    """Counts fields up to a limit. look: called before each column; it raises where time is up."""

    def __init__(self, most: int, look: Callable[[], None]) -> None:
        self.fields = 0
        self._most = most
        self.look = look

    def add(self, fields: int) -> None:
        """Count fields before they are read. Raises TooMany where they are too many."""
        self.fields += fields
        self.expect(0)

    def expect(self, fields: int) -> None:
        """Raise TooMany where so many more fields would be too many."""
        if self.fields + fields > self._most:
            raise TooMany
