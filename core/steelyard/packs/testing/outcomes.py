"""Cases hold, and every scheme has one."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.packs.cases import check_pack, read_cases
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.subject import Subject


def failed_cases(subject: Subject) -> Iterator[Problem]:
    """Find cases that cannot be read or do not hold, and schemes without any."""
    try:
        files = [read_cases(source)[0] for source in subject.cases]
    except InvalidInput as error:
        yield from error.problems
        return
    yield from check_pack(subject.packs, subject.name)[1]
    covered = {file.scheme for file in files if file.cases}
    for installed in subject.schemes:
        if installed.scheme.scheme not in covered:
            yield Problem(p.NO_CASE, Place(installed.file), {"scheme": installed.scheme.scheme})
