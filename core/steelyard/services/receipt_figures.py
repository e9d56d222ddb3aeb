"""Figures of receipts: whether those on record are those that come out again, and where they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from steelyard.services.cube import Cube
from steelyard.store.run_table import RunTable
from steelyard.store.runs import RunRoot

_SAME = 1e-9
_NAMED = 10


def same_roots(first: Collection[RunRoot], second: Collection[RunRoot]) -> bool:
    """Whether the same came out for the same units, in whatever order they are read."""
    return len(first) == len(second) and _by_unit(first) == _by_unit(second)


def same_table(first: RunTable, second: RunTable) -> bool:
    """Whether the figures of all nodes are the same, but for what machines make of the last digits."""
    return (
        (first.unit_ids, first.nodes) == (second.unit_ids, second.nodes)
        and first.arrays.keys() == second.arrays.keys()
        and all(
            array.shape == second.arrays[name].shape and bool(_same(array, second.arrays[name]).all())
            for name, array in first.arrays.items()
        )
    )


def differing(
    again: Cube,
    first: RunTable,
    second: RunTable,
    first_roots: Collection[RunRoot],
    second_roots: Collection[RunRoot],
) -> Iterator[str]:
    """Where the figures differ, the first of them: units, and of each the lowest indicators."""
    found = list(_places(again, first, second)) if _comparable(first, second) else []
    if not found:
        now, then = _by_unit(first_roots), _by_unit(second_roots)
        found = [unit.code for unit in again.units if now.get(unit.id) != then.get(unit.id)]
    yield from found[:_NAMED]
    if len(found) > _NAMED:
        yield "…"


def _places(again: Cube, first: RunTable, second: RunTable) -> Iterator[str]:
    apart = np.zeros((len(first.nodes), len(first.unit_ids)), dtype=bool)
    for name, array in first.arrays.items():
        if array.shape == apart.shape and second.arrays[name].shape == apart.shape:
            apart |= ~_same(array, second.arrays[name])
    leaves = [at for at, code in enumerate(first.nodes) if not again.entry.by_code[code].children]
    for number, unit in enumerate(again.units):
        low = [first.nodes[at] for at in leaves if apart[at, number]]
        if low:
            yield from (f"{unit.code}/{code}" for code in low)
        elif apart[:, number].any():
            yield unit.code


def _comparable(first: RunTable, second: RunTable) -> bool:
    return (first.unit_ids, first.nodes, first.arrays.keys()) == (
        second.unit_ids,
        second.nodes,
        second.arrays.keys(),
    )


def _same(first: NDArray[np.generic], second: NDArray[np.generic]) -> NDArray[np.bool_]:
    return np.asarray(np.isclose(first, second, rtol=0, atol=_SAME, equal_nan=first.dtype.kind == "f"))


def _by_unit(roots: Collection[RunRoot]) -> Mapping[int, RunRoot]:
    return {each.unit_id: each for each in roots}
