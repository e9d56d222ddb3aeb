"""A pack's folder: YAML and CSV files in fixed places, read into records.

    schemes/*.yaml            scheme files (format steelyard/1)
    calendars.yaml            calendars besides month, quarter and year
    playbook.yaml             advice
    samples/units.yaml        sample units
    samples/<scheme>.csv      their measurements for one scheme, named after it
    cases/*.yaml              measures in, scores and verdicts out

Everything is optional.  Python packs hand the folder's records over in their hooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.improvement.playbook import Advice
from steelyard.packs import problems
from steelyard.packs.files import CalendarsFile, PlaybookFile, UnitsFile, read_file
from steelyard.packs.records import CaseSource, SampleData, SampleTable, SchemeSource
from steelyard.scheme.calendar import Calendar


@dataclass(frozen=True, slots=True)
class PackFolder:
    """One folder; `name` begins the file names in messages."""

    root: Traversable
    name: str

    @classmethod
    def of(cls, package: str) -> PackFolder:
        """Return the folder of an importable package: a pack's module passes its `__name__`."""
        return cls(files(package), package)

    def schemes(self) -> list[SchemeSource]:
        """The scheme files, by name; InvalidInput where one is not UTF-8."""
        return [SchemeSource(file, text) for _, file, text in self._texts("schemes", ".yaml")]

    def calendars(self) -> list[Calendar]:
        """The calendars; InvalidInput with all problems of the file."""
        text = self._text("calendars.yaml")
        if text is None:
            return []
        read, document = read_file(text, self._path("calendars.yaml"), CalendarsFile)
        found: list[Calendar] = []
        faults: list[Problem] = []
        for index, entry in enumerate(read.calendars):
            try:
                found.append(entry.calendar())
            except InvalidInput as error:
                mark = document.mark(("calendars", index))
                faults += [document.problem(p.kind, mark, **p.values) for p in error.problems]
        if faults:
            raise InvalidInput(faults)
        return found

    def playbook(self) -> list[Advice]:
        """The advice; InvalidInput with all problems of the file."""
        text = self._text("playbook.yaml")
        if text is None:
            return []
        read, _ = read_file(text, self._path("playbook.yaml"), PlaybookFile)
        return [entry.advice(read.note) for entry in read.advice]

    def samples(self) -> SampleData:
        """The sample units and tables; InvalidInput with all problems of the units' file."""
        text = self._text("samples", "units.yaml")
        entries = read_file(text, self._path("samples", "units.yaml"), UnitsFile)[0].units if text else ()
        tables = self._texts("samples", ".csv")
        return SampleData(
            units=tuple(entry.unit() for entry in entries),
            tables=tuple(SampleTable(name, file, text) for name, file, text in tables),
        )

    def cases(self) -> list[CaseSource]:
        """The case files, by name; InvalidInput where one is not UTF-8."""
        return [CaseSource(file, text) for _, file, text in self._texts("cases", ".yaml")]

    def _path(self, *parts: str) -> str:
        return "/".join((self.name, *parts))

    def _text(self, *parts: str) -> str | None:
        found = self.root.joinpath(*parts)
        if not found.is_file():
            return None
        try:
            return found.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            place = Place(self._path(*parts))
            raise InvalidInput(Problem(problems.NOT_UTF8, place)) from error

    def _texts(self, folder: str, ending: str) -> Iterator[tuple[str, str, str]]:
        """Yield stem, name for messages and text of each file of a folder, by name."""
        place = self.root.joinpath(folder)
        names = sorted(entry.name for entry in place.iterdir()) if place.is_dir() else []
        for name in names:
            if name.endswith(ending) and (text := self._text(folder, name)) is not None:
                yield name.removesuffix(ending), self._path(folder, name), text
