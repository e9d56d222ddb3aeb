"""The results of a run for all units and nodes, as arrays, and their form in the database."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

DAMAGED = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
    *(OSError, EOFError, RuntimeError, BadZipFile, zlib.error),
)
"""What reading a table raises that holds other bytes than Steelyard writes."""


@dataclass(frozen=True, slots=True)
class RunTable:
    """Arrays by name; the last axis of each is the units in the order of `unit_ids`.

    Results of nodes have the shape (nodes, units), in the order of `nodes`.
    """

    unit_ids: tuple[int, ...]
    nodes: tuple[str, ...]
    arrays: Mapping[str, NDArray[Any]]

    def only(self, unit_ids: Collection[int]) -> RunTable:
        """Return the table of these units alone."""
        kept = [at for at, unit_id in enumerate(self.unit_ids) if unit_id in unit_ids]
        arrays = {name: array[..., kept] for name, array in self.arrays.items()}
        return RunTable(tuple(self.unit_ids[at] for at in kept), self.nodes, arrays)


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Write arrays of numbers as one compressed blob."""
    blob = io.BytesIO()
    np.savez_compressed(blob, allow_pickle=False, **arrays)
    return blob.getvalue()


def unpack_arrays(blob: bytes) -> dict[str, NDArray[Any]]:
    """Read what `pack_arrays` wrote; never unpickles."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
