"""Which check a problem of the loader belongs to, so that one fault fails one check."""

from __future__ import annotations

from enum import Enum, auto

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.testing import problems as kit


class Concern(Enum):
    """What a problem is about."""

    LOADING = auto()
    VERSION = auto()
    FILES = auto()
    RUBRICS = auto()
    PLAYBOOK = auto()
    SAMPLES = auto()
    CASES = auto()


_CONCERNS = {
    Concern.VERSION: (p.API_VERSION,),
    Concern.RUBRICS: (p.UNKNOWN_RUBRIC, p.FOREIGN_NAME),
    Concern.PLAYBOOK: (p.UNKNOWN_INDICATOR, p.DUPLICATE_ADVICE),
    Concern.SAMPLES: (p.DUPLICATE_UNIT, p.UNKNOWN_PARENT),
    Concern.CASES: (p.CASE_MISMATCH, p.CASE_UNKNOWN_MEASURE, p.CASE_UNKNOWN_NODE),
    Concern.LOADING: (
        *(kit.NOT_INSTALLED, p.IMPORT_FAILED, p.HOOK_FAILED, p.UNKNOWN_HOOK, p.BAD_SIGNATURE),
        *(p.UNMARKED_HOOK, p.BAD_RECORD, p.NO_INFO, p.NAME_CLASH, p.BAD_PACK_NAME, p.NO_PACK_FILE),
        *(p.HOOK_BESIDE_FILES, p.NOT_ALLOWED),
    ),
}
_BY_CODE = {kind.code: concern for concern, kinds in _CONCERNS.items() for kind in kinds}
_FOLDERS = {"samples": Concern.SAMPLES, "cases": Concern.CASES}


def concern(problem: Problem) -> Concern:
    """Tell by the kind, else by the folder of the file; all else is about the files."""
    folder = (problem.place.file or "").rpartition("/")[0].rpartition("/")[2]
    return _BY_CODE.get(problem.code, _FOLDERS.get(folder, Concern.FILES))
