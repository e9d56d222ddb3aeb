"""Conditions on rows: whether each is one test, and whether that goes with its column."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Problem
from steelyard.packs import problems as p
from steelyard.packs.record_checks.finder import Finder
from steelyard.records.column import ColumnType
from steelyard.records.condition import ColumnReference, Condition, Conditions
from steelyard.records.operand import AMOUNTS, MOMENTS, NUMBERS, ORDERED, read_operand
from steelyard.scheme.document import Path
from steelyard.scheme.suggestion import suggested

_EQUAL = ("is", "in")
_LINES = ("above", "at_least", "at_most", "below")
_TESTS = (*_EQUAL, *_LINES, "known", "within")
_JOINS = ("any", "all", "not")
_FAMILIES = (NUMBERS, MOMENTS)


def condition_problems(finder: Finder, conditions: Conditions, above: Path) -> Iterator[Problem]:
    """List what cannot stand in a list of conditions on a table's rows."""
    for index, condition in enumerate(conditions):
        yield from _condition(finder, condition, (*above, index))


def _given(condition: Condition, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(condition, _field(name)) is not None]


def _field(name: str) -> str:
    return f"{name}_" if name in ("is", "in", "not") else name


def _condition(finder: Finder, condition: Condition, path: Path) -> Iterator[Problem]:
    tests, joins = _given(condition, _TESTS), _given(condition, _JOINS)
    if condition.column is None and not tests and condition.of is None:
        yield from finder.one_of(path, joins, ("column", *_JOINS))
    elif joins or condition.column is None:
        given = ["column"] * (condition.column is not None) + joins
        # A test without a column is told as one that has nothing to test.
        yield from finder.one_of(
            path, given if len(given) > 1 else tests * (len(given) > 0), ("column", *_JOINS)
        )
    else:
        yield from finder.one_of(path, tests, _TESTS)
    if condition.column is not None:
        yield from _test(finder, condition, condition.column, tests, path)
    if (condition.within is None) != (condition.of is None):
        found = "within" if condition.of is None else "of"
        yield finder.fault(p.RECORD_ONE_OF, path, expected="within + of", found=found)
    for name in ("any", "all"):
        below: Conditions | None = getattr(condition, name)
        if below is not None:
            yield from finder.empty((*path, name), below)
            yield from condition_problems(finder, below, (*path, name))
    if condition.not_ is not None:
        yield from _condition(finder, condition.not_, (*path, "not"))


def _test(
    finder: Finder, condition: Condition, column: str, tests: list[str], path: Path
) -> Iterator[Problem]:
    yield from finder.unknown((*path, "column"), column)
    kind = finder.table.types.get(column)
    if kind is None:
        return
    known = _fitting(kind)
    for test in tests:
        if test not in known:
            values = {"test": test, "type": str(kind), "column": column, "known": ", ".join(known)}
            yield finder.fault(p.RECORD_TEST, (*path, test), **values)
        elif test in _LINES or test == "is":
            operand = getattr(condition, _field(test))
            yield from _operand(finder, operand, column, kind, (*path, test))
    if condition.in_ is not None and "in" in known:
        yield from finder.empty((*path, "in"), condition.in_)
        for index, operand in enumerate(condition.in_):
            yield from _operand(finder, operand, column, kind, (*path, "in", index))
    if condition.of is not None:
        family = AMOUNTS if kind not in AMOUNTS else _comparable(kind)
        yield from finder.typed((*path, "of"), condition.of, family, f"within ({column})")


def _fitting(kind: ColumnType) -> tuple[str, ...]:
    """The tests that a type goes with."""
    return (*_EQUAL, *(_LINES * (kind in ORDERED)), "known", *(("within",) * (kind in AMOUNTS)))


def _comparable(kind: ColumnType) -> frozenset[ColumnType]:
    """The types whose values can be compared with those of `kind`."""
    return next((family for family in _FAMILIES if kind in family), frozenset({kind}))


def _operand(
    finder: Finder, operand: str | ColumnReference, column: str, kind: ColumnType, path: Path
) -> Iterator[Problem]:
    if isinstance(operand, ColumnReference):
        yield from finder.typed((*path, "column"), operand.column, _comparable(kind), column)
        return
    declared = finder.own(column)
    if kind is ColumnType.CHOICE and declared is not None:
        if operand not in declared.choices:
            values = suggested(operand, declared.choices)
            yield finder.fault(p.RECORD_UNKNOWN_CHOICE, path, column=column, **values)
    elif read_operand(operand, kind) is None:
        yield finder.fault(p.RECORD_OPERAND, path, found=operand, type=str(kind), column=column)
