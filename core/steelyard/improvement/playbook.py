"""Playbooks: what a pack advises about a weak indicator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.errors import Text


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do about one indicator; several may answer the same.

    code: unique in its pack; plans refer to it.
    effort: person-days.
    expected_effect: what it adds to the indicator's rate, as a share of the full mark (0.1 is ten points
        of a hundred).
    role: who usually owns it.
    source: the document that recommends it, if any.
    assumed: effort or effect are not the source's; `note` says in what way.
    """

    code: str
    indicator: str
    title: Text
    effort: Fraction
    expected_effect: Fraction
    role: Text
    source: str | None = None
    assumed: bool = False
    note: Text | None = None
