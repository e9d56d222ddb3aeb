"""What is laid over a scheme: other weights and pass lines, for all rows alike or for each its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.scoring.observations import Rows


@dataclass(frozen=True)
class Overlay:
    """By node code: weights, which stand in for the scheme's and the variant's, and pass lines as rates.

    Neither changes a full mark.
    """

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    lines: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlays:
    """Several overlays, and, (n,), which of them each row is scored with."""

    each: tuple[Overlay, ...]
    of: Rows


NO_OVERLAY = Overlay()
