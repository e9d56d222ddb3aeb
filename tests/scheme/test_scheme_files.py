"""Files with faults against the codes and places that each of them lists in its first lines."""

import re
from pathlib import Path

import pytest

from steelyard.errors import InvalidInput, Problem
from steelyard.scheme import read_scheme

FILES = Path(__file__).parent.parent / "data" / "schemes"
EXPECTED = re.compile(r"^# (SCHEME_\w+ @ \d+:\d+)$", re.MULTILINE)


def cases(folder: str) -> list[Path]:
    return sorted((FILES / folder).glob("*.yaml"))


def found(path: Path) -> tuple[list[str], list[str]]:
    """Errors and warnings of a file as `CODE @ line:column`."""
    warnings: list[Problem] = []
    errors: tuple[Problem, ...] = ()
    try:
        read_scheme(path, warnings=warnings)
    except InvalidInput as invalid:
        errors = invalid.problems
    return [written(problem) for problem in errors], [written(problem) for problem in warnings]


def written(problem: Problem) -> str:
    return f"{problem.code} @ {problem.place.line}:{problem.place.column}"


@pytest.mark.parametrize("path", cases("bad"), ids=lambda path: path.stem)
def test_every_fault_is_reported_at_its_place(path: Path) -> None:
    errors, warnings = found(path)
    assert errors
    assert sorted(errors + warnings) == sorted(EXPECTED.findall(path.read_text()))


@pytest.mark.parametrize("path", cases("warned"), ids=lambda path: path.stem)
def test_warnings_stop_nothing(path: Path) -> None:
    errors, warnings = found(path)
    assert errors == []
    assert sorted(warnings) == sorted(EXPECTED.findall(path.read_text()))


@pytest.mark.parametrize("path", cases("good"), ids=lambda path: path.stem)
def test_nothing_is_said_about_a_sound_scheme(path: Path) -> None:
    assert found(path) == ([], [])


def test_problems_come_in_the_order_of_the_text() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme(FILES / "bad" / "everything-at-once.yaml")
    places = [(problem.place.line, problem.place.column) for problem in raised.value.problems]
    assert places == sorted(places)
    assert len(places) > 10


def test_a_problem_shows_its_line_and_names_its_file() -> None:
    path = FILES / "bad" / "unknown-rubric.yaml"
    with pytest.raises(InvalidInput) as raised:
        read_scheme(path)
    (problem,) = raised.value.problems
    assert problem.place.file == str(path)
    assert problem.snippet == "rubric: {kind: liner, worst: 1, best: 2}"
    assert "did you mean `linear`?" in problem.message("en")
    assert "是否指“linear”？" in problem.message("zh")


def test_both_readers_of_a_measure_in_two_units_are_named() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme(FILES / "bad" / "mixed-units.yaml")
    message = raised.value.problems[0].message("en")
    assert "`A` reads the measure `m` in percent (line 20" in message
    assert "`B` reads it as a fraction" in message
