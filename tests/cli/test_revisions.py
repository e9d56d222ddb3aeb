"""`steelyard revisions`: what came out before and after, in words; JSON has the codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written

SCHEME = "automotive.front-desk"
WHY = ("--reason", "three sheets were lost")


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a dealer whose closed period was corrected: failed, then passed."""
    return tmp_path_factory.mktemp("revisions")


@pytest.fixture(scope="module")
def where(here: Path) -> tuple[str, str]:
    where = ("--database", f"sqlite:///{here / 'x.db'}")
    better = FRONT_DESK_TABLE.replace("100,43,9,7,0,5", "190,60,28,11,24,10")
    steps = [
        ("db", "upgrade"),
        ("import", SCHEME, written(here, "first.csv", FRONT_DESK_TABLE), "--create-units"),
        ("period", "close", "year", "2014", *WHY),
        ("evaluate", SCHEME, "--period", "2014"),
        ("period", "reopen", "year", "2014", "--correct", *WHY),
        ("import", SCHEME, written(here, "second.csv", better)),
        ("period", "close", "year", "2014", *WHY),
        ("evaluate", SCHEME, "--period", "2014"),
    ]
    for step in steps:
        result = run(*step, *where)
        assert result.exit_code == 0, result.output
    return where


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("49.7 不达标", "97.9 达标")), ("en", ("49.7 Failed", "97.9 Passed"))]
)
def test_results_are_told_in_words(where: tuple[str, str], language: str, words: tuple[str, str]) -> None:
    result = run("--lang", language, "revisions", SCHEME, "2014", *where)
    assert [word in result.stdout for word in words] == [True, True]
    assert "failed" not in result.stdout


def test_json_has_the_codes(where: tuple[str, str]) -> None:
    found = json.loads(run("revisions", SCHEME, "2014", "--format", "json", *where).stdout)
    [change] = found["revisions"][1]["changed"]
    assert (change["before"], change["after"]) == ("49.7 failed", "97.9 passed")
