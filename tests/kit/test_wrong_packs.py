"""Packs that are wrong on purpose: each fails the one check that is meant for its fault."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from kit.wrong_packs import FAULTS, MODULE, assemble, failures, install
from steelyard.packs.testing import PackConformance
from steelyard.packs.testing.__main__ import main
from steelyard.packs.testing.subject import load

CHECKS = {
    "it_loads": {
        "broken-import": "PACK_IMPORT_FAILED",
        "unknown-hook": "PACK_UNKNOWN_HOOK",
        "two-sources-of-truth": "PACK_HOOK_BESIDE_FILES",
    },
    "it_is_for_this_api_version": {"newer-api": "PACK_API_VERSION"},
    "its_files_have_no_errors": {
        "duplicate-code": "SCHEME_DUPLICATE_CODE",
        "calendar-unreadable": "CALENDAR_BAD_DATE",
    },
    "every_figure_is_sourced_or_assumed": {
        "no-source": "PACK_FIGURE_WITHOUT_SOURCE",
        "assumed-without-note": "SCHEME_ASSUMED_WITHOUT_NOTE",
        "advice-without-source": "PACK_FIGURE_WITHOUT_SOURCE",
    },
    "everything_is_said_in_both_languages": {
        "one-language": "PACK_ONE_LANGUAGE",
        "languages-swapped": "PACK_ONE_LANGUAGE",
        "band-without-title": "PACK_NO_TITLE",
        "unit-in-one-language": "PACK_ONE_LANGUAGE",
    },
    "its_samples_are_measured": {
        "column-left-out": "PACK_SAMPLE_UNMEASURED",
        "cell-unreadable": "TABLE_NOT_A_NUMBER",
        "unit-not-listed": "PACK_SAMPLE_UNIT",
        "parent-unknown": "PACK_UNKNOWN_PARENT",
        "sample-of-another-scheme": "PACK_UNKNOWN_SCHEME",
    },
    "its_cases_hold": {
        "case-that-does-not-hold": "PACK_CASE_MISMATCH",
        "case-of-another-measure": "PACK_CASE_UNKNOWN_MEASURE",
        "case-unreadable": "SCHEME_UNKNOWN_FIELD",
        "scheme-without-case": "PACK_NO_CASES",
    },
    "its_playbook_is_for_its_indicators": {
        "advice-for-nothing": "PACK_UNKNOWN_INDICATOR",
        "advice-twice": "PACK_DUPLICATE_ADVICE",
    },
    "same_input_gives_same_output": {
        "rubric-by-chance": "PACK_NOT_REPEATABLE",
        "rubric-over-all-rows": "PACK_NOT_REPEATABLE",
    },
    "any_measures_are_scored": {
        "rubric-that-raises": "PACK_EVALUATION_RAISES",
        "rubric-that-warns": "PACK_EVALUATION_RAISES",
        "rubric-of-one-number": "PACK_RUBRIC_SHAPE",
    },
    "its_python_rubrics_are_sound": {
        "rubric-not-registered": "PACK_UNKNOWN_RUBRIC",
        "rubric-inexact": "PACK_RUBRIC_DISAGREES",
        "rubric-without-result": "PACK_RUBRIC_NAN",
        "rubric-that-writes": "PACK_RUBRIC_CHANGES_VALUES",
        "rubric-unused": "PACK_RUBRIC_UNUSED",
    },
    "its_generators_keep_their_promise": {"generator-of-fewer-rows": "PACK_GENERATOR_UNKEPT"},
    "every_node_and_rule_is_explained": {"rubric-in-one-language": "PACK_NO_SENTENCE"},
    "released_versions_are_unchanged": {"released-version-changed": "PACK_RELEASED_VERSION_CHANGED"},
}
EXPECTED = [(fault, check, code) for check, faults in CHECKS.items() for fault, code in faults.items()]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What fails in the pack with a fault, installed where the pack has Python."""
    load.cache_clear()
    monkeypatch.delitem(sys.modules, MODULE, raising=False)

    def run(fault: str, files: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        folder = assemble(fault, tmp_path)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        if not (folder / "__init__.py").exists():
            return failures(folder)
        install(tmp_path, "parks", MODULE)
        monkeypatch.syspath_prepend(tmp_path)
        return failures("parks")

    yield run
    load.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == MODULE]:
        del sys.modules[name]


@pytest.mark.parametrize("pack", ["sound", "python"])
def test_a_sound_pack_passes(checked, pack: str) -> None:
    assert checked(pack) == {}


@pytest.mark.parametrize(("fault", "check", "code"), EXPECTED, ids=[fault for fault, _, _ in EXPECTED])
def test_a_fault_fails_its_check_and_no_other(checked, fault: str, check: str, code: str) -> None:
    found = checked(fault)
    assert found.keys() == {check}, found
    assert code in re.findall(r"(?:error|warning)\[(\w+)\]", found[check]), found[check]


def test_every_fault_is_expected_and_every_check_has_one() -> None:
    assert [fault for fault, _, _ in sorted(EXPECTED)] == FAULTS
    assert {f"test_{check}" for check in CHECKS} == {
        name for name in dir(PackConformance) if name[:5] == "test_"
    }


def test_a_pack_that_is_not_there_is_told_once() -> None:
    found = failures("no-such-pack")
    assert found.keys() == {"it_loads"}
    assert "PACK_NOT_FOUND" in found["it_loads"]


def test_what_is_not_measured_on_purpose_is_named(tmp_path: Path) -> None:
    class Suite(PackConformance):
        pack = assemble("column-left-out", tmp_path)
        unmeasured = ("PARK.SAFE",)

    Suite().test_its_samples_are_measured()


def test_failures_speak_chinese_where_asked(tmp_path: Path) -> None:
    class Suite(PackConformance):
        pack = assemble("column-left-out", tmp_path)
        locale = "zh"

    with pytest.raises(AssertionError, match="样例表没有"):
        Suite().test_its_samples_are_measured()


def test_what_is_released_now_may_be_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load.cache_clear()
    folder = assemble("sound", tmp_path)
    assert main([str(folder)]) == 0
    (folder / "released.yaml").write_text(capsys.readouterr().out)
    load.cache_clear()
    assert failures(folder) == {}
    assert load(folder).problems == ()


def test_nothing_is_released_of_a_pack_that_cannot_be_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(assemble("duplicate-code", tmp_path))]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert "SCHEME_DUPLICATE_CODE" in written.err


RAISING = """
from dataclasses import replace

from parks_pack.sound import SOUND


def rates(args, values):
    raise ValueError("no")


RUBRIC = replace(SOUND, rates=rates)
"""


def test_a_rubric_that_always_raises_is_told_at_the_cases_too(checked) -> None:
    found = checked("python", {"rubric.py": RAISING})
    assert found.keys() == {"any_measures_are_scored", "its_cases_hold"}
    assert "cases/park.yaml:1:9: error[PACK_EVALUATION_RAISES]" in found["its_cases_hold"]
