"""Where packs come from: installed distributions, and folders that somebody names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from steelyard.errors import InvalidInput, Problem, UsageError, system_reason
from steelyard.packs import problems as p
from steelyard.packs.folder import PackFolder
from steelyard.packs.pack_file import FILE

GROUP = "steelyard.packs"
"""The entry point group of packs."""
_SIGNS = ("schemes", "playbook.yaml", "calendars.yaml", "cases", "samples")
"""What tells a pack's folder from any other where its `pack.yaml` is missing."""


@dataclass(frozen=True, slots=True)
class PackOrigin:
    """Where a pack may come from.

    name: its own, or what it is called until it can say.
    origin: the distribution or folder, for people.
    load: returns the object with its hooks, or raises; None for a folder, whose Python is never run.
    folder: the folder that holds its `pack.yaml`; None for a pack that says all in its hooks.
    """

    name: str
    origin: str
    load: Callable[[], object] | None = None
    folder: PackFolder | None = None


def installed_packs(points: Iterable[EntryPoint] | None = None) -> list[PackOrigin]:
    """The packs that installed distributions declare, or those of `points`, sorted by name."""
    found = [_installed(point) for point in (entry_points(group=GROUP) if points is None else points)]
    return sorted(found, key=lambda origin: (origin.name, origin.origin))


def folder_packs(folder: Path) -> list[PackOrigin]:
    """The packs of a folder: itself where it holds `pack.yaml`, else those below it, sorted by path.

    A folder that looks like a pack but has no `pack.yaml` is among them, so that somebody hears of it.
    Raises UsageError where the folder cannot be read.
    """
    try:
        below = sorted(entry for entry in folder.iterdir() if entry.is_dir() and entry.name[0] not in "._")
        if _looks_like_a_pack(folder):
            return [folder_pack(folder)]
        found = [folder_pack(each) for each in below if _looks_like_a_pack(each)]
        # A mistyped folder is not to pass in silence; an empty one is a place for packs to come.
        return found or ([folder_pack(folder)] if any(folder.iterdir()) else [])
    except OSError as error:
        values = {"folder": str(folder), "reason": system_reason(error)}
        raise UsageError(Problem(p.NO_FOLDER, values=values)) from error


def folder_pack(folder: Path) -> PackOrigin:
    """The pack that is one folder, named by its `pack.yaml` where that can be read."""
    found = PackFolder(folder, str(folder))
    try:
        name = found.info().name
    except InvalidInput:
        name = folder.resolve().name
    return PackOrigin(name, str(folder), folder=found)


def without_repeats(origins: Iterable[PackOrigin]) -> Iterator[PackOrigin]:
    """Leave out folders that were named before, be it as the folder of an installed pack."""
    seen: set[Path] = set()
    for origin in origins:
        root = origin.folder.root if origin.folder is not None else None
        if isinstance(root, Path):
            if root.resolve() in seen:
                continue
            seen.add(root.resolve())
        yield origin


def _installed(point: EntryPoint) -> PackOrigin:
    origin = f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value
    try:
        module = point.module
    except AttributeError:
        # The value is no name of a module: loading says so, and nothing else is to suffer from it.
        return PackOrigin(point.name, origin, point.load)
    return PackOrigin(point.name, origin, point.load, _package_folder(module))


def _package_folder(module: str) -> PackFolder | None:
    """The folder of a package that holds `pack.yaml`, found without running the package."""
    if "." in module:
        return None
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return None
    for location in (spec and spec.submodule_search_locations) or ():
        if (Path(location) / FILE).is_file():
            return PackFolder(Path(location), module)
    return None


def _looks_like_a_pack(folder: Path) -> bool:
    return any((folder / sign).exists() for sign in (FILE, *_SIGNS))
