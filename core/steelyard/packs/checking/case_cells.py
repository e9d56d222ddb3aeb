"""The measures of cases, as strictly as cells of tables: `98` is no rate, and counts are not negative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.errors import Problem
from steelyard.intake.cell import Fault, read_cell
from steelyard.intake.measure import measure_uses
from steelyard.packs.cases.entry import CaseFile
from steelyard.scheme.document import Document, Path, Scalar
from steelyard.scheme.document import Mapping as MappingNode
from steelyard.scheme.model import Scheme
from steelyard.scoring import PythonRubric

MISSING = "missing"
"""What stands for an empty cell."""


def cell_problems(
    file: CaseFile, document: Document, scheme: Scheme, rubrics: Mapping[str, PythonRubric]
) -> Iterator[Problem]:
    """List what could not stand in a table of measurements."""
    uses = measure_uses(scheme, rubrics)
    for index in range(len(file.cases)):
        for measure, path, text in cell_texts(document, ("cases", index, "measures")):
            if measure not in uses or text == MISSING:
                continue
            found = read_cell(text, uses[measure].notation)
            if isinstance(found, Fault):
                values = {"measure": measure, **found.values}
                yield document.problem(found.kind, document.mark(path), **values)


def cell_texts(document: Document, path: Path) -> Iterator[tuple[str, Path, str]]:
    """Each measure of a case with the place of its value and what stands there.

    The counts of a choice are `measure:case`.
    """
    for measure, below in _cells(document, path):
        node = document.at(below)
        if isinstance(node, Scalar) and isinstance(node.value, str):
            yield measure, below, node.value


def _cells(document: Document, path: Path) -> Iterator[tuple[str, Path]]:
    """Each measure with the place of its value; the counts of a choice are `measure:case`."""
    measures = document.at(path)
    for name, node in measures.items.items() if isinstance(measures, MappingNode) else ():
        if isinstance(node, MappingNode):
            yield from ((f"{name}:{case}", (*path, name, case)) for case in node.items)
        else:
            yield name, (*path, name)
