"""What a judge says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What became of a judge's work; one that could not work has accepted nothing."""

    PASSED = "passed"
    FAILED = "FAILED"
    NOT_JUDGED = "not judged"


class NotJudged(Exception):
    """Raised where a judge cannot work here; its message says what is missing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, one line each, and whether the service is accepted."""

    outcome: Outcome
    lines: tuple[str, ...]


def passed_if(passed: bool, lines: list[str]) -> Judgement:
    """Return the judgement on a service that was accepted, or was not."""
    return Judgement(Outcome.PASSED if passed else Outcome.FAILED, tuple(lines))
