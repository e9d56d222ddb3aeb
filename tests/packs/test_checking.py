"""Checking packs that say all in their hooks, and what a report comes to."""

from __future__ import annotations

from types import ModuleType

from steelyard.errors import Level, Text
from steelyard.packs import CaseSource, PackInfo, PackOrigin, SchemeSource, hookimpl
from steelyard.packs.checking import Report, check_pack, check_scheme_file

SCHEME = """\
format: steelyard/1
scheme: parks.park
version: 1.0.0
title: {zh: 公园, en: Park}
unit_type: park
calendar: month
source: a table
indicators:
  - {code: A, points: 10, title: {zh: 甲, en: A}, rubric: {kind: points}}
"""
CASES = "scheme: parks.park\ncases:\n  - {name: one, measures: {A: 5}, nodes: {A: {score: 50}}}\n"


def checked(scheme: str = SCHEME, cases: str = CASES, name: str = "parks") -> Report:
    plugin = ModuleType("plugin")
    hooks = {
        "steelyard_pack": lambda: PackInfo(name, "1.0", 1, Text("公园", "Parks")),
        "steelyard_schemes": lambda: [SchemeSource("park.yaml", scheme)],
        "steelyard_cases": lambda: [CaseSource("cases.yaml", cases)],
    }
    for hook, function in hooks.items():
        setattr(plugin, hook, hookimpl(function))
    return check_pack(PackOrigin("parks", "a test", lambda: plugin))


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_a_sound_pack() -> None:
    report = checked()
    assert (report.name, report.schemes, report.cases, report.problems) == ("parks", ("parks.park",), 1, ())


def test_cases_are_run() -> None:
    assert codes(checked(cases=CASES.replace("50", "60"))) == ["PACK_CASE_MISMATCH"]


def test_a_broken_scheme_hides_no_other_problem() -> None:
    report = checked(SCHEME.replace("kind: points", "kind: point"), CASES.replace("name: one", "nam: one"))
    assert set(codes(report)) == {"SCHEME_UNKNOWN_RUBRIC", "SCHEME_MISSING_FIELD", "SCHEME_UNKNOWN_FIELD"}
    assert (report.schemes, report.cases, report.is_usable) == ((), 0, False)


def test_a_scheme_under_another_name_is_a_future_error() -> None:
    report = checked(name="gardens")
    assert codes(report) == ["PACK_SCHEME_NAME"]
    assert (report.is_usable, report.count(Level.FUTURE_ERROR)) == (True, 1)


def test_a_module_that_cannot_be_imported() -> None:
    def load() -> object:
        raise ImportError("no such module")

    assert codes(check_pack(PackOrigin("parks", "a test", load))) == ["PACK_IMPORT_FAILED"]


def test_problems_come_in_the_order_of_files_and_lines() -> None:
    scheme = SCHEME.replace("version: 1.0.0", "versoin: 1.0.0").replace("points: 10", "points: ten")
    found = [(p.place.file, p.place.line) for p in checked(scheme).problems]
    assert found == sorted(found, key=lambda place: (place[0] or "", place[1] or 0))


def test_one_file_does_not_miss_its_pack() -> None:
    text = SCHEME.replace("calendar: month", "calendar: season").replace("points}", "python, name: parks.x}")
    assert check_scheme_file(text, "park.yaml").problems == ()
