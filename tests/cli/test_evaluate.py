"""`steelyard evaluate`: a table of the scores that were stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.cli_runs import run, written

SCHEME = "automotive.front-desk"
HEAD = "unit,period,FD.CORE,FD.5S,FD.HR,FD.DOC,FD.KANBAN,FD.DMS\n"
TABLE = (
    HEAD + "Failing,2014,100,43,9,7,0,5\nOpen,2014,100,43,9,7,,5\n"
    "Near,2014,136.4,43.4,19.6,7.7,16.8,7.0\nFailing,2015,150,43,20,7,20,5\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and measurements."""
    monkeypatch.chdir(tmp_path)
    run("db", "upgrade")
    table = written(tmp_path, "t.csv", TABLE)
    assert run("import", SCHEME, table, "--create-units").exit_code == 0
    return tmp_path


def cells(text: str, unit: str) -> list[str]:
    line = next(line for line in text.splitlines() if unit in line)
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_scores_verdicts_and_the_revision() -> None:
    result = run("evaluate", SCHEME, "--period", "2014")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Dealership front desk — 2014, revision 1" in result.stdout
    assert cells(result.stdout, "Failing") == ["Failing", "49.7", "100.0%", "", "Failed", ""]
    assert cells(result.stdout, "Open")[1:] == ["–", "92.7%", "", "", "incomplete"]


def test_a_figure_rounded_onto_its_line_says_its_side() -> None:
    result = run("evaluate", SCHEME, "--period", "2014")
    assert cells(result.stdout, "Near") == ["Near", "70.0", "100.0%", "", "Failed", "below 70%"]


def test_every_period_with_data() -> None:
    result = run("--lang", "zh", "evaluate", SCHEME)
    assert "2014，第 1 版" in result.stdout
    assert "2015，第 1 版" in result.stdout


def test_nothing_new_is_no_new_revision(here: Path) -> None:
    run("evaluate", SCHEME)
    assert "revision 1 (unchanged)" in run("evaluate", SCHEME, "--period", "2014").stdout
    corrected = written(here, "c.csv", HEAD + "Failing,2014,101,43,9,7,0,5\n")
    run("import", SCHEME, corrected)
    assert "2014, revision 2" in run("evaluate", SCHEME, "--period", "2014").stdout


def test_nothing_to_evaluate() -> None:
    result = run("evaluate", "education.campus")
    assert result.exit_code == 0
    assert result.stdout == "Nothing was measured for education.campus: no period to evaluate.\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["none.such"], "SCHEME_NOT_FOUND"),
        ([SCHEME, "--period", "2014-13"], "PERIOD_NOT_FOUND"),
        ([SCHEME, "--period", "2016"], "PERIOD_WITHOUT_DATA"),
    ],
)
def test_what_is_not_there(arguments: list[str], code: str) -> None:
    result = run("evaluate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error[{code}]" in result.stderr
