"""`steelyard weights robustness`: ranks under drawn weights, and under drawn measures too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.cli_runs import run
from services.ticket_pack import tickets, write_pack

WHERE = ("tickets.shop", "2025-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three shops, which solved 4, 2 and 1 of 4 tickets, each with a complaint."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEELYARD_PACKS", str(tmp_path / "packs"))
    monkeypatch.setenv("COLUMNS", "80")
    write_pack(tmp_path / "packs" / "tickets")
    assert run("db", "upgrade").exit_code == 0
    rows = []
    for shop, solved in (("S1", 4), ("S2", 2), ("S3", 1)):
        told = ("--zh", shop, "--en", shop, "--reason", "new")
        assert run("unit", "create", shop, "shop", *told).exit_code == 0
        rows += [f"{at},{shop},2025-01-05,{_flag(at < solved)},{_flag(at == 0)}" for at in range(4)]
    tickets(tmp_path / "t.csv", rows)
    assert run("records", "import", "tickets.tickets", "t.csv").exit_code == 0


def _flag(holds: bool) -> str:
    return "true" if holds else "false"


def _declare_minimum() -> None:
    assert run("policy", "set", "peer_minimum", "3", "--reason", "few shops").exit_code == 0


def test_two_tables_say_what_the_ranking_is_worth() -> None:
    _declare_minimum()
    result = run("weights", "robustness", *WHERE, "--draws", "200")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = result.stdout.split("With the sampling errors of SOLVED, all other measures being exact:")
    assert "2025-01: weights drawn 200 times." in first
    assert "│ S1   │ 95.0  │ 1    │ 1–1   │ 100.0%        │ 1     │" in first
    assert "│ S3   │ 47.3–80.0 │ 3    │ 2–3   │" in second
    assert max(map(len, result.stdout.splitlines()[1:])) <= 80


def test_below_the_minimum_no_ranking_is_told() -> None:
    result = run("--lang", "zh", "weights", "robustness", *WHERE)
    assert result.exit_code == 0
    assert "有得分的对象不足 5 个，不作排名。" in result.stdout
    assert "70.5–95.0" in result.stdout
    assert "1–1" not in result.stdout


def test_json_has_who_is_ahead_how_often_with_and_without_sampling() -> None:
    _declare_minimum()
    result = run("weights", "robustness", *WHERE, "--draws", "100", "--seed", "7", "--format", "json")
    [found] = json.loads(result.stdout)
    assert (found["units"], found["weights_drawn"]["seed"]) == (["S1", "S2", "S3"], 7)
    assert found["weights_drawn"]["ahead"] == [[None, 1, 1], [0, None, 1], [0, 0, None]]
    sampled = found["sampled"]["and_weights_drawn"]["ahead"]
    assert 0.5 < sampled[0][1] < 1
    assert sampled[0][1] + sampled[1][0] == pytest.approx(1)


def test_a_number_out_of_range_is_refused() -> None:
    result = run("weights", "robustness", *WHERE, "--draws", "100000000")
    assert result.exit_code == 1
    assert "WEIGHTS_TOO_MUCH_TO_SIMULATE" in result.stderr
