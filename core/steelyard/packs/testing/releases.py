"""What was released stays: a version of a scheme never has other content later.

`released.yaml` in a pack's folder lists the content of each version that was released:

    released:
      parks.park:
        1.0.0: 6d1c…        # as `python -m steelyard.packs.testing FOLDER` prints it

It is written at each release, and lines are only added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from steelyard.errors import InvalidInput, Problem
from steelyard.packs.file_text import read_text
from steelyard.packs.files import read_file
from steelyard.packs.folder import RELEASED
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.subject import Subject
from steelyard.scheme.base import Definition, Name


class ReleasedFile(Definition):
    """`released.yaml`: the hash of every version of every scheme."""

    released: dict[Name, dict[Name, Name]] = Field(default_factory=dict)


def changed(subject: Subject) -> Iterator[Problem]:
    """Find schemes whose version was released with other content, or what is wrong with the file."""
    if subject.folder is None:
        return
    try:
        text = read_text(subject.folder.root, (RELEASED,), subject.folder.path(RELEASED))
        if text is None:
            return
        read, document = read_file(text, subject.folder.path(RELEASED), ReleasedFile)
    except InvalidInput as error:
        yield from error.problems
        return
    for installed in subject.schemes:
        scheme = installed.scheme
        content = read.released.get(scheme.scheme, {}).get(scheme.version)
        if content not in (None, scheme.hash()):
            mark = document.mark(("released", scheme.scheme, scheme.version), key=True)
            values = {"scheme": scheme.scheme, "version": scheme.version}
            yield document.problem(p.RELEASED_CHANGED, mark, **values)


def released(schemes: Iterable[InstalledScheme]) -> str:
    """Write the lines of `released.yaml` for the schemes as they are."""
    lines = ["released:"]
    for installed in schemes:
        scheme = installed.scheme
        lines += [f"  {scheme.scheme}:", f"    {scheme.version}: {scheme.hash()}"]
    return "\n".join(lines) + "\n"
