"""`steelyard assessment`: sheets at the command line, with forms and files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import Result

from cli.cli_runs import run
from steelyard.cli.database import VARIABLE

WHERE = ("automotive.front-desk", "--unit", "D1", "--period", "2014")
PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a database and a dealer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv("STEELYARD_PARTS", raising=False)
    done("db", "upgrade")
    done("unit", "create", "D1", "dealer", "--zh", "一店", "--en", "Dealer 1", "--reason", "new")
    return tmp_path


def done(*arguments: str) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result


def test_a_form_for_no_period_of_the_scheme_says_which_there_are() -> None:
    asked = ("assessment", "form", WHERE[0], "--unit", "D1", "--period", "2014-13", "-o", "x.xlsx")
    refused = run(*asked)
    assert refused.exit_code == 2
    assert (
        "Check the period; automotive.front-desk has, as written: year (2025), quarter (2025-Q1)."
        in refused.stderr
    )


def test_a_form_of_a_pack_that_did_not_load_names_the_pack(here: Path) -> None:
    (here / "packs/broken").mkdir(parents=True)
    (here / "packs/broken/pack.yaml").write_text("format: steelyard-pack/1\n", encoding="utf-8")
    asked = ("assessment", "form", "broken.shop", "--unit", "D1", "--period", "2014", "-o", "x.xlsx")
    refused = run(*asked, "--packs-dir", "packs")
    assert (refused.exit_code, "error[CLI_SCHEME_NOT_LOADED]" in refused.stderr) == (2, True), refused.stderr
    assert "broken" in refused.stderr


def begun(rater: str = "ann") -> str:
    """The number of a new sheet."""
    return _number(done("assessment", "begin", *WHERE, "--rater", rater).stdout)


def shown(number: str) -> dict[str, tuple[str, str | None]]:
    lines = json.loads(done("assessment", "show", number, "--format", "json").stdout)
    return {line["measure"]: (line["value"], line["comment"]) for line in lines}


def listed() -> list[dict[str, Any]]:
    return list(json.loads(done("assessment", "list", "--format", "json").stdout))


def files(number: str) -> list[dict[str, Any]]:
    return list(json.loads(done("assessment", "evidence", "list", number, "--format", "json").stdout))


def filled(form: str, name: str, value: float) -> str:
    """The form with the points of the 5S item."""
    book = load_workbook(form)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, heads["steelyard:measure"]).value == "FD.5S":
            sheet.cell(row, heads["Points"]).value = value
    book.save(name)
    return name


def _number(text: str) -> str:
    (found,) = re.findall(r"\d{9}", text)
    return str(found)


def test_a_sheet_is_filled_in_line_by_line() -> None:
    number = begun()
    done(
        "assessment",
        "save",
        number,
        "--value",
        "FD.5S=43",
        "--comment",
        "FD.5S=dusty",
        "--value",
        "FD.HR=n/a",
    )
    done("assessment", "save", number, "--value", "FD.5S=44")
    assert shown(number) == {"FD.5S": ("44", "dusty"), "FD.HR": ("n/a", None)}
    done("assessment", "save", number, "--value", "FD.HR=", "--value", "FD.5S=44", "--comment", "FD.5S=")
    assert shown(number) == {"FD.5S": ("44", None), "FD.HR": ("", None)}


def test_the_sort_of_rater_that_nobody_named_is_told_in_words() -> None:
    begun()
    assert listed()[0]["rater_type"] == "assessor"
    table = done("--lang", "zh", "assessment", "list").stdout
    assert "assessor" not in table


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (["--value", "FD.5S"], 2, "MEASURE="),
        (["--comment", "FD.5S=dusty"], 2, "--value"),
        (["--value", "FD.5S=4000"], 1, "ASSESSMENT_POINTS_OUT_OF_RANGE"),
        (["--value", "FD.5S=4", "--value", "FD.5S=5"], 1, "ASSESSMENT_LINE_TWICE"),
    ],
)
def test_lines_that_are_refused(given: list[str], status: int, said: str) -> None:
    number = begun()
    result = run("assessment", "save", number, *given)
    assert (result.exit_code, said in result.stderr, shown(number)) == (status, True, {})


def test_a_draft_is_discarded_and_a_sheet_that_was_handed_in_is_not() -> None:
    number = begun()
    assert done("assessment", "discard", number).stdout == f"Assessment {number} is discarded.\n"
    assert listed() == []
    number = begun()
    done("assessment", "save", number, "--value", "FD.5S=43")
    done("assessment", "submit", number)
    refused = run("assessment", "discard", number)
    assert (refused.exit_code, "ASSESSMENT_STATE" in refused.stderr) == (1, True)


def test_evidence_goes_in_and_out(here: Path) -> None:
    number = begun()
    (here / "desk.png").write_bytes(PNG)
    done("assessment", "evidence", "attach", number, "desk.png", "--measure", "FD.5S")
    (file,) = files(number)
    assert (file["measure"], file["file"], file["type"], file["size"]) == (
        "FD.5S",
        "desk.png",
        "image/png",
        len(PNG),
    )
    done("assessment", "evidence", "get", number, str(file["evidence"]), "-o", "out.png")
    assert (here / "out.png").read_bytes() == PNG
    again = run("assessment", "evidence", "get", number, str(file["evidence"]), "-o", "out.png")
    assert (again.exit_code, "CLI_FILE_EXISTS" in again.stderr) == (2, True)
    done("assessment", "evidence", "remove", number, str(file["evidence"]))
    assert files(number) == []


def test_evidence_that_is_refused(here: Path) -> None:
    number = begun()
    (here / "a.png").write_bytes(b"MZ\x90\x00")
    refused = run("assessment", "evidence", "attach", number, "a.png", "--measure", "FD.5S")
    assert (refused.exit_code, "EVIDENCE_KIND" in refused.stderr) == (1, True)
    none = run("assessment", "evidence", "get", number, "7", "-o", "out.png")
    assert (none.exit_code, "EVIDENCE_NOT_FOUND" in none.stderr) == (2, True)
    assert not (here / "out.png").exists()


def test_a_form_is_not_overwritten() -> None:
    done("assessment", "form", *WHERE, "-o", "desk.xlsx")
    again = run("assessment", "form", *WHERE, "-o", "desk.xlsx")
    assert (again.exit_code, "CLI_FILE_EXISTS" in again.stderr) == (2, True)


def test_a_returned_form_is_corrected_and_sent_again() -> None:
    done("assessment", "form", *WHERE, "-o", "desk.xlsx")
    first, second = filled("desk.xlsx", "a.xlsx", 40), filled("desk.xlsx", "b.xlsx", 43)
    sent = ("--rater", "ann", "--submit")
    number = _number(done("assessment", "import", first, *sent).stdout)
    done("assessment", "return", number, "--reason", "count again")
    (row,) = listed()
    assert (row["state"], row["reason"]) == ("returned", "count again")
    assert done("assessment", "import", second, *sent).stdout == f"Assessment {number}: submitted.\n"
    assert (
        done("assessment", "import", second, *sent).stdout
        == f"b.xlsx was imported before, as assessment {number}: submitted.\n"
    )
    assert shown(number)["FD.5S"] == ("43", None)
    assert "recorded 1, unchanged 0" in done("assessment", "approve", number).stdout
    assert "FD.5S" in done("assessment", "show", number).stdout
