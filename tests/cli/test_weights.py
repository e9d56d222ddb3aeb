"""`steelyard weights`: sets found, drafted, tried, published; what is said of them, and the exit codes."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.cli_runs import rows, run, written
from conftest import copy_database

SCHEME = "automotive.front-desk"
TABLE = """\
unit,period,FD.CORE,FD.5S,FD.HR,FD.DOC,FD.KANBAN,FD.DMS
Failing,2014,100,43,9,7,0,5
Good,2014,180,60,18,10,20,5
Other,2014,160,30,20,9,10,10
Failing,2015,150,43,20,7,20,5
Good,2015,150,62,10,5,20,5
"""
JUDGEMENTS = """\
judge,first,second,ratio
Chen,FD.CORE,FD.5S,2
Chen,FD.5S,FD.HR,2
Chen,FD.CORE,FD.HR,1/4
Chen,FD.CORE,FD.DOC,4
Chen,FD.5S,FD.DOC,2
Chen,FD.HR,FD.DOC,1
Chen,FD.DOC,FD.DMS,1
Chen,FD.DMS,FD.KANBAN,1
"""
WHY = ("--reason", "review")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database with measurements of two years, to be copied."""
    folder = tmp_path_factory.mktemp("measured")
    copy_database(sqlite_template, folder / "steelyard.db")
    url = f"sqlite:///{folder / 'steelyard.db'}"
    done("import", SCHEME, written(folder, "t.csv", TABLE), "--create-units", "--database", url)
    return folder


