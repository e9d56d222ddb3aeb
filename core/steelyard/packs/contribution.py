"""What one pack hands over: its files and its hooks, read one by one and checked.

What comes out is records or problems, never a raise: `gather` lists every problem, and what could be had in
spite of it.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, TypeVar

import pluggy

from steelyard.errors import InvalidInput, Kind, Problem
from steelyard.improvement.playbook import Advice
from steelyard.packs import hookspecs, instruments
from steelyard.packs import problems as p
from steelyard.packs.folder import CALENDARS, PLAYBOOK, UNITS, PackFolder, Reading
from steelyard.packs.generator import RecordGenerator
from steelyard.packs.instruments import Instrument
from steelyard.packs.plan_file import PLANS
from steelyard.packs.records import API_VERSION, CaseSource, PackInfo, SampleData, SchemeSource
from steelyard.records.files import MEASURES, RECORDS
from steelyard.records.measure import MeasureDefinition
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import Calendar
from steelyard.scheme.document import Document, Path
from steelyard.scoring.rubrics import PythonRubric

Record = TypeVar("Record")

HOOKS = tuple(sorted(name for name in vars(hookspecs) if name.startswith("steelyard_")))
"""The names of all hooks."""

BESIDE_FILES = ("steelyard_rubrics", "steelyard_generators")
"""The hooks that a pack with `pack.yaml` may have: what files cannot say."""

NO_SAMPLES = SampleData((), ())

_LOG = logging.getLogger("steelyard.packs")


class Refused(Exception):
    """A pack cannot be used, for these reasons; it never leaves this room."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].code)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one pack hands over.

    `documents` holds the texts that the records of a folder stand in, by file (`playbook.yaml`); `broken`
    names the files that not all could be read of.
    """

    info: PackInfo
    schemes: tuple[SchemeSource, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    rubrics: tuple[PythonRubric, ...] = ()
    playbook: tuple[Advice, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    tables: tuple[RecordTable, ...] = ()
    measures: tuple[MeasureDefinition, ...] = ()
    generators: tuple[RecordGenerator, ...] = ()
    samples: SampleData = NO_SAMPLES
    cases: tuple[CaseSource, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def problem(self, kind: Kind, file: str, path: Path, **values: object) -> Problem:
        """Say that something of `kind` stands at `path` of a file; without a place where there is no file."""
        document = self.documents.get(file)
        if document is None:
            return Problem(kind, values=values)
        return document.problem(kind, document.mark(path), **values)


class Gathering:
    """Collects what can be had from the parts of a pack, and every problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.broken: set[str] = set()

    def hook(self, call: Callable[[], Record], otherwise: Record) -> Record:
        """What a hook returns, or `otherwise` where it is refused."""
        try:
            return call()
        except Refused as refused:
            self.problems += refused.problems
            return otherwise

    def file(self, reading: Reading[Record], name: str | None = None) -> tuple[Record, ...]:
        """What could be read of a file or of a folder of files."""
        self.problems += reading.problems
        if name is not None and reading.problems:
            self.broken.add(name)
        if name is not None and reading.document is not None:
            self.documents[name] = reading.document
        return tuple(reading.records)


def gather(
    info: PackInfo, hooks: PackHooks | None, folder: PackFolder | None
) -> tuple[Contribution, list[Problem]]:
    """Read a pack's files, or call its hooks; Refused where it was written for another version."""
    if info.api_version != API_VERSION:
        values = p.version_values(info.api_version, API_VERSION)
        raise Refused(Problem(p.API_VERSION, values={"pack": info.name, **values}))
    found = Gathering()
    contribution = _of_hooks(info, hooks, found) if folder is None else _of_folder(info, hooks, folder, found)
    return contribution, found.problems


def _of_folder(info: PackInfo, hooks: PackHooks | None, folder: PackFolder, found: Gathering) -> Contribution:
    rubrics: tuple[PythonRubric, ...] = ()
    generators: tuple[RecordGenerator, ...] = ()
    if hooks is not None:
        found.problems += [*hooks.unknown, *hooks.beside_files()]
        rubrics = found.hook(hooks.rubrics, ())
        generators = found.hook(hooks.generators, ())
    return Contribution(
        info=info,
        schemes=found.file(folder.read_schemes()),
        calendars=found.file(folder.read_calendars(), CALENDARS),
        rubrics=rubrics,
        playbook=found.file(folder.read_playbook(), PLAYBOOK),
        instruments=found.file(folder.read_instruments(), instruments.FILE),
        tables=found.file(folder.read_tables(), RECORDS),
        measures=found.file(folder.read_measures(), MEASURES),
        generators=generators,
        samples=replace(
            found.file(folder.read_samples(), UNITS)[0], plans=found.file(folder.read_plans(), PLANS)
        ),
        cases=found.file(folder.read_cases()),
        documents=found.documents,
        broken=frozenset(found.broken),
    )


