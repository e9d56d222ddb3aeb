"""The installed packs as everyone else sees them: one typed facade, and the state of every pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from steelyard.errors import Problem, Text
from steelyard.improvement.playbook import Advice
from steelyard.packs.contribution import Contribution
from steelyard.packs.generator import RecordGenerator
from steelyard.packs.installed_table import InstalledTable
from steelyard.packs.instruments import Instrument
from steelyard.packs.records import CaseSource, SampleData
from steelyard.records.measure import MeasureDefinition
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.scheme.model import Scheme
from steelyard.scoring.rubrics import PythonRubric


class PackState(StrEnum):
    """What became of a pack."""

    LOADED = "loaded"
    FAILED = "failed"
    """It cannot be imported, or a hook is unknown, raises or returns something else than records."""
    INCOMPATIBLE = "incompatible"
    """It was written for another API version."""
    CLASHING = "clashing"
    """It provides a name that a pack before it provides already."""
    INVALID = "invalid"
    """Its schemes, calendars, playbook or samples have problems."""
    NOT_ALLOWED = "not_allowed"
    """Whoever runs this process allows other packs only; none of its Python was run."""


@dataclass(frozen=True, slots=True)
class PackListing:
    """One pack as it was found.

    name: its own, or its entry point's where it could not say.
    version, title: its own; empty and None where it could not say.
    origin: the distribution or folder that it comes from.
    reason: why it was not loaded; empty for a loaded pack.
    warnings: what its scheme files were warned of.
    folder: where its `pack.yaml` lies, with links followed; None for a pack that says all in its hooks.
    """

    name: str
    version: str
    title: Text | None
    origin: str
    state: PackState
    reason: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    folder: str | None = None

    def reason_text(self, locale: str = "en") -> str:
        """The reasons in words, one a line; empty for a loaded pack."""
        return "\n".join(problem.text("zh" if locale == "zh" else "en") for problem in self.reason)


@dataclass(frozen=True, slots=True)
class InstalledScheme:
    """A scheme of a pack: the parsed form, the pack's name, and the text that it was read from."""

    scheme: Scheme
    pack: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack that can be used, with its schemes parsed."""

    contribution: Contribution
    schemes: tuple[InstalledScheme, ...]

    @property
    def name(self) -> str:
        """The pack's name."""
        return self.contribution.info.name


class Packs:
    """All packs of this process.  Immutable; loading again makes another."""

    def __init__(self, listing: tuple[PackListing, ...], loaded: tuple[LoadedPack, ...]) -> None:
        self._loaded = {pack.name: pack for pack in loaded}
        self.listing = listing
        self.schemes: Mapping[str, InstalledScheme] = MappingProxyType(
            {found.scheme.scheme: found for pack in loaded for found in pack.schemes}
        )
        self.rubrics: Mapping[str, PythonRubric] = MappingProxyType(
            {rubric.name: rubric for pack in loaded for rubric in pack.contribution.rubrics}
        )
        self.record_tables: Mapping[str, InstalledTable] = MappingProxyType(
            {
                found.name: found
                for pack in loaded
                for found in (InstalledTable(pack.name, table) for table in pack.contribution.tables)
            }
        )
        declared = {found.code: found for pack in loaded for found in pack.contribution.calendars}
        self.calendars: Mapping[str, Calendar] = MappingProxyType({**BUILT_IN, **declared})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the loaded packs, sorted."""
        return tuple(sorted(self._loaded))

    def calendars_of(self, scheme: Scheme) -> tuple[Calendar, ...]:
        """The calendars that a scheme names, in its order; names that nobody declares are left out."""
        return tuple(self.calendars[code] for code in scheme.calendar if code in self.calendars)

    def playbook(self, scheme: str) -> tuple[Advice, ...]:
        """The advice for the indicators of a scheme, from its own pack; KeyError for an unknown scheme."""
        found = self.schemes[scheme]
        codes = {node.code for node in found.scheme.tree().walk()}
        advice = self._loaded[found.pack].contribution.playbook
        return tuple(item for item in advice if item.indicator in codes)

    def instruments(self, pack: str) -> tuple[Instrument, ...]:
        """The questionnaires of a loaded pack; KeyError for any other."""
        return self._loaded[pack].contribution.instruments

    def measures(self, pack: str) -> tuple[MeasureDefinition, ...]:
        """The measures that a loaded pack computes from records; KeyError for any other."""
        return self._loaded[pack].contribution.measures

    def measures_of_table(self, name: str) -> tuple[MeasureDefinition, ...]:
        """The measures that read a table (`<pack>.<table>`), ratios with one side of it among them.

        KeyError for an unknown table.
        """
        found = self.record_tables[name]
        return tuple(one for one in self.measures(found.pack) if found.table.table in one.tables)

    def generator(self, name: str) -> RecordGenerator | None:
        """The generator for a table (`<pack>.<table>`), None where it has none; KeyError: unknown table."""
        found = self.record_tables[name]
        generators = self._loaded[found.pack].contribution.generators
        return next((one for one in generators if one.table == found.table.table), None)

    @property
    def samples(self) -> Mapping[str, SampleData]:
        """The sample data of every loaded pack that has some, by pack."""
        found = {name: pack.contribution.samples for name, pack in self._loaded.items()}
        return {name: data for name, data in found.items() if data.units or data.tables or data.records}

    def cases(self, pack: str) -> tuple[CaseSource, ...]:
        """The case files of a loaded pack; KeyError for any other."""
        return self._loaded[pack].contribution.cases
