"""Which check a problem belongs to, so that one fault fails one check."""

from __future__ import annotations

from enum import Enum, auto

from steelyard.errors import Level, Problem
from steelyard.packs import problems as p
from steelyard.scheme.problems.tree import ASSUMED_WITHOUT_NOTE


class Concern(Enum):
    """What a problem is about."""

    LOADING = auto()
    VERSION = auto()
    FILES = auto()
    FIGURES = auto()
    TITLES = auto()
    RUBRICS = auto()
    PLAYBOOK = auto()
    SAMPLES = auto()
    CASES = auto()


_KINDS = {
    Concern.VERSION: (p.API_VERSION,),
    Concern.FIGURES: (ASSUMED_WITHOUT_NOTE, p.NO_SOURCE),
    Concern.TITLES: (p.NO_TITLE, p.ONE_LANGUAGE),
    Concern.RUBRICS: (p.UNKNOWN_RUBRIC, p.FOREIGN_NAME),
    Concern.PLAYBOOK: (p.UNKNOWN_INDICATOR, p.DUPLICATE_ADVICE),
    Concern.SAMPLES: (p.DUPLICATE_UNIT, p.UNKNOWN_PARENT, p.UNIT_CYCLE),
    Concern.CASES: (p.CASE_MISMATCH, p.CASE_UNKNOWN_MEASURE, p.CASE_UNKNOWN_NODE, p.NO_CASES),
    Concern.LOADING: (
        *(p.NOT_INSTALLED, p.IMPORT_FAILED, p.HOOK_FAILED, p.UNKNOWN_HOOK, p.BAD_SIGNATURE, p.BAD_RECORD),
        *(p.UNMARKED_HOOK, p.NO_INFO, p.NAME_CLASH, p.BAD_PACK_NAME, p.NO_PACK_FILE, p.HOOK_BESIDE_FILES),
        *(p.NOT_ALLOWED, p.NO_SCHEMES),
    ),
}
"""What is told whatever its level; of all else only errors are."""

_BY_CODE = {kind.code: concern for concern, kinds in _KINDS.items() for kind in kinds}
_FOLDERS = {"samples": Concern.SAMPLES, "cases": Concern.CASES}


def concern(problem: Problem) -> Concern | None:
    """Tell by the kind, else by the folder of the file; None for what fails no check."""
    if problem.code in _BY_CODE:
        return _BY_CODE[problem.code]
    if problem.level is not Level.ERROR:
        return None
    folder = (problem.place.file or "").rpartition("/")[0].rpartition("/")[2]
    return _FOLDERS.get(folder, Concern.FILES)
