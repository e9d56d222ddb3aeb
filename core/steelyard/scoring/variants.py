"""Which tree each row is scored with: one for each overlay, variant and set of own parameters there is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from pydantic import TypeAdapter, ValidationError

from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Constant, Quantity
from steelyard.scoring.observations import Observations, Rows
from steelyard.scoring.overlay import Overlay, Overlays
from steelyard.scoring.rubrics import PythonRubric
from steelyard.scoring.tree import Tree, build_tree

_CONSTANT: TypeAdapter[Quantity] = TypeAdapter(Constant)


def attributes_read(scheme: Scheme) -> tuple[str, ...]:
    """The unit attributes a scheme reads: the one its variants go by, and parameters a unit may set."""
    by = (scheme.variants.by,) if scheme.variants is not None else ()
    own = set(scheme.parameters)
    if scheme.variants is not None:
        own.update(*scheme.variants.parameters.values())
    return (*by, *sorted(own - set(by)))


def unit_parameter(text: str) -> Quantity | None:
    """Read a unit's own parameter; None where it is no number."""
    try:
        return _CONSTANT.validate_python(text)
    except ValidationError:
        return None


def trees_by_row(
    scheme: Scheme,
    observations: Observations,
    overlay: Overlay | Overlays,
    rubrics: Mapping[str, PythonRubric],
) -> tuple[tuple[Tree, ...], Rows]:
    """Return the trees and, (n,), the number of the tree of each row."""
    names = [name for name in attributes_read(scheme) if name in observations.attributes]
    several = isinstance(overlay, Overlays) and len(overlay.each) > 1
    laid = overlay.each if isinstance(overlay, Overlays) else (overlay,)
    if not (names or several) or not observations.rows:
        tree = build_tree(scheme, overlay=laid[0], rubrics=rubrics)
        return (tree,), np.zeros(observations.rows, dtype=np.intp)
    of = overlay.of if isinstance(overlay, Overlays) else np.zeros(observations.rows, dtype=np.intp)
    numbers: dict[tuple[int, tuple[str | None, ...]], int] = {}
    columns = [observations.attributes[name].tolist() for name in names]
    keys = zip(*columns, strict=True) if names else [()] * observations.rows
    rows = zip(of.tolist(), keys, strict=True)
    tree_of = np.array([numbers.setdefault(key, len(numbers)) for key in rows], dtype=np.intp)
    trees = []
    for number, key in numbers:
        given = {name: text for name, text in zip(names, key, strict=True) if text}
        trees.append(_tree(scheme, given, laid[number], rubrics))
    return tuple(trees), tree_of


def _tree(
    scheme: Scheme, given: dict[str, str], overlay: Overlay, rubrics: Mapping[str, PythonRubric]
) -> Tree:
    """The tree of a unit with these attributes."""
    by = scheme.variants.by if scheme.variants is not None else None
    variant = given.pop(by, None) if by is not None else None
    own = {name: unit_parameter(text) for name, text in given.items()}
    parameters = {name: number for name, number in own.items() if number is not None}
    return build_tree(scheme, variant=variant, parameters=parameters, overlay=overlay, rubrics=rubrics)
