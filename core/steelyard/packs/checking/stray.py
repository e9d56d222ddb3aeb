"""Files of a pack's folder that nothing reads: most likely their names are misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from steelyard.errors import Place, Problem
from steelyard.packs import problems as p
from steelyard.packs.folder import CALENDARS, PLAYBOOK, RELEASED, SAMPLE_RECORDS, UNITS, PackFolder
from steelyard.packs.instruments import FILE as INSTRUMENTS
from steelyard.packs.pack_file import FILE
from steelyard.packs.plan_file import PLANS
from steelyard.records.files import MEASURES, RECORDS
from steelyard.scheme.suggestion import suggested

FILES = (FILE, CALENDARS, INSTRUMENTS, MEASURES, PLAYBOOK, RECORDS, RELEASED)
FOLDERS = {"schemes": (".yaml",), "cases": (".yaml",), "samples": (".csv", ".yaml")}
_DATA = (".yaml", ".yml", ".csv", ".xlsx", ".xls", ".json")
_SCHEME = re.compile(rb"^format: *steelyard/[0-9]", re.MULTILINE)
_HEAD = 4096
_KNOWN = (
    *FILES,
    "schemes/*.yaml",
    UNITS,
    "samples/<scheme>.csv",
    "samples/records/<table>.csv",
    PLANS,
    "cases/*.yaml",
)


def stray_files(folder: PackFolder) -> Iterator[Problem]:
    """Warn of data files and folders beside those that a pack has; other files are its own affair."""
    if not isinstance(folder.root, Path):
        return
    for entry in sorted(folder.root.iterdir()):
        if entry.name[0] in "._":
            continue
        if entry.is_dir():
            if entry.name in FOLDERS:
                yield from _inside(folder, entry)
            elif suggested(entry.name, ["schemes"])["nearest"] and any(map(_is_scheme, entry.iterdir())):
                yield _misplaced(folder, entry.name, "schemes/")
            elif any(each.suffix in _DATA for each in entry.iterdir()):
                yield _stray(folder, entry.name, [*FOLDERS])
        elif entry.name not in FILES and _is_scheme(entry):
            yield _misplaced(folder, entry.name, f"schemes/{entry.stem}.yaml")
        elif entry.suffix in _DATA and entry.name not in FILES:
            yield _stray(folder, entry.name, FILES)


def _inside(folder: PackFolder, place: Path) -> Iterator[Problem]:
    for entry in sorted(place.iterdir()):
        stem, suffix = entry.stem, entry.suffix
        fits = suffix in FOLDERS[place.name] and (suffix != ".yaml" or place.name != "samples")
        if entry.name[0] == "." or fits or f"{place.name}/{entry.name}" in (UNITS, PLANS):
            continue
        if entry.is_dir() and f"{place.name}/{entry.name}" == SAMPLE_RECORDS:
            yield from _records(folder, entry)
            continue
        if place.name == "schemes" and _is_scheme(entry):
            yield _misplaced(folder, f"schemes/{entry.name}", f"schemes/{stem}.yaml")
            continue
        near = (
            "units.yaml"
            if place.name == "samples" and suffix != ".csv"
            else f"{stem}{FOLDERS[place.name][0]}"
        )
        yield _stray(folder, f"{place.name}/{entry.name}", [f"{place.name}/{near}"])


def _records(folder: PackFolder, place: Path) -> Iterator[Problem]:
    for entry in sorted(place.iterdir()):
        if entry.name[0] != "." and entry.suffix != ".csv":
            name = f"{SAMPLE_RECORDS}/{entry.name}"
            yield _stray(folder, name, [f"{SAMPLE_RECORDS}/{entry.stem}.csv"])


def _is_scheme(file: Path) -> bool:
    """Tell by the first field that a YAML file is a scheme, be it where it may."""
    if file.suffix not in (".yaml", ".yml") or not file.is_file():
        return False
    with file.open("rb") as opened:
        return _SCHEME.search(opened.read(_HEAD)) is not None


def _misplaced(folder: PackFolder, name: str, place: str) -> Problem:
    return Problem(p.MISPLACED_SCHEME, Place(folder.path(name)), {"place": place})


def _stray(folder: PackFolder, name: str, candidates: list[str] | tuple[str, ...]) -> Problem:
    values = {**suggested(name, candidates), "known": ", ".join(_KNOWN)}
    return Problem(p.STRAY_FILE, Place(folder.path(name)), values)
