"""The pack under test, loaded alone: what the loader says of it, and what it hands over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steelyard.errors import Problem
from steelyard.improvement.playbook import Advice
from steelyard.packs.folder import PackFolder
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import PackOrigin, folder_pack, installed_packs
from steelyard.packs.records import CaseSource, SampleData
from steelyard.packs.registry import InstalledScheme, Packs
from steelyard.packs.testing import problems as p
from steelyard.scheme.calendar import BUILT_IN, Calendar

_NOTHING = SampleData((), ())


@dataclass(frozen=True)
class Subject:
    """One pack, and `packs`, which holds nothing else: not even the pack where it cannot be loaded.

    absent: that there is no such pack.
    """

    packs: Packs
    folder: PackFolder | None = None
    absent: tuple[Problem, ...] = ()

    @property
    def reasons(self) -> tuple[Problem, ...]:
        """Why the pack is not loaded."""
        return (*self.absent, *(problem for entry in self.packs.listing for problem in entry.reason))

    @property
    def name(self) -> str:
        """The pack's own name."""
        return self.packs.listing[0].name

    @property
    def schemes(self) -> Sequence[InstalledScheme]:
        """The pack's schemes."""
        return tuple(self.packs.schemes.values())

    @property
    def calendars(self) -> Sequence[Calendar]:
        """The calendars that the pack declares."""
        return tuple(found for code, found in self.packs.calendars.items() if code not in BUILT_IN)

    @property
    def samples(self) -> SampleData:
        """The pack's samples."""
        return self.packs.samples.get(self.name, _NOTHING)

    @property
    def cases(self) -> Sequence[CaseSource]:
        """The pack's case files."""
        return self.packs.cases(self.name)

    @property
    def playbook(self) -> Sequence[Advice]:
        """The pack's advice, each once."""
        found = {advice.code: advice for code in self.packs.schemes for advice in self.packs.playbook(code)}
        return tuple(found.values())

    def file(self, name: str) -> str | None:
        """What messages call a file of the pack's folder; None for a pack that is all Python."""
        return None if self.folder is None else self.folder.path(name)


@cache
def load(pack: str | Path) -> Subject:
    """Load the installed pack of this name, or the pack that is this folder, and no other."""
    for origin in _origins(pack):
        return Subject(load_packs([origin]), origin.folder)
    known = ", ".join(origin.name for origin in installed_packs())
    absent = Problem(p.NOT_INSTALLED, values={"pack": pack, "known": known})
    return Subject(load_packs([]), absent=(absent,))


def _origins(pack: str | Path) -> Iterator[PackOrigin]:
    yield from (origin for origin in installed_packs() if pack == origin.name)
    if Path(pack).is_dir():
        yield folder_pack(Path(pack))
