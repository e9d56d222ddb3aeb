"""Progress: how long work tells whoever waits how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from steelyard.errors import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, and how much of it is: `done` of `total`."""

    stage: Text
    done: int
    total: int


Report = Callable[[Progress], None]
"""Called now and then, on the event loop; it must return at once."""


def silent(_: Progress) -> None:
    """Tell nobody."""
