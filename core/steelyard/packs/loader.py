"""Finding packs, and letting in those that can be used; the others are listed with state and reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from steelyard.errors import ConfigError, InvalidInput, Problem
from steelyard.packs import problems as p
from steelyard.packs.content import content_problems
from steelyard.packs.contribution import Contribution, PackHooks, Refused, describe, gather
from steelyard.packs.folder import PackFolder
from steelyard.packs.origin import PackOrigin, folder_packs, installed_packs, without_repeats
from steelyard.packs.records import PackInfo
from steelyard.packs.registry import (
    InstalledScheme,
    LoadedPack,
    PackListing,
    Packs,
    PackState,
)
from steelyard.packs.scheme_file import SchemeFile, read_scheme_file
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scheme.suggestion import suggested

_LOG = logging.getLogger("steelyard.packs")
_STATES = {
    p.API_VERSION: PackState.INCOMPATIBLE,
    p.NAME_CLASH: PackState.CLASHING,
    p.IMPORT_FAILED: PackState.FAILED,
    p.HOOK_FAILED: PackState.FAILED,
    p.UNKNOWN_HOOK: PackState.FAILED,
    p.BAD_SIGNATURE: PackState.FAILED,
    p.UNMARKED_HOOK: PackState.FAILED,
    p.BAD_RECORD: PackState.FAILED,
    p.NO_INFO: PackState.FAILED,
    p.HOOK_BESIDE_FILES: PackState.FAILED,
    p.NO_PACK_FILE: PackState.FAILED,
    p.NOT_ALLOWED: PackState.NOT_ALLOWED,
}


def load_packs(
    origins: Iterable[PackOrigin] | None = None,
    *,
    folders: Sequence[Path] = (),
    allow: Collection[str] | None = None,
    strict: bool = False,
) -> Packs:
    """Load the installed packs, or those of `origins`, and those of `folders`.

    folders: each is a pack with `pack.yaml`, or holds such packs.
    allow: the names of packs that may be used; the others are listed as not allowed, and their Python is not
        run. None allows all.

    A pack that cannot be used is listed with its state and reason and does not disturb the others; where
    two clash, an installed one stays before a folder, and of two of the same sort the first by name.  With
    `strict` any such pack, but for those not allowed, raises ConfigError with all reasons.  Raises UsageError
    for a folder that cannot be read.
    """
    installed = installed_packs() if origins is None else list(origins)
    named = [origin for folder in folders for origin in folder_packs(folder)]
    admission = _Admission(allow)
    # A folder that somebody drops in takes no name from what is installed, whatever it is called.
    chosen = without_repeats([*sorted(installed, key=_name), *sorted(named, key=_name)])
    listing = [admission.admit(origin) for origin in chosen]
    listing += _absent(allow or (), listing)
    listing.sort(key=lambda entry: entry.name)
    wrong = [entry for entry in listing if entry.state is not PackState.NOT_ALLOWED]
    reasons = [problem for entry in wrong for problem in entry.reason]
    if strict and reasons:
        raise ConfigError(reasons)
    return Packs(tuple(listing), tuple(admission.loaded))


def _name(origin: PackOrigin) -> str:
    return origin.name


def _absent(allow: Collection[str], listing: Sequence[PackListing]) -> list[PackListing]:
    """Allowed packs that are not there: most likely a name that is misspelt."""
    known = [entry.name for entry in listing]
    return [
        PackListing(
            name, "", None, "", PackState.FAILED, (Problem(p.ALLOWED_ABSENT, values=suggested(name, known)),)
        )
        for name in sorted(set(allow))
        if name not in known
    ]


class _Admission:
    """The packs let in so far, and the names that they have taken."""

    def __init__(self, allow: Collection[str] | None) -> None:
        self.allow = allow
        self.loaded: list[LoadedPack] = []
        self.taken: dict[tuple[str, str], tuple[str, str]] = {
            ("calendar", code): ("steelyard", "steelyard") for code in BUILT_IN
        }

    def admit(self, origin: PackOrigin) -> PackListing:
        info: PackInfo | None = None
        warnings: list[Problem] = []
        reason: tuple[Problem, ...] = ()
        try:
            # What a file says is known before any Python of the pack is run.
            info = None if origin.folder is None else _told(origin.folder)
            self._require_allowed(origin.name if info is None else info.name)
            hooks = (
                None if origin.load is None else PackHooks(origin.name, imported(origin.name, origin.load))
            )
            if info is None and hooks is not None:
                info = hooks.info()
                self._require_allowed(info.name)
            if info is None:
                raise Refused(Problem(p.NO_INFO, values={"pack": origin.name}))
            contribution, faults = gather(info, hooks, origin.folder)
            if faults:
                raise Refused(*faults)
            self._let_in(contribution, origin.origin, warnings)
        except Refused as refused:
            reason = refused.problems
        return PackListing(
            name=info.name if info is not None else origin.name,
            version=info.version if info is not None else "",
            title=info.title if info is not None else None,
            origin=origin.origin,
            state=_state(reason),
            reason=reason,
            warnings=tuple(warnings),
            folder=None if origin.folder is None else origin.folder.place,
        )

    def _require_allowed(self, name: str) -> None:
        if self.allow is not None and name not in self.allow:
            raise Refused(Problem(p.NOT_ALLOWED, values={"pack": name}))

    def _let_in(self, contribution: Contribution, place: str, warnings: list[Problem]) -> None:
        """Check a pack as a whole, then take its names; a refused pack takes none."""
        files = [read_scheme_file(source) for source in contribution.schemes]
        warnings += [warning for file in files for warning in file.warnings]
        faults = [problem for file in files for problem in file.problems]
        if faults := faults or list(content_problems(contribution, files)):
            raise Refused(*faults)
        schemes = tuple(_installed(contribution.info.name, files))
        pack = contribution.info.name
        names = list(_names(contribution, schemes))
        if clashes := tuple(self._clashes(pack, place, names)):
            raise Refused(*clashes)
        self.taken.update(dict.fromkeys(names, (pack, place)))
        self.loaded.append(LoadedPack(contribution, schemes))

    def _clashes(self, pack: str, place: str, names: list[tuple[str, str]]) -> Iterator[Problem]:
        seen = dict(self.taken)
        for what, name in names:
            if (what, name) in seen:
                other, other_place = seen[what, name]
                values = {"name": name, "other": other, "other_place": other_place, **p.NAMES[what]}
                yield Problem(p.NAME_CLASH, values={"pack": pack, "place": place, **values})
            seen[what, name] = pack, place


def _told(folder: PackFolder) -> PackInfo:
    try:
        return folder.info()
    except InvalidInput as error:
        raise Refused(*error.problems) from error


def imported(name: str, load: Callable[[], object]) -> object:
    """The object with a pack's hooks; Refused where it cannot be imported."""
    try:
        return load()
    except KeyboardInterrupt:
        raise
    # Whatever a pack raises is its own affair: SystemExit, a cancellation, a class made for the purpose.
    except BaseException as error:
        _LOG.warning("pack %s cannot be imported", name, exc_info=error)
        values = {"pack": name, "error": describe(error)}
        raise Refused(Problem(p.IMPORT_FAILED, values=values)) from error


def _state(reason: tuple[Problem, ...]) -> PackState:
    if not reason:
        return PackState.LOADED
    return _STATES.get(reason[0].kind, PackState.INVALID)


def _installed(pack: str, files: Iterable[SchemeFile]) -> Iterator[InstalledScheme]:
    for file in files:
        if file.scheme is not None:
            yield InstalledScheme(file.scheme, pack, file.source.file, file.source.text)


def _names(contribution: Contribution, schemes: tuple[InstalledScheme, ...]) -> Iterator[tuple[str, str]]:
    yield "pack", contribution.info.name
    for found in schemes:
        yield "scheme", found.scheme.scheme
    for calendar in contribution.calendars:
        yield "calendar", calendar.code
    for rubric in contribution.rubrics:
        yield "rubric", rubric.name
