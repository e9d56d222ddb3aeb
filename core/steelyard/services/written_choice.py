"""Unit choices as they are written on a command line and in an address: `band=A`, `attribute.staff>=10`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from steelyard.analysis.choice import Condition
from steelyard.errors import InvalidInput, Problem
from steelyard.scheme.number import parse_decimal
from steelyard.scoring import Outcome
from steelyard.services.unit_choice import FACTOR, REACH, PeerGroup, Places, UnitChoice
from steelyard.services.unit_choice_problems import CHOICE_UNREADABLE

ATTRIBUTE = "attribute."
_WRITTEN = re.compile(r"(?P<name>[^=<>]+?)\s*(?P<sign>>=|<=|=)\s*(?P<value>.+)", re.ASCII | re.DOTALL)
_SHOWN = 100


def _word(text: str) -> str:
    return text


def _number(text: str) -> float:
    found = parse_decimal(text)
    if found is None:
        raise ValueError(text)
    return float(found)


def _factor(text: str) -> float:
    found = _number(text)
    if found < 1:
        raise ValueError(text)
    return found


def _count(text: str) -> int:
    if re.fullmatch("[0-9]{1,6}", text) is None:
        raise ValueError(text)
    return int(text)


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _outcome(text: str) -> Outcome:
    return Outcome[text]


_NAMES: dict[str, Callable[[str], Any]] = {
    "unit": _word,
    "children-of": _word,
    "below": _word,
    "band": _word,
    "verdict": _word,
    "passed": _truth,
    "outcome": _outcome,
    "peers-of": _word,
    "alike": _word,
    "ancestor-type": _word,
    "measure": _word,
    "factor": _factor,
    "top": _count,
    "bottom": _count,
    "around": _word,
    "reach": _count,
    "by": _word,
}
"""What may be written, and what reads it."""
_OFTEN = frozenset({"unit", "band", "verdict", "outcome", "alike"})
_OF_PEERS = frozenset({"alike", "ancestor-type", "measure", "factor"})
_OF_PLACES = frozenset({"top", "bottom", "around", "reach", "by"})


def read_choice(written: Sequence[str]) -> UnitChoice | None:
    """Read conditions of which all are to hold; of one name that stands often any. None for none.

    Raises InvalidInput (CHOICE_UNREADABLE), all of them at once.
    """
    reading = _Reading()
    unreadable = [text for text in written if not reading.takes(text)]
    given = reading.given
    unreadable += [f"{name}=" for name in sorted(_OF_PEERS & given.keys()) if "peers-of" not in given]
    if unreadable:
        known = ", ".join([*_NAMES, f"{ATTRIBUTE}…"])
        raise InvalidInput(
            Problem(CHOICE_UNREADABLE, values={"found": text[:_SHOWN], "known": known}) for text in unreadable
        )
    return reading.choice() if written else None


class _Reading:
    """What is written, by name."""

    def __init__(self) -> None:
        self.given: defaultdict[str, list[Any]] = defaultdict(list)
        self._attributes: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def takes(self, text: str) -> bool:
        """Read one condition; False where it cannot be read, or is given twice."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            return False
        name, sign, value = found["name"], found["sign"], found["value"]
        if name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE):
            known = self._attributes[name.removeprefix(ATTRIBUTE)][sign]
            known.append(value)
            return sign == "=" or (len(known) == 1 and parse_decimal(value) is not None)
        if name not in _NAMES or sign != "=" or (name in self.given and name not in _OFTEN):
            return False
        try:
            read = _NAMES[name](value)
        except (ValueError, LookupError):
            return False
        self.given[name].append(read)
        return True

    def choice(self) -> UnitChoice:
        """The choice that is written."""
        given = self.given
        return UnitChoice(
            codes=tuple(given["unit"]) if "unit" in given else None,
            children_of=self._one("children-of"),
            below=self._one("below"),
            attributes=tuple(_condition(name, signs) for name, signs in self._attributes.items()),
            bands=tuple(given["band"]),
            verdicts=tuple(given["verdict"]),
            passed=self._one("passed"),
            outcomes=tuple(given["outcome"]),
            peers_of=self._peers() if "peers-of" in given else None,
            places=self._places() if _OF_PLACES & given.keys() else None,
        )

    def _peers(self) -> PeerGroup:
        return PeerGroup(
            unit=self._one("peers-of"),
            attributes=tuple(self.given["alike"]),
            ancestor_type=self._one("ancestor-type"),
            measure=self._one("measure"),
            factor=self._one("factor", FACTOR),
        )

    def _places(self) -> Places:
        return Places(
            top=self._one("top", 0),
            bottom=self._one("bottom", 0),
            around=self._one("around"),
            reach=self._one("reach", REACH),
            indicator=self._one("by"),
        )

    def _one(self, name: str, without: Any = None) -> Any:
        return self.given[name][0] if self.given.get(name) else without


def _condition(name: str, signs: dict[str, list[str]]) -> Condition:
    bounds = [_number(signs[sign][0]) if sign in signs else None for sign in (">=", "<=")]
    return Condition(name, tuple(signs.get("=", ())), *bounds)
