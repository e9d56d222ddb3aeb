"""Narrowing: what is left of a cube where only a part of the structure is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from steelyard.analysis.selection import select_block, without_quotas
from steelyard.scoring import Evaluation
from steelyard.scoring.observations import PeriodKey
from steelyard.services.cube import Cube
from steelyard.services.structure import Structure
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


def narrowed(cube: Cube, structure: Structure) -> Cube:
    """The cube of the units and periods of this part of the structure, with all its editions.

    That a closed period is shown by another version would tell of units which are not seen, where nothing was
    measured of those that are: it is shown by this one then.
    """
    found = _narrowed_one(cube, structure)
    cuts = {each.entry.hash: _narrowed_one(each, structure) for each in cube.editions}
    others = {id: cuts[each.entry.hash] for id, each in cube.others.items()}
    measured = {hash: {each.id for each in cut.measured} for hash, cut in cuts.items()}
    known = {each.id for each in found.measured}
    return replace(
        found,
        others={id: cut for id, cut in others.items() if id in measured[cut.entry.hash]},
        unreadable={id: problem for id, problem in cube.unreadable.items() if id in known},
    )


def _narrowed_one(cube: Cube, structure: Structure) -> Cube:
    units = tuple(unit for unit in cube.units if structure.unit_by_id(unit.id) is not None)
    periods = tuple(each for each in cube.periods if structure.period_by_id(each.id) is not None)
    is_whole = len(units) == len(cube.units)
    cut = _block(cube, units, periods)
    return Cube(
        cube.entry,
        structure,
        units,
        periods,
        tuple(map(cube.weight_set, periods)),
        tuple(cube.standards_of(units, period) for period in periods),
        cut if is_whole else without_quotas(cut),
        is_whole,
    )


def _block(cube: Cube, units: Sequence[UnitRecord], periods: Sequence[PeriodRecord]) -> Evaluation:
    by_period = [cube.rows(units, period) for period in periods]
    rows = np.concatenate(by_period) if by_period else np.zeros(0, dtype=np.intp)
    keys = [PeriodKey(each.code, each.calendar, each.start) for each in periods]
    return select_block(cube.evaluation, rows, [unit.code for unit in units], keys)
