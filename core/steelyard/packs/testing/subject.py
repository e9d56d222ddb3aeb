"""The pack under test, loaded alone: what the loader says of it, and what it hands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steelyard.errors import Problem
from steelyard.improvement.playbook import Advice
from steelyard.packs import problems as p
from steelyard.packs.checking import check_pack
from steelyard.packs.checking.report import in_order
from steelyard.packs.folder import PackFolder
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import folder_pack, installed_packs
from steelyard.packs.records import CaseSource, SampleData
from steelyard.packs.registry import InstalledScheme, Packs
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.scheme.suggestion import suggested

_NOTHING = SampleData((), ())


@dataclass(frozen=True)
class Subject:
    """One pack, and `packs`, which holds nothing else: not even the pack where it cannot be loaded.

    problems: all that checking and loading say of it.
    """

    name: str
    packs: Packs
    problems: tuple[Problem, ...]
    folder: PackFolder | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether the pack can be used."""
        return self.name in self.packs.names

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
    """Load and check the installed pack of this name, or the pack that is this folder, and no other."""
    installed = {origin.name: origin for origin in installed_packs()}
    if str(pack) in installed:
        origin = installed[str(pack)]
    elif Path(pack).is_dir():
        origin = folder_pack(Path(pack))
    else:
        absent = Problem(p.NOT_INSTALLED, values=suggested(str(pack), installed))
        return Subject(str(pack), load_packs([]), (absent,))
    packs = load_packs([origin])
    (listing,) = packs.listing
    problems = in_order([*check_pack(origin).problems, *listing.reason])
    return Subject(listing.name, packs, problems, origin.folder)
