"""`steelyard report`: one HTML file of a unit in a period."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written

SCHEME = "automotive.front-desk"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and the dealer of the source."""
    monkeypatch.chdir(tmp_path)
    run("db", "upgrade")
    assert (
        run("import", SCHEME, written(tmp_path, "t.csv", FRONT_DESK_TABLE), "--create-units").exit_code == 0
    )
    return tmp_path


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", ["不达标", "164 / 330", "还差 67 分", "改进计划"]), ("en", ["Failed", "164 / 330", "67 more"])],
)
def test_it_tells_the_result_and_what_to_do(here: Path, language: str, told: list[str]) -> None:
    result = run("--lang", language, "report", SCHEME, "Dealer", "2014", "-o", "report.html")
    assert (result.exit_code, result.stderr) == (0, "")
    page = (here / "report.html").read_text(encoding="utf-8")
    assert [text for text in told if text not in page] == []
    assert f'<html lang="{language}">' in page


def test_a_report_that_is_there_is_not_written_over(here: Path) -> None:
    written(here, "report.html", "shown")
    result = run("report", SCHEME, "Dealer", "2014", "-o", "report.html")
    assert result.exit_code == 2
    assert "CLI_FILE_EXISTS" in result.stderr
    assert (here / "report.html").read_text(encoding="utf-8") == "shown"


def test_an_unknown_unit_is_said(here: Path) -> None:
    result = run("report", SCHEME, "Nobody", "2014", "-o", "report.html")
    assert result.exit_code == 2
    assert "UNIT_NOT_FOUND" in result.stderr
    assert not (here / "report.html").exists()