@pytest.fixture
def here(tmp_path: Path, measured: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("STEELYARD_ALLOWED_PACKS", "automotive")
    copy_database(measured / "steelyard.db", tmp_path / "steelyard.db")
    return tmp_path


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def weights(command: str, *arguments: str) -> str:
    return done("weights", command, SCHEME, *arguments)


def told(command: str, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(weights(command, *arguments, "--format", "json"))
    return found


def cells(text: str, first: str) -> list[str]:
    line = next(line for line in text.splitlines() if f"│ {first} " in line)
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_a_draft_from_its_beginning_to_its_end(here: Path) -> None:
    drafted = weights("draft", "FD.CORE=40%", *WHY)
    assert drafted == f"{SCHEME}, weight set 1: a draft at revision 0.\n"
    changed = weights("change", "1", "FD.DMS=10", "FD.DOC=20", "--keep-proportion")
    assert changed == f"{SCHEME}, weight set 1: a draft at revision 1.\n"
    shown = weights("show", "1")
    assert shown.splitlines()[:3] == [
        f"{SCHEME}, weight set 1 (draft): review",
        "AUTO.FD: Set by hand: FD.CORE 40%; the others kept their proportion.",
        "AUTO.FD: Set by hand: FD.DMS 10, FD.DOC 20; the others kept their proportion.",
    ]
    assert cells(shown, "FD.DOC") == ["FD.DOC", "Documents and files", "20", "20.0%", "20.0%"]
    [listed] = told("list")
    assert (listed["number"], listed["state"], listed["methods"]) == (1, "draft", ["by_hand"])
    assert cells(weights("diff", "0", "1"), "FD.DOC")[2:4] == ["3.3%", "20.0%"]
    assert weights("diff", "1", "1") == "Their weights are the same.\n"
    assert weights("discard", "1") == "Weight set 1 is discarded.\n"
    assert told("list") == []


def test_publishing(here: Path) -> None:
    weights("draft", "FD.CORE=100", *WHY)
    weights("publish", "1", "--from", "2015", *WHY)
    assert "weight set 1 (from year/2015 on): review" in weights("show", "1")
    weights("draft", "FD.CORE=150", *WHY, "--base", "1")
    refused = run("weights", "publish", SCHEME, "2", "--from", "2015", *WHY)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "error[WEIGHTS_SUPERSEDED]" in refused.stderr
    assert "it differs in: FD.CORE" in refused.stderr
    done("policy", "set", "second_person", "weights.publish", *WHY)
    waiting = run("weights", "publish", SCHEME, "2", "--from", "2015", "--seen", "1", *WHY)
    assert waiting.exit_code == 0
    assert "it waits as proposal" in waiting.stderr
    assert [each["state"] for each in told("list")] == ["published", "draft"]


def test_what_is_tried_is_told_first_in_numbers_then_by_unit(here: Path) -> None:
    shown = weights("try", "2014", "FD.5S=130")
    assert cells(shown, "2014") == ["2014", "3", "3", "3", "0", "1", ""]
    assert cells(shown, "Other") == ["Other", "72.4 → 68.3", "-4.1", "", "Passed → Failed", "–"]
    done("policy", "set", "peer_minimum", "3", *WHY)
    shown = weights("try", "2014", "FD.5S=130")
    assert cells(shown, "2014") == ["2014", "3", "3", "3", "0", "1", "0"]
    assert cells(shown, "Other") == ["Other", "72.4 → 68.3", "-4.1", "", "Passed → Failed", "2"]
    assert weights("try", "2014", "FD.5S=63").endswith("No unit changes band, verdict or rank.\n")
    assert told("list") == []


def test_what_is_tried_as_json(here: Path) -> None:
    weights("draft", "FD.5S=130", *WHY)
    [found] = told("try", "2014", "--set", "1", "--unit", "Other")
    assert found["summary"]["verdict_changed"] == 1
    [change] = found["changes"]
    assert (change["current"]["verdict"], change["proposed"]["verdict"]) == ("passed", "failed")
    shares = {each["node"]: each["proposed_local"] for each in found["weights"]}
    assert shares["FD.5S"] == pytest.approx(130 / 398)


def test_a_back_test_side_by_side_and_as_a_sheet(here: Path) -> None:
    weights("draft", "FD.5S=130", *WHY)
    shown = weights("back-test", "2015", "--set", "1", "-o", "t.xlsx")
    assert cells(shown, "2015")[:3] == ["2015", "3", "2"]
    assert cells(shown, "Other") == ["Other", "72.4 Passed → 68.3 Failed", ""]
    book = load_workbook(here / "t.xlsx")
    assert [sheet.max_row for sheet in book.worksheets] == [7, 20]
    assert book.worksheets[1]["D3"].value == "review"
    weights("back-test", "2015", "FD.5S=130", "--periods", "1", "-o", "t.csv")
    text = (here / "t.csv").read_text(encoding="utf-8-sig")
    assert [line["周期 Period"] for line in rows(text)] == ["2015"] * 3


WAYS = [
    (("equal",), "Equal weights for 6 indicators.", "FD.DMS", "16.7%"),
    (("ratio", "5:1:1:1:1:1"), "Set by hand as a ratio: FD.CORE 5,", "FD.CORE", "50.0%"),
    (
        ("entropy", "--until", "2014"),
        "Entropy of the rates in 3 rows. From 3 unit(s)",
        "FD.DOC",
        "1.6%",
    ),
    (("critic", "--until", "2015", "--periods", "2"), "CRITIC on the rates in 5 rows, 1", "FD.DMS", "21.8%"),
    (("ahp", "j.csv"), "AHP by one judge: λmax", "FD.CORE", "25.6%"),
]


@pytest.mark.parametrize(("how", "sentence", "node", "share"), WAYS, ids=lambda each: str(each[0]))
def test_each_way_to_find_weights(
    here: Path, how: tuple[str, ...], sentence: str, node: str, share: str
) -> None:
    written(here, "j.csv", JUDGEMENTS)
    shown = weights("find", "AUTO.FD", *how)
    assert shown.startswith(sentence)
    assert cells(shown, node)[2] == share


def test_who_contradicts_themselves_is_told_where(here: Path) -> None:
    file = written(here, "j.csv", JUDGEMENTS)
    for lang, words in (("en", "FD.CORE to FD.HR was judged 1/4"), ("zh", "FD.CORE 对 FD.HR 判为 1/4")):
        found = run("--lang", lang, "weights", "find", SCHEME, "AUTO.FD", "ahp", file)
        assert found.exit_code == 0
        assert "warning[WEIGHTING_INCONSISTENT]" in found.stderr
        assert words in found.stderr


def test_what_is_found_is_drafted(here: Path) -> None:
    [found] = told("find", "AUTO.FD", "critic", "--until", "2015", "--draft", *WHY)
    assert (found["draft"], found["past"]["periods"]) == (1, ["2014", "2015"])
    [drafted] = told("show", "1")
    assert drafted["methods"] == ["critic"]
    assert {each["node"]: each["weight"] for each in drafted["weights"][1:]} == found["weighting"]["weights"]


WRONG = [
    (("draft", SCHEME, "FD.CORE=1", "FD.CORE=x", "FD.X=1", *WHY), 1, "error[WEIGHT_TWICE]"),
    (("draft", SCHEME, "FD.CORE=-1", *WHY), 1, "error[WEIGHTING_NOT_A_WEIGHT]"),
    (("draft", SCHEME, "FD.CORE", *WHY), 2, "NODE=WEIGHT"),
    (("show", SCHEME, "7"), 2, "error[WEIGHT_SET_NOT_FOUND]"),
    (("list", "automotive.front"), 2, "error[CLI_SCHEME_NOT_LOADED]"),
    (("try", SCHEME, "2014"), 1, "error[WEIGHT_NONE]"),
    (("try", SCHEME, "2031", "--set", "0"), 2, "error[PERIOD_WITHOUT_DATA]"),
    (("back-test", SCHEME, "2014", "--set", "0", "-o", "j.csv"), 2, "error[CLI_FILE_EXISTS]"),
    (("back-test", SCHEME, "2014", "--set", "0", "-o", "t.pdf"), 2, ".xlsx .csv"),
    (("find", SCHEME, "AUTO.FD", "entropy"), 2, "entropy --until PERIOD"),
    (("find", SCHEME, "AUTO.FD", "equal", "3:2"), 2, "equal"),
    (("find", SCHEME, "AUTO.FD", "ahp", "none.csv"), 2, "error[CLI_UNREADABLE_FILE]"),
    (("find", SCHEME, "AUTO.FD", "ahp", "j.csv"), 1, "error[JUDGEMENTS_COLUMNS]"),
    (("find", SCHEME, "FD.CORE", "equal"), 1, "error[WEIGHT_NOT_A_GROUP]"),
    (("find", SCHEME, "AUTO.FD", "equal", "--draft"), 1, "error[REASON_REQUIRED]"),
]


@pytest.mark.parametrize(("arguments", "status", "words"), WRONG)
def test_what_is_wrong(here: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    written(here, "j.csv", TABLE)
    result = run("weights", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr


def test_a_draft_carries_pass_lines_and_targets(here: Path) -> None:
    done("weights", "draft", SCHEME, "FD.CORE=30", *WHY)
    lower = ("--pass", "AUTO.FD=60%@Other", "--target", "AUTO.FD=90%", "--target", "AUTO.FD=80%@Other")
    assert "revision 1" in done("weights", "standards", SCHEME, "1", *lower)
    done("weights", "standards", SCHEME, "1", "--pass", "AUTO.FD=0.65@Other")
    shown = json.loads(done("weights", "show", SCHEME, "1", "--format", "json"))
    [found] = shown if isinstance(shown, list) else [shown]
    assert found["standards"] == [
        {"node": "AUTO.FD", "pass_line": "65%", "target": "80%", "for": "Other"},
        {"node": "AUTO.FD", "pass_line": None, "target": "90%", "for": "all"},
    ]


def test_a_standard_that_cannot_be_read_is_a_wrong_use(here: Path) -> None:
    done("weights", "draft", SCHEME, "FD.CORE=30", *WHY)
    result = run("weights", "standards", SCHEME, "1", "--pass", "FD=high")
    assert result.exit_code == 2
    assert "CLI_STANDARD_UNREADABLE" in result.stderr


def test_a_back_test_of_many_periods_stands_in_several_tables(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("steelyard.cli.weights_page.BESIDE", 1)
    monkeypatch.setenv("COLUMNS", "80")
    found = done("weights", "back-test", SCHEME, "2015", "FD.CORE=1", "FD.5S=0", "--periods", "2")
    heads = [line.split() for line in found.splitlines() if "Unit " in line]
    assert heads == [["┃", "Unit", "┃", "2014", "┃"], ["┃", "Unit", "┃", "2015", "┃"]]


CAMPUS = "education.campus"


@pytest.fixture
def campus(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a database without measurements and a scheme of several groups."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("STEELYARD_ALLOWED_PACKS", "education")
    copy_database(sqlite_template, tmp_path / "steelyard.db")
    return tmp_path


def _groups() -> dict[str, list[str]]:
    found = json.loads(done("weights", "find", CAMPUS, "all", "equal", "--format", "json"))
    return {each["group"]: list(each["weighting"]["weights"]) for each in found}


def _judged(groups: dict[str, list[str]]) -> str:
    rows = [
        f"Chen,{first},{second},{at + 1}"
        for children in groups.values()
        for at, (first, second) in enumerate(pairwise(children))
    ]
    return "\n".join(["judge,first,second,ratio", *rows, ""])


def test_weights_of_all_groups_are_found_and_drafted_at_once(campus: Path) -> None:
    groups = _groups()
    assert len(groups) > 2
    found = done("weights", "find", CAMPUS, "all", "equal", "--draft", *WHY)
    assert found.endswith(f"{CAMPUS}, weight set 1: a draft at revision 0.\n")
    [shown] = json.loads(done("weights", "show", CAMPUS, "1", "--format", "json"))
    assert [step["group"] for step in shown["method"]["steps"]] == list(groups)


def test_one_table_of_judgements_has_those_of_all_groups(campus: Path) -> None:
    groups = _groups()
    first, second = (_judged({group: groups[group]}) for group in list(groups)[:2])
    files = [written(campus, name, text) for name, text in (("a.csv", first), ("b.csv", second))]
    whole = written(campus, "all.csv", _judged(groups))
    assert [each["group"] for each in _found("all", "ahp", whole)] == list(groups)
    assert [each["group"] for each in _found("all", "ahp", *files)] == list(groups)[:2]


def _found(*arguments: str) -> Any:
    return json.loads(done("weights", "find", CAMPUS, *arguments, "--format", "json"))


def test_a_ratio_for_each_group(campus: Path) -> None:
    pairs = [(group, ":".join(["2"] * len(children))) for group, children in _groups().items()][:2]
    found = _found(",".join(group for group, _ in pairs), "ratio", *(ratio for _, ratio in pairs))
    assert [each["group"] for each in found] == [group for group, _ in pairs]
    assert run("weights", "find", CAMPUS, "all", "ratio", "1:1").exit_code == 2


# what is changed in the first row of a table of judgements → the code, and where it is
ROWS = {
    "an indicator that is not there": (("FD.CORE,FD.5S", "FD.CORN,FD.5S"), "WEIGHT_UNKNOWN_NODE", "first"),
    "one of another group": (("FD.CORE,FD.5S", "FD.CORE,AUTO.FD"), "WEIGHTING_NOT_OF_THE_GROUP", "second"),
    "no ratio": (("FD.5S,2", "FD.5S,two"), "WEIGHTING_NOT_A_JUDGEMENT", "ratio"),
    "too large": (("FD.5S,2", "FD.5S,10"), "WEIGHTING_NOT_A_JUDGEMENT", "ratio"),
    "a date": (("FD.5S,2", "FD.5S,1-Mar"), "WEIGHTING_NOT_A_JUDGEMENT", "ratio"),
    "itself": (("FD.CORE,FD.5S,2", "FD.CORE,FD.CORE,2"), "WEIGHTING_DIAGONAL", "ratio"),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_wrong_with_judgements_is_told_by_row_and_column(here: Path, name: str) -> None:
    (old, new), code, column = ROWS[name]
    file = written(here, "j.csv", JUDGEMENTS.replace(old, new, 1))
    result = run("weights", "find", SCHEME, "AUTO.FD", "ahp", file)
    assert result.exit_code == 1
    assert f"j.csv row 2, column {column}: error[{code}]" in result.stderr


def test_judgements_that_leave_indicators_apart_name_the_judge(here: Path) -> None:
    file = written(here, "j.csv", "\n".join(JUDGEMENTS.splitlines()[:2]) + "\n")
    result = run("weights", "find", SCHEME, "AUTO.FD", "ahp", file)
    assert "j.csv Chen: error[WEIGHTING_NOT_LINKED]" in result.stderr
