"""What else `steelyard config check` looks at, named by rooms that core does not know.

A look is imported only when it is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from steelyard.errors import Problem

Look = Callable[[], Sequence[Problem]]
_TARGETS: dict[str, None] = {}


def also_look(target: str) -> None:
    """Let `config check` call `module:function`, which returns what is wrong with settings."""
    _TARGETS[target] = None


def looked() -> list[Problem]:
    """All that is wrong elsewhere with the settings of this process."""
    found: list[Problem] = []
    for target in _TARGETS:
        module, _, name = target.partition(":")
        look: Look = getattr(import_module(module), name)
        found += look()
    return found
