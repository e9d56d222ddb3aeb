"""What was left out of a document: a tree of paths, so that asking about one does not go through them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY


@dataclass(slots=True)
class _Fork:
    """The paths that go on from here; `ends` says that one of them ends here."""

    below: dict[str | int, _Fork] = field(default_factory=dict)
    ends: bool = False


class Omissions:
    """The paths of what was left out."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._top = _Fork()
        self._answers: dict[Path, bool] = {}
        for path in paths:
            fork = self._top
            for part in path:
                fork = fork.below.setdefault(part, _Fork())
            fork.ends = True

    def touch(self, needed: Path) -> bool:
        """Tell whether one of the paths lies at, above or below `needed`, which may hold `*` for any part."""
        if needed not in self._answers:
            self._answers[needed] = self._touch(needed)
        return self._answers[needed]

    def _touch(self, needed: Path) -> bool:
        forks = [self._top]
        for part in needed:
            if any(fork.ends for fork in forks):
                return True
            if part == ANY:
                forks = [below for fork in forks for below in fork.below.values()]
            else:
                forks = [fork.below[part] for fork in forks if part in fork.below]
        return any(fork.ends or fork.below for fork in forks)
