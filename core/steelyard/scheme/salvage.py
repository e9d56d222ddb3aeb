"""What of a document can be read as a scheme, when not all of it can.

So that one fault hides no other, the parts that cannot stand are left out and the rest is validated again,
until a scheme remains on which the checks can run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from steelyard.errors import Problem
from steelyard.scheme.document import Document, Mapping, Mark, Node, Path, Scalar, Sequence, child
from steelyard.scheme.empty import empty_values
from steelyard.scheme.faults import faults_of
from steelyard.scheme.model import FORMAT, Scheme


@dataclass(slots=True)
class Salvage:
    """A scheme as far as a document holds one, what was wrong, and the paths that were left out."""

    document: Document
    scheme: Scheme | None = None
    problems: list[Problem] = field(default_factory=list)
    left_out: set[Path] = field(default_factory=set)


def salvage_scheme(document: Document) -> Salvage:
    """Read as much of a scheme as can be; `scheme` is None where nothing is left to check.

    The document loses the parts that are left out.
    """
    salvage = Salvage(document)
    _leave_out_empty_values(salvage)
    known = frozenset(salvage.left_out)
    first = True
    while True:
        try:
            content = document.root.plain()
            salvage.scheme = Scheme.model_validate(content, by_alias=True, by_name=False)
            return salvage
        except ValidationError as error:
            faults = list(faults_of(document, Scheme, error))
        if first:
            told = [fault for fault in faults if document.original(fault.path) not in known]
            salvage.problems += [fault.problem for fault in told]
            first = False
        if not _leave_out(salvage, [fault.path for fault in faults]):
            return salvage


def _leave_out_empty_values(salvage: Salvage) -> None:
    empty = list(empty_values(salvage.document))
    salvage.problems += [problem for _, problem in empty if problem is not None]
    _leave_out(salvage, [node.path for node, _ in empty])


def _leave_out(salvage: Salvage, paths: Iterable[Path]) -> bool:
    """Take the values at `paths` out of the document; False where that changes or leaves nothing."""
    document = salvage.document
    removable = {_removable(document, path) for path in paths}
    if () in removable:
        return False
    outer = {path for path in removable if not any(path[:n] in removable for n in range(1, len(path)))}
    before = len(salvage.left_out)
    # From the end, so that no index changes before its turn.
    for path in sorted(outer, reverse=True):
        salvage.left_out.add(document.original(path))
        above = document.at(path[:-1])
        stand_in = _stand_in(path, above.mark)
        if stand_in is not None and isinstance(above, Mapping):
            above.put(str(path[-1]), stand_in)
        else:
            document.cut(path)
    return len(salvage.left_out) > before


def _removable(document: Document, path: Path) -> Path:
    """The value at `path`, or what cannot stand without it."""
    while path and child(document.at(path[:-1]), path[-1]) is None and _stand_in(path, Mark(0, 0)) is None:
        path = path[:-1]
    return path


def _stand_in(path: Path, mark: Mark) -> Node | None:
    """A value for what no scheme can be without, so that all else can still be checked."""
    unique = f"?{mark.line}:{mark.column}"
    if path == ("format",):
        return Scalar(mark, FORMAT, path)
    if path == ("scheme",) or _is_name(path):
        return Scalar(mark, unique, path)
    if path == ("indicators",):
        rubric = Mapping(mark, {"kind": Scalar(mark, "points")})
        leaf = Mapping(mark, {"code": Scalar(mark, unique), "rubric": rubric})
        return Sequence(mark, [leaf], path)
    return None


def _is_name(path: Path) -> bool:
    """Whether `path` is that of an indicator's or band's code, or of a rule's id."""
    if path[0] == "indicators":
        return path[-1] == "code" and all(part == "children" or isinstance(part, int) for part in path[1:-1])
    return len(path) == 3 and path[::2] in (("bands", "code"), ("rules", "id"))
