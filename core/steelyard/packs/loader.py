"""Finding packs, and letting in those that can be used; the others are listed with state and reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from steelyard.errors import ConfigError, InvalidInput, Problem
from steelyard.packs import problems as p
from steelyard.packs.content import content_problems
from steelyard.packs.contribution import Contribution, PackHooks, Refused, describe
from steelyard.packs.records import PackInfo
from steelyard.packs.registry import (
    InstalledScheme,
    LoadedPack,
    PackListing,
    Packs,
    PackState,
)
from steelyard.scheme.calendar import BUILT_IN
from steelyard.scheme.reading import read_scheme_text

GROUP = "steelyard.packs"
"""The entry point group of packs."""

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
}


@dataclass(frozen=True, slots=True)
class PackOrigin:
    """Where a pack may come from: `load` returns the object with its hooks, or raises."""

    name: str
    origin: str
    load: Callable[[], object]


def installed_packs() -> list[PackOrigin]:
    """The packs that installed distributions declare, sorted by name."""
    found = [_origin(point) for point in entry_points(group=GROUP)]
    return sorted(found, key=lambda origin: (origin.name, origin.origin))


def load_packs(origins: Iterable[PackOrigin] | None = None, *, strict: bool = False) -> Packs:
    """Load the installed packs, or those of `origins`.

    A pack that cannot be used is listed with its state and reason and does not disturb the others; where
    two clash, the first by name stays.  With `strict` any such pack raises ConfigError with all reasons.
    """
    chosen = installed_packs() if origins is None else list(origins)
    admission = _Admission()
    listing = [admission.admit(origin) for origin in sorted(chosen, key=lambda item: item.name)]
    reasons = [problem for entry in listing for problem in entry.reason]
    if strict and reasons:
        raise ConfigError(reasons)
    return Packs(tuple(listing), tuple(admission.loaded))


def _origin(point: EntryPoint) -> PackOrigin:
    origin = f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value
    return PackOrigin(point.name, origin, point.load)


class _Admission:
    """The packs let in so far, and the names that they have taken."""

    def __init__(self) -> None:
        self.loaded: list[LoadedPack] = []
        self.taken: dict[tuple[str, str], str] = {("calendar", code): "steelyard" for code in BUILT_IN}

    def admit(self, origin: PackOrigin) -> PackListing:
        info: PackInfo | None = None
        warnings: list[Problem] = []
        reason: tuple[Problem, ...] = ()
        try:
            hooks = PackHooks(origin.name, _imported(origin))
            info = hooks.info()
            self._let_in(hooks.collect(info), warnings)
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
        )

    def _let_in(self, contribution: Contribution, warnings: list[Problem]) -> None:
        """Check a pack as a whole, then take its names; a refused pack takes none."""
        schemes = _parsed(contribution, warnings)
        faults = tuple(content_problems(contribution, [found.scheme for found in schemes]))
        if faults:
            raise Refused(*faults)
        pack = contribution.info.name
        names = list(_names(contribution, schemes))
        if clashes := tuple(self._clashes(pack, names)):
            raise Refused(*clashes)
        self.taken.update(dict.fromkeys(names, pack))
        self.loaded.append(LoadedPack(contribution, schemes))

    def _clashes(self, pack: str, names: list[tuple[str, str]]) -> Iterator[Problem]:
        seen = dict(self.taken)
        for what, name in names:
            if (what, name) in seen:
                values = {"what": what, "name": name, "other": seen[what, name]}
                yield Problem(p.NAME_CLASH, values={"pack": pack, **values})
            seen[what, name] = pack


def _imported(origin: PackOrigin) -> object:
    try:
        return origin.load()
    except (Exception, SystemExit) as error:
        _LOG.warning("pack %s cannot be imported", origin.name, exc_info=error)
        values = {"pack": origin.name, "error": describe(error)}
        raise Refused(Problem(p.IMPORT_FAILED, values=values)) from error


def _state(reason: tuple[Problem, ...]) -> PackState:
    if not reason:
        return PackState.LOADED
    return _STATES.get(reason[0].kind, PackState.INVALID)


def _parsed(contribution: Contribution, warnings: list[Problem]) -> tuple[InstalledScheme, ...]:
    found: list[InstalledScheme] = []
    faults: list[Problem] = []
    for source in contribution.schemes:
        try:
            scheme = read_scheme_text(source.text, source.file, warnings=warnings)
        except InvalidInput as error:
            faults.extend(error.problems)
        else:
            pack = contribution.info.name
            found.append(InstalledScheme(scheme, pack, source.file, source.text))
    if faults:
        raise Refused(*faults)
    return tuple(found)


def _names(contribution: Contribution, schemes: tuple[InstalledScheme, ...]) -> Iterator[tuple[str, str]]:
    yield "pack", contribution.info.name
    for found in schemes:
        yield "scheme", found.scheme.scheme
    for calendar in contribution.calendars:
        yield "calendar", calendar.code
    for rubric in contribution.rubrics:
        yield "rubric", rubric.name
