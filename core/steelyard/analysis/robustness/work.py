"""Work: what simulations have in common: they are checked, done in pieces, reported and cancelled alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from steelyard.analysis.ranking import Ranking, rank
from steelyard.analysis.robustness.problems import GROUP_TOO_SMALL, OUT_OF_RANGE
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scoring.evaluation import Evaluation
from steelyard.scoring.observations import Rows

Report = Callable[[int, int], None]
"""Called with how much is done, of how much, after each piece. What it raises ends the work: a cancel."""

Range = tuple[float, float, float]
"""What was found, and from where to where it may lie."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def check_ranges(**arguments: Range) -> None:
    """Raise InvalidInput with all arguments that are out of range."""
    wrong = [
        Problem(OUT_OF_RANGE, Place(field=name), {"argument": name, "found": found, "least": a, "most": b})
        for name, (found, a, b) in arguments.items()
        if not a <= found <= b
    ]
    if wrong:
        raise InvalidInput(wrong)


def ranking_of(evaluation: Evaluation, rows: Rows, target: int, min_group: int) -> Ranking:
    """The ranking as it stands; InvalidInput where fewer than `min_group` units have a score."""
    found = rank(evaluation.score(evaluation.codes[target])[rows])
    if found.scored < min_group:
        raise InvalidInput(Problem(GROUP_TOO_SMALL, values={"found": found.scored, "least": min_group}))
    return found


def pieces(total: int, size: int) -> Iterator[tuple[int, int]]:
    """Cut 0…total into pieces of at most `size`: from and to."""
    for start in range(0, total, size):
        yield start, min(start + size, total)