def _of_hooks(info: PackInfo, hooks: PackHooks | None, found: Gathering) -> Contribution:
    if hooks is None:
        return Contribution(info)
    found.problems += hooks.unknown
    return Contribution(
        info=info,
        schemes=found.hook(lambda: hooks.many("steelyard_schemes", SchemeSource), ()),
        calendars=found.hook(lambda: hooks.many("steelyard_calendars", Calendar), ()),
        rubrics=found.hook(hooks.rubrics, ()),
        playbook=found.hook(lambda: hooks.many("steelyard_playbook", Advice), ()),
        generators=found.hook(hooks.generators, ()),
        samples=found.hook(hooks.samples, NO_SAMPLES),
        cases=found.hook(lambda: hooks.many("steelyard_cases", CaseSource), ()),
    )


class PackHooks:
    """The hooks of one pack, with a plugin manager of its own: no other pack can disturb it."""

    def __init__(self, pack: str, plugin: object) -> None:
        self.pack = pack
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        faults = self._guard("registration", lambda: tuple(self._faults(plugin)))
        # A pack for a later version may well know more hooks: that is told by its version, not by them.
        self.unknown = tuple(fault for fault in faults if fault.kind is p.UNKNOWN_HOOK)
        if others := [fault for fault in faults if fault.kind is not p.UNKNOWN_HOOK]:
            raise Refused(*others, *self.unknown)
        self._guard("registration", lambda: self._manager.register(plugin, name=pack))

    def info(self) -> PackInfo:
        """Who the pack is; refused where it does not say."""
        found = self._one("steelyard_pack", PackInfo)
        if found is None:
            raise Refused(*self.unknown, Problem(p.NO_INFO, values={"pack": self.pack}))
        return found

    def beside_files(self) -> Iterator[Problem]:
        """The hooks that say what the files of the pack's folder say already."""
        for hook in HOOKS:
            if hook not in BESIDE_FILES and getattr(self._manager.hook, hook).get_hookimpls():
                values = {"pack": self.pack, "hook": hook, "hooks": ", ".join(BESIDE_FILES)}
                yield Problem(p.HOOK_BESIDE_FILES, values=values)

    def rubrics(self) -> tuple[PythonRubric, ...]:
        """The rubrics; Refused."""
        return self.many("steelyard_rubrics", PythonRubric)

    def generators(self) -> tuple[RecordGenerator, ...]:
        """The generators of records; Refused."""
        return self.many("steelyard_generators", RecordGenerator)

    def samples(self) -> SampleData:
        """The samples, if only none; Refused."""
        return self._one("steelyard_samples", SampleData) or NO_SAMPLES

    def _faults(self, plugin: object) -> Iterator[Problem]:
        """What pluggy would refuse or overlook: unknown hooks, arguments, hooks without the marker."""
        for name, member in inspect.getmembers(plugin, inspect.isroutine):
            options = self._manager.parse_hookimpl_opts(plugin, name)
            hook = (options and options.get("specname")) or name
            values = {"pack": self.pack, "hook": hook}
            if options is None:
                if name in HOOKS:
                    yield Problem(p.UNMARKED_HOOK, values=values)
            elif hook not in HOOKS:
                near = get_close_matches(hook, HOOKS, n=1, cutoff=0.0)[0]
                values |= {"known": ", ".join(HOOKS), "nearest": near}
                yield Problem(p.UNKNOWN_HOOK, values=values)
            elif arguments := ", ".join(inspect.signature(member).parameters):
                yield Problem(p.BAD_SIGNATURE, values={**values, "arguments": arguments})

    def _call(self, hook: str) -> Any:
        return self._guard(hook, getattr(self._manager.hook, hook))

    def _guard(self, hook: str, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except InvalidInput as error:
            raise Refused(*error.problems) from error
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            _LOG.warning("pack %s: %s failed", self.pack, hook, exc_info=error)
            values = {"pack": self.pack, "hook": hook, "error": describe(error)}
            raise Refused(Problem(p.HOOK_FAILED, values=values)) from error

    def _one(self, hook: str, kind: type[Record]) -> Record | None:
        value = self._call(hook)
        if value is None or isinstance(value, kind):
            return value
        raise Refused(self._bad_record(hook, value, kind.__name__))

    def many(self, hook: str, kind: type[Record]) -> tuple[Record, ...]:
        """The records that a hook returns; Refused where it fails or returns anything else."""
        value = self._call(hook)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise Refused(self._bad_record(hook, value, f"Sequence[{kind.__name__}]"))
        for record in value:
            if not isinstance(record, kind):
                raise Refused(self._bad_record(hook, record, kind.__name__))
        return tuple(value)

    def _bad_record(self, hook: str, found: object, expected: str) -> Problem:
        if inspect.iscoroutine(found):
            found.close()
        values = {"hook": hook, "found": type(found).__name__, "expected": expected}
        return Problem(p.BAD_RECORD, values={"pack": self.pack, **values})


def describe(error: BaseException) -> str:
    """Name an exception and what it says, in one line."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
