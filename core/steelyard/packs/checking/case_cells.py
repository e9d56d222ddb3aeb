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
        for measure, path in _cells(document, ("cases", index, "measures")):
            node = document.at(path)
            text = node.value if isinstance(node, Scalar) else None
            if measure not in uses or not isinstance(text, str) or text == MISSING:
                continue
            found = read_cell(text, uses[measure].notation)
            if isinstance(found, Fault):
                values = {"measure": measure, **found.values}
                yield document.problem(found.kind, node.mark, **values)


def _cells(document: Document, path: Path) -> Iterator[tuple[str, Path]]:
    """Each measure with the place of its value; the counts of a choice are `measure:case`."""
    measures = document.at(path)
    for name, node in measures.items.items() if isinstance(measures, MappingNode) else ():
        if isinstance(node, MappingNode):
            yield from ((f"{name}:{case}", (*path, name, case)) for case in node.items)
        else:
            yield name, (*path, name)
