"""`steelyard rollup`: regions and longer periods as a table, JSON and CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.cli_runs import SCHEME, run, written

PACK = """\
format: steelyard-pack/1
name: test
version: 1.0.0
api_version: 1
title: {zh: 测试, en: Test}
"""
TABLE = "unit,period,A,B,visits\nS1,2025-01,90%,80%,10\nS2,2025-01,50%,80%,30\nS2,2025-02,60%,80%,5\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a pack, a database and two shops in the north."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packs/test/schemes").mkdir(parents=True)
    written(tmp_path / "packs/test", "pack.yaml", PACK)
    declared = f"{SCHEME}rollup: {{units: {{volume: visits}}, periods: mean}}\n"
    written(tmp_path / "packs/test/schemes", "shop.yaml", declared)
    run("db", "upgrade")
    for unit, kind, above in (
        ("NORTH", "region", ()),
        *((s, "shop", ("--parent", "NORTH")) for s in ("S1", "S2")),
    ):
        made = run("unit", "create", unit, kind, "--zh", unit, "--en", unit, "--reason", "it opened", *above)
        assert made.exit_code == 0
    table = written(tmp_path, "t.csv", TABLE)
    assert run("import", "test.shop", table, "--packs-dir", "packs").exit_code == 0
    return tmp_path


def asked(*options: str) -> str:
    result = run("rollup", "test.shop", *options, "--packs-dir", "packs")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_a_table_says_by_which_rule_and_who_is_left_out() -> None:
    shown = asked("NORTH", "2025-02")
    assert "weighted by visits" in shown
    assert "S1 (no score)" in shown


def test_csv_has_the_unit_and_those_below() -> None:
    rows = list(csv.DictReader(asked("NORTH", "2025-01", "--at", "A", "--format", "csv").splitlines()))
    assert [(row["unit"], row["score"], row["counted"]) for row in rows] == [
        ("NORTH", "60", "2"),
        ("S1", "90", "1"),
        ("S2", "50", "1"),
    ]


def test_csv_and_json_say_by_which_rule_and_who_is_left_out() -> None:
    """Of each indicator, and of units that are scored themselves nothing."""
    options = ("NORTH", "2025-02", "--at", "A", "--format")
    north, own, _ = csv.DictReader(asked(*options, "csv").splitlines())
    rule = [north[name] for name in ("unit_rule", "unit_volume", "period_rule", "left_out")]
    assert rule == ["volume", "visits", "", "S1=NO_SCORE"]
    assert (own["unit_rule"], own["left_out"]) == ("", "")
    said = json.loads(asked(*options, "json"))[0]
    assert (said["unit_rule"], said["unit_volume"], said["unit_volume_title"]) == (
        "volume",
        "visits",
        "visits",
    )
    assert said["left_out"] == [{"member": "S1", "why": "NO_SCORE"}]


def test_json_of_a_longer_period() -> None:
    rows = json.loads(asked("S2", "2025-Q1", "--at", "A", "--format", "json"))
    assert [(row["score"], row["counted"], row["members"]) for row in rows] == [(55, 2, 3)]


def test_units_in_periods_that_do_not_count_are_told() -> None:
    """Of shops in months: nobody has anything of March, and S1 nothing of February either."""
    options = ("NORTH", "2025-Q1", "--at", "A", "--format")
    north = next(csv.DictReader(asked(*options, "csv").splitlines()))
    assert (north["counted"], north["members"]) == ("3", "6")
    assert north["left_out"] == "2025-03=NO_SCORE; S1 2025-02=NO_SCORE"
    said = json.loads(asked(*options, "json"))[0]["left_out"]
    assert said == [{"member": "2025-03", "why": "NO_SCORE"}, {"member": "S1 2025-02", "why": "NO_SCORE"}]
    table = asked(*options, "table")
    assert "3/6" in table
    assert "Left out: 2025-03 (no score), S1 2025-02 (no score)" in table


def test_a_scheme_without_a_rule_says_so() -> None:
    result = run("rollup", "automotive.front-desk", "NORTH", "2014")
    assert result.exit_code == 2
    assert "ROLL_UP_NOT_DECLARED" in result.stderr
