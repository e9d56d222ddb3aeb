"""Packs: how an industry's schemes, rubrics, calendars, advice and samples reach Steelyard.

For authors: the hooks (`steelyard.packs.hookspecs` says what each is for), the records that they return,
and `PackFolder`, which reads a folder of YAML and CSV files into such records.  For everyone else:
`load_packs()` and the facade `Packs`.
"""

from steelyard.errors import InvalidInput, Kind, Level, Place, Problem, Text
from steelyard.improvement.playbook import Advice
from steelyard.packs.folder import PackFolder
from steelyard.packs.generator import GeneratorRequest, RecordGenerator
from steelyard.packs.hookspecs import hookimpl
from steelyard.packs.installed_table import InstalledTable
from steelyard.packs.instruments import Instrument
from steelyard.packs.loader import load_packs
from steelyard.packs.origin import PackOrigin, installed_packs
from steelyard.packs.records import (
    API_VERSION,
    CaseSource,
    PackInfo,
    SampleAction,
    SampleData,
    SampleEffect,
    SamplePlan,
    SampleRecords,
    SampleTable,
    SampleUnit,
    SchemeSource,
)
from steelyard.packs.registry import InstalledScheme, PackListing, Packs, PackState
from steelyard.scheme.calendar import Calendar, Part
from steelyard.scoring.rubrics import PythonRubric

__all__ = [
    "API_VERSION",
    "Advice",
    "Calendar",
    "CaseSource",
    "GeneratorRequest",
    "InstalledScheme",
    "InstalledTable",
    "Instrument",
    "InvalidInput",
    "Kind",
    "Level",
    "PackFolder",
    "PackInfo",
    "PackListing",
    "PackOrigin",
    "PackState",
    "Packs",
    "Part",
    "Place",
    "Problem",
    "PythonRubric",
    "RecordGenerator",
    "SampleAction",
    "SampleData",
    "SampleEffect",
    "SamplePlan",
    "SampleRecords",
    "SampleTable",
    "SampleUnit",
    "SchemeSource",
    "Text",
    "hookimpl",
    "installed_packs",
    "load_packs",
]
