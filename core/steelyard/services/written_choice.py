"""Unit choices as they are written on a command line and in an address: `band=A`, `attribute.staff>=10`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.analysis.choice import Condition
from steelyard.errors import InvalidInput, Kind, Place, Problem, Text
from steelyard.scheme.number import parse_decimal
from steelyard.scheme.suggestion import suggested
from steelyard.scoring import Outcome
from steelyard.services import unit_choice_problems as problems
from steelyard.services.unit_choice import FACTOR, REACH, PeerGroup, Places, UnitChoice

ATTRIBUTE = "attribute."
FIELD = "where"
_WRITTEN = re.compile(r"(?P<name>[^=<>]+?)\s*(?P<sign>>=|<=|=)\s*(?P<value>.+)", re.ASCII | re.DOTALL)
_SHOWN = 100


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


_ANY = Text("文字", "text")


@dataclass(frozen=True, slots=True)
class _Form:
    """What reads a value, with what it takes; what of it is written beside one of which it says more."""

    read: Callable[[str], Any] = str
    expected: Text = _ANY
    often: bool = False
    beside: tuple[str, ...] = ()


_OUTCOMES = [each.name for each in Outcome]
_COUNT = Text("0 至 999999 的整数", "a whole number from 0 to 999999")
_PEERS, _PLACES = ("peers-of",), ("top", "bottom", "around")
_FORMS = {
    "unit": _Form(often=True),
    "children-of": _Form(),
    "below": _Form(),
    "band": _Form(often=True),
    "verdict": _Form(often=True),
    "passed": _Form(_truth, Text("true 或 false", "true or false")),
    "outcome": _Form(
        _outcome, Text(f"{'、'.join(_OUTCOMES)} 之一", f"one of {', '.join(_OUTCOMES)}"), often=True
    ),
    "peers-of": _Form(),
    "alike": _Form(often=True, beside=_PEERS),
    "ancestor-type": _Form(beside=_PEERS),
    "measure": _Form(beside=_PEERS),
    "factor": _Form(_factor, Text("不小于 1 的数", "a number of at least 1"), beside=_PEERS),
    "top": _Form(_count, _COUNT),
    "bottom": _Form(_count, _COUNT),
    "around": _Form(),
    "reach": _Form(_count, _COUNT, beside=("around",)),
    "by": _Form(beside=_PLACES),
}
"""What may be written."""
_BOUND = Text("数", "a number")


def read_choice(written: Sequence[str]) -> UnitChoice | None:
    """Read conditions of which all are to hold; of one name that stands often any. None for none.

    Raises InvalidInput with all that is wrong with them.
    """
    reading = _Reading()
    wrong = [problem for text in written if (problem := reading.take(text)) is not None]
    wrong += reading.alone()
    if wrong:
        raise InvalidInput(wrong)
    return reading.choice() if written else None


class _Reading:
    """What is written, by name."""

    def __init__(self) -> None:
        self.given: defaultdict[str, list[Any]] = defaultdict(list)
        self._texts: dict[str, str] = {}
        self._attributes: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def take(self, text: str) -> Problem | None:
        """Read one condition; the problem of one that cannot be read, or is given twice."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            return _problem(problems.CHOICE_UNREADABLE, text)
        name, sign, value = found["name"], found["sign"], found["value"]
        if name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE):
            return self._take_attribute(text, name.removeprefix(ATTRIBUTE), sign, value)
        form = _FORMS.get(name)
        if form is None:
            known = [*_FORMS, f"{ATTRIBUTE}…"]
            return _problem(problems.CHOICE_NAME, text, **suggested(name[:_SHOWN], known), name=name[:_SHOWN])
        if sign != "=":
            return _problem(problems.CHOICE_SIGN, text, name=name, value=value[:_SHOWN], sign=sign)
        if name in self.given and not form.often:
            return _problem(problems.CHOICE_TWICE, text, name=name, first=self._texts[name])
        try:
            read = form.read(value)
        except (ValueError, LookupError):
            return _unfit(text, name, value, form.expected)
        self.given[name].append(read)
        self._texts.setdefault(name, text.strip()[:_SHOWN])
        return None

    def _take_attribute(self, text: str, name: str, sign: str, value: str) -> Problem | None:
        known = self._attributes[name][sign]
        if sign != "=" and known:
            written = f"{ATTRIBUTE}{name}{sign}"[:_SHOWN]
            return _problem(problems.CHOICE_TWICE, text, name=written, first=f"{written}{known[0]}"[:_SHOWN])
        if sign != "=" and parse_decimal(value) is None:
            return _unfit(text, f"{ATTRIBUTE}{name}{sign}", value, _BOUND)
        known.append(value)
        return None

    def alone(self) -> Iterator[Problem]:
        """What says something about another condition that is not there."""
        for name, text in self._texts.items():
            needed = _FORMS[name].beside
            if needed and not any(each in self.given for each in needed):
                zh, en = (between.join(f"{each}=…" for each in needed) for between in ("、", ", "))
                yield _problem(problems.CHOICE_ALONE, text, needed_zh=zh, needed_en=en)

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
            places=self._places() if not given.keys().isdisjoint(_PLACES) else None,
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


def _problem(kind: Kind, text: str, **values: object) -> Problem:
    return Problem(kind, Place(field=FIELD), {**values, "found": text.strip()[:_SHOWN]})


def _unfit(text: str, name: str, value: str, expected: Text) -> Problem:
    values = {"name": name[:_SHOWN], "value": value[:_SHOWN]}
    return _problem(problems.CHOICE_VALUE, text, **values, expected_zh=expected.zh, expected_en=expected.en)
