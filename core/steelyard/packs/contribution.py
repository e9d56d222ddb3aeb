"""One pack's hooks, called one by one and checked: what comes out is records or problems, never a raise."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

import pluggy

from steelyard.errors import InvalidInput, Problem
from steelyard.improvement.playbook import Advice
from steelyard.packs import hookspecs
from steelyard.packs import problems as p
from steelyard.packs.records import API_VERSION, CaseSource, PackInfo, SampleData, SchemeSource
from steelyard.scheme.calendar import Calendar
from steelyard.scoring.rubrics import PythonRubric

Record = TypeVar("Record")

HOOKS = tuple(sorted(name for name in vars(hookspecs) if name.startswith("steelyard_")))
"""The names of all hooks."""

_LOG = logging.getLogger("steelyard.packs")


class Refused(Exception):
    """A pack cannot be used, for these reasons; it never leaves this room."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].code)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one pack hands over."""

    info: PackInfo
    schemes: tuple[SchemeSource, ...]
    calendars: tuple[Calendar, ...]
    rubrics: tuple[PythonRubric, ...]
    playbook: tuple[Advice, ...]
    samples: SampleData
    cases: tuple[CaseSource, ...]


class PackHooks:
    """The hooks of one pack, with a plugin manager of its own: no other pack can disturb it."""

    def __init__(self, pack: str, plugin: object) -> None:
        self.pack = pack
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        faults = self._guard("registration", lambda: tuple(self._faults(plugin)))
        # A pack for a later version may well know more hooks: that is told by its version, not by them.
        self._unknown = tuple(fault for fault in faults if fault.kind is p.UNKNOWN_HOOK)
        if others := [fault for fault in faults if fault.kind is not p.UNKNOWN_HOOK]:
            raise Refused(*others, *self._unknown)
        self._guard("registration", lambda: self._manager.register(plugin, name=pack))

    def info(self) -> PackInfo:
        """Who the pack is; refused where it does not say."""
        found = self._one("steelyard_pack", PackInfo)
        if found is None:
            raise Refused(*self._unknown, Problem(p.NO_INFO, values={"pack": self.pack}))
        return found

    def collect(self, info: PackInfo) -> Contribution:
        """Call every other hook; refused where the pack was written for another version."""
        if info.api_version != API_VERSION:
            values = {"found": info.api_version, "expected": API_VERSION}
            raise Refused(Problem(p.API_VERSION, values={"pack": self.pack, **values}))
        if self._unknown:
            raise Refused(*self._unknown)
        return Contribution(
            info=info,
            schemes=self._many("steelyard_schemes", SchemeSource),
            calendars=self._many("steelyard_calendars", Calendar),
            rubrics=self._many("steelyard_rubrics", PythonRubric),
            playbook=self._many("steelyard_playbook", Advice),
            samples=self._one("steelyard_samples", SampleData) or SampleData((), ()),
            cases=self._many("steelyard_cases", CaseSource),
        )

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
        except (Exception, SystemExit) as error:
            _LOG.warning("pack %s: %s failed", self.pack, hook, exc_info=error)
            values = {"pack": self.pack, "hook": hook, "error": describe(error)}
            raise Refused(Problem(p.HOOK_FAILED, values=values)) from error

    def _one(self, hook: str, kind: type[Record]) -> Record | None:
        value = self._call(hook)
        if value is None or isinstance(value, kind):
            return value
        raise Refused(self._bad_record(hook, value, kind.__name__))

    def _many(self, hook: str, kind: type[Record]) -> tuple[Record, ...]:
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
