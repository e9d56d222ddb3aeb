"""A pack's folder: YAML and CSV files in fixed places, read into records.

    pack.yaml                 who the pack is
    schemes/*.yaml            scheme files (format steelyard/1)
    calendars.yaml            calendars besides month, quarter and year
    playbook.yaml             advice
    instruments.yaml          questionnaires, and what each counts towards
    records.yaml              tables of records: what rows of source data look like
    measures.yaml             measures: how records become one value a unit and period
    samples/units.yaml        sample units
    samples/<scheme>.csv      their measurements for one scheme, named after it
    samples/records/*.csv     records of them, each file named after its table, in any encoding
    samples/plans.yaml        improvement plans for them
    cases/*.yaml              measures in, scores and verdicts out

A folder with `pack.yaml` is a pack without any Python.  Without it everything is optional, and a Python pack
hands the folder's records over in its hooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from steelyard.errors import InvalidInput, Place, Problem, system_reason
from steelyard.improvement.playbook import Advice
from steelyard.packs import instruments
from steelyard.packs.file_text import read_bytes, read_text
from steelyard.packs.files import CalendarsFile, Model, PlaybookFile, UnitsFile, read_file
from steelyard.packs.instruments import Instrument, InstrumentsFile
from steelyard.packs.pack_file import FILE, no_pack_file, read_pack_file
from steelyard.packs.plan_file import PLANS, PlansFile
from steelyard.packs.problems import UNREADABLE
from steelyard.packs.records import (
    CaseSource,
    PackInfo,
    SampleData,
    SamplePlan,
    SampleRecords,
    SampleTable,
    SchemeSource,
)
from steelyard.records.files import MEASURES, RECORDS, MeasuresFile, RecordsFile
from steelyard.records.measure import MeasureDefinition
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import Calendar
from steelyard.scheme.document import Document, Path

CALENDARS, PLAYBOOK, UNITS = "calendars.yaml", "playbook.yaml", "samples/units.yaml"
SAMPLE_RECORDS = "samples/records"
RELEASED = "released.yaml"
"""What was released, for the conformance suite: see `steelyard.packs.testing.releases`."""

Record = TypeVar("Record")
Content = TypeVar("Content")


@dataclass(slots=True)
class Reading(Generic[Record]):
    """What could be read, what was wrong, and the document that the records stand in, if it is one."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    document: Document | None = None

    def whole(self) -> list[Record]:
        """The records; InvalidInput where anything was wrong."""
        if self.problems:
            raise InvalidInput(self.problems)
        return self.records


