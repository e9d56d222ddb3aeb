"""What does not keep a pack from being used, but an author should know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.scheme_file import SchemeFile


def advisory_problems(
    pack: Contribution, files: Sequence[SchemeFile], with_cases: Collection[str]
) -> Iterator[Problem]:
    """Names that others may take, packs without schemes, schemes without cases.

    with_cases: the names of the schemes that a case file is for.
    """
    if not files:
        yield Problem(p.NO_SCHEMES, values={"pack": pack.info.name})
    for file in files:
        if file.scheme is None or file.document is None:
            continue
        mark = file.document.mark(("scheme",))
        name = file.scheme.scheme
        if not name.startswith(f"{pack.info.name}."):
            yield file.document.problem(p.SCHEME_NAME, mark, name=name, pack=pack.info.name)
        if name not in with_cases:
            yield Problem(p.NO_CASES, Place(file.source.file), {"scheme": name})
