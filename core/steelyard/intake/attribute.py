"""Attributes of units in a table: what chooses a variant, and parameters that a unit has of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from steelyard.errors import Place, Problem
from steelyard.intake.cell import Fault, read_cell, shown
from steelyard.intake.notation import Notation, compared_with, in_column
from steelyard.intake.problems import NOT_A_NUMBER, UNKNOWN_VARIANT, VARIANT_NOT_GIVEN
from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Quantity
from steelyard.scoring.outcome import Status

Texts = NDArray[np.object_]


def read_attribute(name: str, cells: Sequence[str], scheme: Scheme) -> tuple[Texts, list[tuple[int, Fault]]]:
    """Return the texts of one attribute, shape (n,), None where empty, and the faults by row.

    The numbers of a parameter keep the way they are written, `0.5` or `50%`.
    """
    texts = np.array([cell.strip() or None for cell in cells] or [], dtype=np.object_)
    faults: list[tuple[int, Fault]] = []
    notation = _notation(name, scheme)
    if notation is None:
        return texts, faults
    notation = in_column(notation, cells)
    for row, cell in enumerate(cells):
        read = read_cell(cell, notation)
        if read is Status.NOT_APPLICABLE:
            read = Fault(NOT_A_NUMBER, {"cell": shown(cell.strip())})
        if isinstance(read, Fault):
            faults.append((row, read))
    return texts, faults


def variant_warnings(scheme: Scheme, texts: Texts | None, rows: int, place: Place) -> list[Problem]:
    """Warn of rows whose attribute chooses no variant of the scheme, one warning a value."""
    variants = scheme.variants
    if variants is None:
        return []
    known = dict.fromkeys([*variants.weights, *variants.parameters])
    counts = Counter([None] * rows if texts is None else texts.tolist())
    words = {"attribute": variants.by, "known": ", ".join(known) or "–"}
    warnings = []
    for value, count in counts.items():
        if value is None:
            warnings.append(Problem(VARIANT_NOT_GIVEN, place, {**words, "rows": count}))
        elif value not in known:
            values = {**words, "value": shown(value), "rows": count}
            warnings.append(Problem(UNKNOWN_VARIANT, place, values))
    return warnings


def _notation(name: str, scheme: Scheme) -> Notation | None:
    """How a parameter is written; None for an attribute that is no parameter."""
    declared: list[Quantity] = [scheme.parameters[name]] if name in scheme.parameters else []
    if scheme.variants is not None:
        overrides = scheme.variants.parameters.values()
        declared += [parameters[name] for parameters in overrides if name in parameters]
    return compared_with(declared, {}) if declared else None
