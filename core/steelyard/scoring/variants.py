"""Which tree each row is scored with: one for every variant and set of unit parameters that occurs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from pydantic import TypeAdapter, ValidationError

from steelyard.scheme.model import Scheme
from steelyard.scheme.number import Constant, Quantity
from steelyard.scoring.observations import Observations, Rows
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
    weights: Mapping[str, Fraction],
    rubrics: Mapping[str, PythonRubric],
) -> tuple[tuple[Tree, ...], Rows]:
    """Return the trees and, (n,), the number of the tree of each row."""
    names = [name for name in attributes_read(scheme) if name in observations.attributes]
    if not names or not observations.rows:
        tree = build_tree(scheme, weights=weights, rubrics=rubrics)
        return (tree,), np.zeros(observations.rows, dtype=np.intp)
    numbers: dict[tuple[str | None, ...], int] = {}
    columns = [observations.attributes[name].tolist() for name in names]
    tree_of = np.array([numbers.setdefault(key, len(numbers)) for key in zip(*columns, strict=True)])
    trees = []
    for key in numbers:
        given = {name: text for name, text in zip(names, key, strict=True) if text}
        by = scheme.variants.by if scheme.variants is not None else None
        variant = given.pop(by, None) if by is not None else None
        own = {name: unit_parameter(text) for name, text in given.items()}
        parameters = {name: number for name, number in own.items() if number is not None}
        trees.append(
            build_tree(scheme, variant=variant, parameters=parameters, weights=weights, rubrics=rubrics)
        )
    return tuple(trees), tree_of