@dataclass(frozen=True, slots=True)
class PackFolder:
    """One folder; `name` begins the file names in messages."""

    root: Traversable
    name: str

    @classmethod
    def of(cls, package: str) -> PackFolder:
        """Return the folder of an importable package: a pack's module passes its `__name__`."""
        return cls(files(package), package)

    def info(self) -> PackInfo:
        """Who the pack is, of `pack.yaml`; InvalidInput with all problems, also where there is none."""
        return self.read_info()[0]

    def read_info(self) -> tuple[PackInfo, Document]:
        """`info()`, and the document that it stands in."""
        text = read_text(self.root, (FILE,), self.path(FILE))
        if text is None:
            raise InvalidInput(no_pack_file(self.root, self.name))
        return read_pack_file(text, self.path(FILE))

    def schemes(self) -> list[SchemeSource]:
        """The scheme files, by name; InvalidInput where one cannot be read."""
        return self.read_schemes().whole()

    def read_schemes(self) -> Reading[SchemeSource]:
        """The scheme files that can be read."""
        found: Reading[SchemeSource] = Reading()
        texts = self._texts("schemes", ".yaml", found.problems)
        found.records += [SchemeSource(file, text) for _, file, text in texts]
        return found

    def calendars(self) -> list[Calendar]:
        """The calendars; InvalidInput with all problems of the file."""
        return self.read_calendars().whole()

    def read_calendars(self) -> Reading[Calendar]:
        """The calendars that can be read."""
        read, document, problems = self._file(CALENDARS, CalendarsFile)
        found: Reading[Calendar] = Reading([], problems, document)
        if read is None or document is None:
            return found
        for index, entry in enumerate(read.calendars):
            try:
                found.records.append(entry.calendar())
            except InvalidInput as error:
                for fault in error.problems:
                    codes = [part.code for part in entry.parts]
                    path: Path = ("calendars", index)
                    if fault.values.get("part") in codes:
                        # Of two parts with one code the second is the one too many.
                        last = len(codes) - 1 - codes[::-1].index(str(fault.values["part"]))
                        path = (*path, "parts", last)
                    found.problems.append(document.problem(fault.kind, document.mark(path), **fault.values))
        return found

    def playbook(self) -> list[Advice]:
        """The advice; InvalidInput with all problems of the file."""
        return self.read_playbook().whole()

    def read_playbook(self) -> Reading[Advice]:
        """The advice, as far as the file can be read."""
        read, document, problems = self._file(PLAYBOOK, PlaybookFile)
        advice = [] if read is None else [entry.advice(read.note) for entry in read.advice]
        return Reading(advice, problems, document)

    def read_instruments(self) -> Reading[Instrument]:
        """The questionnaires, as far as the file can be read."""
        read, document, problems = self._file(instruments.FILE, InstrumentsFile)
        found = [] if read is None else [entry.instrument() for entry in read.instruments]
        return Reading(found, problems, document)

    def read_tables(self) -> Reading[RecordTable]:
        """The tables of records, as far as the file can be read."""
        read, document, problems = self._file(RECORDS, RecordsFile)
        return Reading([] if read is None else [*read.records], problems, document)

    def read_measures(self) -> Reading[MeasureDefinition]:
        """The measures, as far as the file can be read."""
        read, document, problems = self._file(MEASURES, MeasuresFile)
        return Reading([] if read is None else [*read.measures], problems, document)

    def samples(self) -> SampleData:
        """The sample units, tables and plans; InvalidInput with all problems of a file of them."""
        return replace(self.read_samples().whole()[0], plans=tuple(self.read_plans().whole()))

    def read_plans(self) -> Reading[SamplePlan]:
        """The sample plans, as far as the file can be read."""
        read, document, problems = self._file(PLANS, PlansFile)
        return Reading([] if read is None else [entry.plan() for entry in read.plans], problems, document)

    def read_samples(self) -> Reading[SampleData]:
        """The sample units and tables that can be read: always one record."""
        read, document, problems = self._file(UNITS, UnitsFile)
        units = () if read is None else tuple(entry.unit() for entry in read.units)
        texts = self._texts("samples", ".csv", problems)
        tables = tuple(SampleTable(name, file, text) for name, file, text in texts)
        contents = self._each(SAMPLE_RECORDS, ".csv", problems, read_bytes)
        records = tuple(SampleRecords(name, file, data) for name, file, data in contents)
        return Reading([SampleData(units, tables, records)], problems, document)

    def cases(self) -> list[CaseSource]:
        """The case files, by name; InvalidInput where one cannot be read."""
        return self.read_cases().whole()

    def read_cases(self) -> Reading[CaseSource]:
        """The case files that can be read."""
        found: Reading[CaseSource] = Reading()
        texts = self._texts("cases", ".yaml", found.problems)
        found.records += [CaseSource(file, text) for _, file, text in texts]
        return found

    @property
    def place(self) -> str:
        """Where the folder lies, with links followed."""
        return str(self.root.resolve() if isinstance(self.root, FilePath) else self.root)

    def path(self, file: str) -> str:
        """What messages call a file of the folder."""
        return f"{self.name}/{file}"

    def _file(self, file: str, model: type[Model]) -> tuple[Model | None, Document | None, list[Problem]]:
        """Read one of the fixed files; nothing and no problem where it is not there."""
        try:
            text = read_text(self.root, tuple(file.split("/")), self.path(file))
            if text is None:
                return None, None, []
            return *read_file(text, self.path(file), model), []
        except InvalidInput as error:
            return None, None, list(error.problems)

    def _texts(self, folder: str, ending: str, problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
        """Yield stem, name for messages and text of each file of a folder, by name."""
        return self._each(folder, ending, problems, read_text)

    def _each(
        self,
        folder: str,
        ending: str,
        problems: list[Problem],
        read: Callable[[Traversable, tuple[str, ...], str], Content | None],
    ) -> Iterator[tuple[str, str, Content]]:
        parts = tuple(folder.split("/"))
        place = self.root.joinpath(*parts)
        try:
            names = sorted(entry.name for entry in place.iterdir()) if place.is_dir() else []
        except OSError as error:
            values = {"reason": system_reason(error)}
            problems.append(Problem(UNREADABLE, Place(self.path(folder)), values))
            return
        for name in names:
            if not name.endswith(ending):
                continue
            file = f"{folder}/{name}"
            try:
                content = read(self.root, (*parts, name), self.path(file))
            except InvalidInput as error:
                problems += error.problems
            else:
                if content is not None:
                    yield name.removesuffix(ending), self.path(file), content
